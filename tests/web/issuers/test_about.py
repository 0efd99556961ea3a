"""What anybody can know of a provider: the page, and the document for other software."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.domain.accounts.identity import Identity
from bekwaam.services import clock
from bekwaam.services.accounts.identity import set_identity
from bekwaam.services.issuers.keys import make_first_key, report_stolen, rotate
from bekwaam.services.issuers.reads import issuer_shown
from bekwaam.services.signing.ring import did_of, issuer_of
from bekwaam.trust.dids import read_document, url_of_did_web
from tests.cast import Cast

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_the_page_says_who_it_is_and_what_became_of_every_key(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    set_identity(cast.coordinator, cast.provider, Identity("www.evc-noord.nl", "12345678"))
    first = make_first_key(None, cast.provider)
    second = rotate(None, cast.provider)
    with clock.at(clock.now() + timedelta(hours=1)):
        report_stolen(None, cast.provider, second.ref, second.made_at)
        third = issuer_shown(cast.provider).key
    with django_assert_max_num_queries(2):
        page = client.get(reverse("issuers:about", args=[cast.provider.ref])).content.decode()
    assert third is not None
    for text in (
        cast.provider.name, "12345678", 'href="https://www.evc-noord.nl"', did_of(cast.provider),
        first.public, second.public, third.public, "Gestolen", "blijft geldig",
    ):  # fmt: skip
        assert text in page, text
    assert "set-cookie" not in {name.lower() for name in client.get(page_of(cast)).headers}


def page_of(cast: Cast) -> str:
    return reverse("issuers:about", args=[cast.provider.ref])


def test_a_provider_that_never_signed_has_a_page_too(cast: Cast, client: Client) -> None:
    assert "nog niets met een sleutel ondertekend" in client.get(page_of(cast)).content.decode()
    assert client.get("/aanbieder/nobody/over/").status_code == 404


def test_other_software_gets_the_keys_where_the_identifier_says(cast: Cast, client: Client) -> None:
    make_first_key(None, cast.provider)
    old = rotate(None, cast.provider)
    report_stolen(None, cast.provider, old.ref, clock.now())
    address = url_of_did_web(did_of(cast.provider)).partition("localhost:8000")[2]
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    read = read_document(json.loads(answer.content), did_of(cast.provider))
    ours = issuer_of(cast.provider)
    assert [key.id for key in read.keys] == [key.id for key in ours.keys]
    assert [key.compromised_at for key in read.keys] == [key.compromised_at for key in ours.keys]
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_for_a_provider_that_there_is_not_the_answer_is_json_too(client: Client, db: None) -> None:
    answer = client.get("/aanbieder/nobody/did.json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/json")
    assert "error" in answer.json()
    assert client.post("/aanbieder/nobody/did.json").status_code == 405
