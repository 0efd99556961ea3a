"""Two at the same moment: no list comes out that does not know of a change, and no place is given twice."""

from __future__ import annotations

import pytest
from django.db import transaction

from bekwaam.domain.certificates.status import Change
from bekwaam.services.statuses import places
from bekwaam.services.statuses.publishing import published
from bekwaam.store.models import PublishedList, StatusPlace
from bekwaam.trust.status import REVOCATION
from tests.cast import make_cast
from tests.services.statuses.issued import change, codes, issued
from tests.services.test_at_once import at_once

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def test_a_list_that_is_signed_while_a_certificate_is_revoked_does_not_outlive_that() -> None:
    cast = make_cast()
    found = issued(cast, credentials=1)

    def publish() -> None:
        for _ in range(5):
            PublishedList.objects.all().delete()
            published(cast.provider.ref, 1, REVOCATION)

    assert at_once(publish, lambda: change(cast, found, Change.REVOKED), publish) == ["done"] * 3
    assert codes(found.credentials[0]) == {"revoked"}


def test_a_list_is_signed_once_when_many_ask_for_it_at_once() -> None:
    cast = make_cast()
    issued(cast, credentials=1)
    documents: list[str] = []

    def fetch() -> None:
        documents.append(published(cast.provider.ref, 1, REVOCATION).document)

    assert at_once(*[fetch] * 4) == ["done"] * 4
    assert len(set(documents)) == 1


def test_of_two_who_throw_the_same_place_one_throws_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    with transaction.atomic():
        places.reserve(cast.provider)
    StatusPlace.objects.all().delete()
    thrown = iter([5, 5, 6, 7, 8])
    monkeypatch.setattr(places, "_free", lambda listed: next(thrown))

    def take() -> None:
        with transaction.atomic():
            places.reserve(cast.provider)

    assert at_once(take, take) == ["done", "done"]
    taken = list(StatusPlace.objects.order_by("index").values_list("index", flat=True))
    assert taken == [5, 6]
