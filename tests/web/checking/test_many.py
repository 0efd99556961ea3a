"""Many certificates at once: a list is answered on the page, a ZIP on a page of its own."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bekwaam.services.certificates.fetching import fetch_certificate
from bekwaam.store.models import BatchCheck, Certificate
from tests.cast import Cast, Point

PAGE = "/controleren/veel/"


def sent(client: Client, name: str, content: bytes, **more: str) -> Any:
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content), **more})


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def test_a_list_is_answered_on_the_page_with_what_is_wrong_first(client: Client, cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    number = Certificate.objects.get().number
    lines = f"nummer;naam\n{number};Samira Kandidaat\n2026-AAAA-AAAA;\n{number};Iemand Anders\n"
    answer = sent(client, "lijst.csv", lines.encode())
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.index("2026-AAAA-AAAA") < page.index("Samira Kandidaat")
    assert answer.context["counts"] == {"invalid": 2, "unknown": 0, "valid": 1}


def test_a_list_is_answered_as_a_spreadsheet_where_that_is_asked(client: Client, cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    number = Certificate.objects.get().number
    answer = sent(client, "lijst.csv", f"nummer\n{number}\n".encode(), **{"as": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    assert number in answer.content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lijst.csv", b""),
        ("lijst.csv", b"voornaam\nSamira\n"),
        ("a.zip", b"PK\x03\x04 stuk"),
        ("a.pdf", b"%PDF-1.7"),
    ],
)
def test_a_file_that_cannot_be_used_gets_a_sentence_and_is_not_kept(
    client: Client, db: None, name: str, content: bytes
) -> None:
    answer = sent(client, name, content)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not BatchCheck.objects.exists()


def test_a_zip_gets_a_page_of_its_own_that_waits_and_then_answers(
    client: Client, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    pdf = fetch_certificate(cast.bring_to(Point.ISSUED)).content.read()
    with django_capture_on_commit_callbacks() as later:
        answer = sent(client, "alles.zip", zipped(goed__pdf=pdf, brief__txt=b"Beste lezer"))
    address = answer["Location"]
    waiting = client.get(address)
    assert "0" in waiting.content.decode() and waiting.context["read"].finished_at is None
    for job in later:
        job()
    answer = client.get(address)
    assert answer.context["counts"] == {"invalid": 0, "unknown": 1, "valid": 1}
    assert answer["Referrer-Policy"] == "no-referrer"
    assert client.get(address, headers={"hx-request": "true"})["HX-Refresh"] == "true"
    report = client.get(f"{address}rapport.csv").content.decode("utf-8-sig")
    assert "goed.pdf" in report and Certificate.objects.get().number in report


def test_an_address_that_was_made_up_leads_nowhere(client: Client, db: None) -> None:
    assert client.get(f"{PAGE}bestaat-niet/").status_code == 404
    assert client.get(f"{PAGE}bestaat-niet/rapport.csv").status_code == 404


def test_who_sends_too_many_hears_when_to_try_again(client: Client, db: None, settings: Any) -> None:
    settings.VISITOR_LIMITS = {"check_list": (1, 60), "check_zip": (1, 60)}
    for name, content in (("l.csv", b"nummer\n2026-AAAA-AAAA\n"), ("a.zip", zipped(brief__txt=b"x"))):
        assert sent(client, name, content).status_code in (200, 302)
        assert sent(client, name, content).status_code == 429
