"""The pages for taking everything along and bringing it in, and the file that goes out."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bekwaam.domain.portfolio.uploads import MAX_BYTES
from bekwaam.domain.takeout.checking import schema
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.services.takeout.bringing import bring_in
from bekwaam.store.models import Evidence, PartialUpload, Person
from tests.cast import Cast, Point
from tests.packages import document_in, files_of, sent_in, taken_along
from tests.web.portfolio.conftest import text_of

LogIn = Callable[[Person], Client]
TAKE, BRING = "/portfolio/meenemen/", "/portfolio/binnenhalen/"


@pytest.fixture
def content(cast: Cast) -> bytes:
    """Return the package of a candidate with an issued certificate."""
    start_portfolio(cast.candidate, cast.standard.pk)
    cast.bring_to(Point.ISSUED)
    return taken_along(cast.candidate)


@pytest.fixture
def fresh(cast: Cast) -> Person:
    """Return a fresh account."""
    return cast.person("elders2@example.org", "Samira Elders")


def package(content: bytes, name: str = "portfolio.zip") -> dict[str, SimpleUploadedFile]:
    """Return a package as a form without JavaScript sends it."""
    return {"file": SimpleUploadedFile(name, content, "application/zip")}


def test_the_page_says_what_goes_along_and_how_big_it_is(cast: Cast, log_in: LogIn, content: bytes) -> None:
    client = log_in(cast.candidate)
    with CaptureQueriesContext(connection) as asked:
        page = text_of(client.get(TAKE))
    assert "1 stuk bewijs" in page and "1 EVC-traject" in page and "ongeveer" in page
    assert len(asked) <= 12


def test_the_file_goes_out_as_it_is_made_and_opens_without_bekwaam(
    cast: Cast, log_in: LogIn, content: bytes
) -> None:
    response: Any = log_in(cast.candidate).post(TAKE)
    assert response.streaming and response["Cache-Control"] == "private, no-store"
    assert "portfolio-samira-kandidaat-" in response["Content-Disposition"]
    got = b"".join(response.streaming_content)
    with zipfile.ZipFile(io.BytesIO(got)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names[0] == "index.html"
        pages = [archive.read(name).decode() for name in names if name.endswith(".html")]
        assert json.loads(archive.read("portfolio.schema.json")) == schema()
        stored = {info.filename for info in archive.infolist() if info.compress_type == zipfile.ZIP_STORED}
    assert stored == set(files_of(got))
    for page in pages:
        assert "<script" not in page and "style=" not in page
        assert not re.search(r'(src|href)="(https?:|/)', page)
    told = "\n".join(pages)
    for text in ("Een vrouw van 70", "Noor Assessor las over 1.1", "Gijs Begeleider", "Ervaringscertificaat"):
        assert text in told, text


def test_every_page_of_the_file_is_reached_from_the_front_page(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        front = archive.read("index.html").decode()
        pages = [name for name in archive.namelist() if name.endswith(".html") and name != "index.html"]
        assert pages and all(f'href="{name}"' in front for name in pages)


def test_the_file_speaks_the_language_of_the_page(cast: Cast, content: bytes) -> None:
    english = taken_along(cast.candidate, "en")
    with zipfile.ZipFile(io.BytesIO(english)) as archive:
        assert 'lang="en"' in (page := archive.read("index.html").decode()) and "Portfolio of" in page
    assert document_in(english)["evidence"] == document_in(content)["evidence"]


def test_a_portfolio_comes_in_by_a_form_without_javascript(
    log_in: LogIn, content: bytes, fresh: Person
) -> None:
    client = log_in(fresh)
    looked = client.post(BRING, package(content))
    assert looked.status_code == 302
    with CaptureQueriesContext(connection) as asked:
        page = text_of(client.get(looked["Location"]))
    assert len(asked) <= 12
    assert "1 stuk bewijs" in page and "een bestand kan niet bewijzen wat een ander zei" in page
    assert not Evidence.objects.filter(owner=fresh).exists()
    done = client.post(looked["Location"])
    with CaptureQueriesContext(connection) as asked:
        page = text_of(client.get(done["Location"]))
    assert len(asked) <= 12
    assert (
        "Verhaal 1" in page and "Van elders, niet bevestigd" in page and "Noor Assessor las over 1.1" in page
    )
    assert not PartialUpload.objects.filter(owner=fresh).exists()
    assert text_of(client.get(BRING)).count(done["Location"]) == 1
    again = client.post(BRING, package(content))
    assert "Alles staat hier al" in text_of(client.get(again["Location"]))


def test_what_came_along_is_read_by_its_owner_alone(
    cast: Cast, log_in: LogIn, content: bytes, fresh: Person
) -> None:
    brought = bring_in(fresh, sent_in(fresh, content))
    assert brought
    page = reverse("portfolio:brought", args=[brought.ref])
    file = reverse("portfolio:brought_file", args=[brought.ref, next(iter(files_of(content)))])
    got: Any = log_in(fresh).get(file)
    assert b"".join(got.streaming_content)[:5] == b"%PDF-" and "default-src 'none'" in str(got.headers)
    assert f'href="{file}"' in text_of(log_in(fresh).get(page))
    for person in (cast.candidate, cast.coordinator, cast.operator):
        assert log_in(person).get(page).status_code == log_in(person).get(file).status_code == 404
    assert Client().get(page).status_code == 302
    assert log_in(fresh).get(file + "x").status_code == 404


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Kies een bestand."),
        (package(b"", "p.zip"), "Dit bestand is leeg."),
        (package(b"x", "p.pdf"), "p.pdf is geen zipbestand."),
    ],
)
def test_what_is_no_package_is_told_at_the_form(
    cast: Cast, log_in: LogIn, sent: dict[str, Any], told: str
) -> None:
    response = log_in(cast.candidate).post(BRING, sent)
    assert response.status_code == 422 and told in text_of(response)


def test_what_is_wrong_inside_is_told_and_thrown_away(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.candidate)
    looked = client.post(BRING, package(b"PK\x03\x04 and nothing"))
    answer = client.get(looked["Location"])
    assert answer.status_code == 422 and "Dit is geen zipbestand" in text_of(answer)
    assert not PartialUpload.objects.exists()
    assert client.get(looked["Location"])["Location"] == BRING


def test_somebody_who_would_rather_not_brings_in_nothing(
    log_in: LogIn, content: bytes, fresh: Person
) -> None:
    client = log_in(fresh)
    looked = client.post(BRING, package(content))["Location"]
    assert client.post(looked, {"discard": "yes"})["Location"] == BRING
    assert not PartialUpload.objects.filter(owner=fresh).exists()
    assert not Evidence.objects.filter(owner=fresh).exists()


def test_a_package_may_be_larger_than_a_file_when_it_comes_piece_by_piece(cast: Cast, log_in: LogIn) -> None:
    client, begin = log_in(cast.candidate), reverse("portfolio:upload_begin")
    size = {"name": "portfolio.zip", "size": MAX_BYTES + 1}
    assert client.post(begin, size).status_code == 422
    assert client.post(begin, {**size, "purpose": "package"}).status_code == 200
