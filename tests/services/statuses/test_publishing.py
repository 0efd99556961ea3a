"""The lists as the world gets them: signed, with an end, and signed once until something changes."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bekwaam.domain.certificates.status import Change
from bekwaam.services import clock
from bekwaam.services.errors import NotFound
from bekwaam.services.signing.ring import current_key, make_key
from bekwaam.services.statuses.publishing import LIFE, published
from bekwaam.store.models import PublishedList, StatusPlace
from bekwaam.trust.status import LEAST, PURPOSES, REVOCATION, SUSPENSION, Bits
from tests.cast import Cast
from tests.services.statuses.issued import change, codes, issued


def _url(cast: Cast, purpose: str = REVOCATION, number: int = 1) -> str:
    return reverse("status_list", args=[cast.provider.ref, number, purpose])


def _now(cast: Cast, purpose: str = REVOCATION) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(published(cast.provider.ref, 1, purpose).document)
    return document


def test_a_certificate_checks_with_the_lists_as_published(cast: Cast) -> None:
    found = issued(cast)
    assert codes(found.credentials[0]) == codes(found.credentials[1]) == set()
    change(cast, found, Change.SUSPENDED)
    assert codes(found.credentials[0]) == codes(found.credentials[1]) == {"suspended"}
    change(cast, found, Change.REVOKED)
    assert codes(found.credentials[0]) == codes(found.credentials[1]) == {"revoked"}


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_list_hides_a_certificate_among_all_places(cast: Cast, purpose: str) -> None:
    issued(cast, credentials=1)
    bits = Bits.read(_now(cast, purpose)["credentialSubject"]["encodedList"])
    assert len(bits) == LEAST
    assert not any(bits.raw)


def test_a_list_is_signed_once_and_then_handed_out(cast: Cast, django_assert_num_queries: Any) -> None:
    issued(cast, credentials=1)
    first = published(cast.provider.ref, 1, REVOCATION)
    with django_assert_num_queries(1):
        assert published(cast.provider.ref, 1, REVOCATION) == first


def test_a_list_is_signed_anew_when_the_installation_goes_by_another_name(cast: Cast, settings: Any) -> None:
    issued(cast, credentials=1)
    first = _now(cast)
    settings.BEKWAAM_ISSUER_HOST = "evc.example"
    second = _now(cast)
    assert second["id"].startswith("https://evc.example/")
    assert second["id"] != first["id"]


def test_signing_a_list_takes_a_fixed_number_of_queries(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    found = issued(cast)
    change(cast, found, Change.REVOKED)
    with django_assert_max_num_queries(14):
        published(cast.provider.ref, 1, REVOCATION)


@pytest.mark.parametrize(
    ("later", "anew"), [(LIFE / 2 - timedelta(seconds=1), False), (LIFE / 2 + timedelta(seconds=1), True)]
)
def test_a_list_is_signed_anew_before_it_is_too_old(cast: Cast, later: timedelta, anew: bool) -> None:
    issued(cast, credentials=1)
    start = timezone.now()
    with clock.at(start):
        first = published(cast.provider.ref, 1, REVOCATION)
    with clock.at(start + later):
        second = published(cast.provider.ref, 1, REVOCATION)
    assert (second != first) is anew
    assert second.valid_until - (start + later) >= LIFE / 2


def test_a_new_key_signs_the_lists_anew(cast: Cast) -> None:
    found = issued(cast, credentials=1)
    before = published(cast.provider.ref, 1, REVOCATION)
    with transaction.atomic():
        old = current_key(cast.provider)
        old.retired_at = clock.now()
        old.save()
        new, _ = make_key(None, cast.provider, clock.now())
    after = published(cast.provider.ref, 1, REVOCATION)
    assert f"#{old.public}" in before.document
    assert f"#{new.public}" in after.document
    assert codes(found.credentials[0]) == set()


def test_lists_are_signed_anew_when_a_place_in_them_changes(cast: Cast) -> None:
    found = issued(cast, credentials=1)
    for purpose in PURPOSES:
        _now(cast, purpose)
    change(cast, found, Change.SUSPENDED)
    assert not PublishedList.objects.exists()
    suspended = Bits.read(_now(cast, SUSPENSION)["credentialSubject"]["encodedList"])
    assert [i for i in range(LEAST) if suspended.at(i)] == sorted(place.index for place in found.places)
    assert not any(Bits.read(_now(cast)["credentialSubject"]["encodedList"]).raw)


def test_the_list_is_there_for_anybody_to_fetch(cast: Cast) -> None:
    issued(cast, credentials=1)
    found = Client().get(_url(cast))
    assert found.status_code == 200
    assert found["Content-Type"] == "application/vc"
    assert found["Access-Control-Allow-Origin"] == "*"
    assert found["Cache-Control"] == "public, max-age=60"
    assert json.loads(found.content)["id"].endswith(_url(cast))
    assert Client().get(_url(cast), headers={"If-None-Match": found["ETag"]}).status_code == 304
    assert Client().head(_url(cast)).status_code == 200
    assert Client().post(_url(cast)).status_code == 405
    assert Client().options(_url(cast)).status_code == 204


@pytest.mark.parametrize(
    ("ref", "number", "purpose"),
    [("nergens", 1, REVOCATION), (None, 2, REVOCATION), (None, 1, "message"), (None, 2**70, REVOCATION)],
)
def test_a_list_that_there_is_not_is_not_found(
    cast: Cast, ref: str | None, number: int, purpose: str
) -> None:
    issued(cast, credentials=1)
    found = Client().get(reverse("status_list", args=[ref or cast.provider.ref, number, purpose]))
    assert found.status_code == 404
    assert found.json() == {"error": "There is nothing at this address."}
    with pytest.raises(NotFound):
        published(ref or cast.provider.ref, number, purpose)


def test_keys_that_do_not_open_are_said_and_not_guessed(cast: Cast, settings: Any) -> None:
    issued(cast, credentials=1)
    StatusPlace.objects.update(digest="")
    settings.BEKWAAM_KEYS = settings.BEKWAAM_KEYS / "weg"
    found = Client().get(_url(cast))
    assert found.status_code == 503
    assert "cannot be opened" in found.json()["error"]
