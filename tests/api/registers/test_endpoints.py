"""What registers get: how certificates stand and what a file is worth, as the description says it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.test import Client

from bekwaam.domain.certificates.forms import Form
from bekwaam.services.certificates.fetching import fetch_certificate
from bekwaam.store.models import Certificate, CertificateForm
from tests.cast import Cast, Point

BASE = "/api/v1"


@pytest.fixture
def number(cast: Cast) -> str:
    cast.bring_to(Point.ISSUED)
    return Certificate.objects.get().number


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(f"{BASE}{path}", json.dumps(body), content_type="application/json")


def test_one_number_says_how_the_certificate_stands_and_not_whose_it_is(client: Client, number: str) -> None:
    answer = client.get(f"{BASE}/certificates/{number.lower()}")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    told = answer.json()
    assert (told["number"], told["standing"], told["of_person"]) == (number, "good", "not_asked")
    assert (told["issuer"], told["standard"]) == ("EVC Huis Noord", "Standaard klein")
    assert "Samira" not in answer.content.decode()


@pytest.mark.parametrize("typed", ["2026-AAAA-AAAA", "hallo", "%00", "x" * 60])
def test_a_number_that_was_not_issued_here_is_404_as_json(client: Client, db: None, typed: str) -> None:
    answer = client.get(f"{BASE}/certificates/{typed}")
    assert answer.status_code == 404
    assert answer.json()["detail"]


def test_many_numbers_are_answered_in_order_with_the_names(client: Client, number: str) -> None:
    asked = [
        {"number": number, "name": "Samira Kandidaat"},
        {"number": "2026-AAAA-AAAA"},
        {"number": "hallo", "name": "Iemand"},
    ]
    told = post(client, "/certificates", {"certificates": asked}).json()["certificates"]
    assert [(it["standing"], it["of_person"]) for it in told] == [
        ("good", "same"),
        ("unknown", "not_asked"),
        ("no_number", "not_asked"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"certificates": []},
        {"certificates": [{"number": "2026-AAAA-AAAA"}] * 1001},
        {"certificates": [{"number": 7}]},
        {"certificates": "2026-AAAA-AAAA"},
    ],
)
def test_a_question_that_is_none_is_refused_with_where_it_is_wrong(
    client: Client, db: None, body: Any
) -> None:
    answer = post(client, "/certificates", body)
    assert answer.status_code == 422
    assert answer.json()["where"]


def test_a_file_is_checked_in_each_of_its_forms(client: Client, cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    credential = CertificateForm.objects.get(form=Form.EXPERIENCE).content.encode()
    token = CertificateForm.objects.get(form=Form.EXPERIENCE_JWT).content.encode()
    pdf = fetch_certificate(procedure).content.read()
    for content, kind, told_as in (
        (pdf, "application/pdf", "pdf"),
        (credential, "application/vc", "json"),
        (token, "application/vc+jwt", "jwt"),
    ):
        answer = client.post(f"{BASE}/check", content, content_type=kind).json()
        assert (answer["valid"], answer["kind"], answer["held"]) == (True, told_as, "same")
        assert {line["outcome"] for line in answer["checks"]} == {"valid"}
        assert answer["facts"]["number"] == Certificate.objects.get().number


def test_a_file_that_was_changed_or_is_something_else_says_so(client: Client, number: str) -> None:
    credential = CertificateForm.objects.get(form=Form.EXPERIENCE).content
    changed = credential.replace("Standaard klein", "Standaard groot").encode()
    answer = client.post(f"{BASE}/check", changed, content_type="application/vc").json()
    assert answer["valid"] is False
    assert client.post(f"{BASE}/check", b"Beste lezer", content_type="text/plain").json()["valid"] is None
    assert client.post(f"{BASE}/check", b"", content_type="text/plain").status_code == 422


def test_a_file_in_a_form_is_refused_with_what_to_do(client: Client, db: None) -> None:
    answer = client.post(f"{BASE}/check", {"file": io.BytesIO(b"%PDF-1.7")})
    assert answer.status_code == 415
    assert "body" in answer.json()["detail"]


def test_a_file_that_is_far_too_large_is_not_read(client: Client, db: None, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.post(f"{BASE}/check", b"x" * 1001, content_type="application/pdf")
    assert answer.status_code == 413
    assert answer.json()["detail"]


def test_who_asks_too_often_hears_when_to_ask_again(client: Client, db: None, settings: Any) -> None:
    settings.VISITOR_LIMITS = {"api_number": (2, 60)}
    answers = [client.get(f"{BASE}/certificates/2026-AAAA-AAAA") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60


def test_a_list_is_no_way_to_find_out_whose_a_certificate_is(
    client: Client, number: str, settings: Any
) -> None:
    settings.VISITOR_LIMITS = {"check_name": (5, 60)}
    names = [{"number": number, "name": f"Naam {n}"} for n in range(6)]
    assert post(client, "/certificates", {"certificates": names}).status_code == 429
    same = [{"number": number, "name": "Naam"}] * 6
    settings.VISITOR_LIMITS = {"check_name": (5, 600)}
    assert post(client, "/certificates", {"certificates": same}).status_code == 200


def test_the_description_is_there_and_says_what_is_answered(client: Client, db: None) -> None:
    told = client.get(f"{BASE}/openapi.json").json()
    assert told["openapi"].startswith("3.")
    assert set(told["paths"]) == {
        "/api/v1/certificates/{number}",
        "/api/v1/certificates",
        "/api/v1/check",
    }
    body = told["paths"]["/api/v1/check"]["post"]["requestBody"]["content"]
    assert "application/pdf" in body
