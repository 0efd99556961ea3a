"""Places in the status lists: random, one credential each, in a new list when one is half full."""

from __future__ import annotations

import pytest
from django.db import transaction

from bekwaam.services.statuses import places
from bekwaam.services.statuses.places import entries_of_place, reserve
from bekwaam.store.models import StatusPlace
from bekwaam.trust.status import LEAST
from tests.cast import Cast


def test_places_are_at_random_and_one_credential_each(cast: Cast) -> None:
    taken = [reserve(cast.provider) for _ in range(20)]
    assert {place.list.number for place in taken} == {1}
    indexes = [place.index for place in taken]
    assert len(set(indexes)) == 20
    assert all(0 <= index < LEAST for index in indexes)
    assert indexes != sorted(indexes)  # by chance once in two billion billion times


def test_a_list_that_is_half_full_gets_a_successor(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "FULL", 2)
    numbers = [reserve(cast.provider).list.number for _ in range(5)]
    assert numbers == [1, 1, 2, 2, 3]
    assert reserve(cast.other_provider).list.number == 1


def test_whoever_throws_what_another_took_meanwhile_throws_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = reserve(cast.provider)
    free = (taken.index + 1) % LEAST
    thrown = iter([taken.index, taken.index, free])
    monkeypatch.setattr(places, "_free", lambda listed: next(thrown))
    with transaction.atomic():
        assert reserve(cast.provider).index == free
    assert StatusPlace.objects.count() == 2


def test_a_place_says_where_both_lists_are(cast: Cast) -> None:
    place = reserve(cast.provider)
    found = entries_of_place(place)
    assert found.suspension is not None
    assert found.revocation.index == found.suspension.index == place.index
    base = f"/aanbieder/{cast.provider.ref}/status/1/"
    assert found.revocation.list_url.startswith("https://")
    assert found.revocation.list_url.endswith(f"{base}revocation")
    assert found.suspension.list_url.endswith(f"{base}suspension")


def test_taking_a_place_takes_a_fixed_number_of_queries(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    reserve(cast.provider)
    with django_assert_num_queries(6):  # two of them a savepoint
        place = reserve(cast.provider)
    with django_assert_num_queries(0):
        entries_of_place(place)
