"""An organisation's own list, changed on the screen: nothing overwritten, a colleague's work least of all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from bekwaam.domain.events import Event
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.growth.catalogue_editing import Entries, replace_entries
from bekwaam.services.growth.catalogues import CatalogueKind, in_use
from bekwaam.store.models import AuditEntry, Catalogue, Person
from tests.cast import Cast

KIND = CatalogueKind.OFFERS


def entry(name: str) -> dict[str, Any]:
    keys = {"by": "", "stage": "", "text": "", "url": ""}
    return {"ref": name, "name": name, "way": "other", "codes": ["1.1"], **keys}


def add(name: str) -> Any:
    def change(entries: Entries) -> Iterable[Any]:
        return [*entries, entry(name)]

    return change


def leave_out(name: str) -> Any:
    def change(entries: Entries) -> Iterable[Any]:
        return [one for one in entries if one["name"] != name]

    return change


def put(cast: Cast, change: Any, seen: str = "", actor: Person | None = None) -> Catalogue | None:
    return replace_entries(actor or cast.coordinator, cast.provider, cast.standard, KIND, change, seen)


def names(cast: Cast) -> list[str]:
    return [one.name for one in in_use(cast.provider, KIND)[cast.standard.pk].offers]


def test_every_change_is_a_list_of_its_own_and_the_old_one_stays(cast: Cast) -> None:
    first = put(cast, add("Een"))
    assert first is not None and in_use(cast.provider, KIND)[cast.standard.pk].ref == first.ref
    put(cast, add("Twee"), first.ref)
    assert names(cast) == ["Een", "Twee"]
    old = Catalogue.objects.get(ref=first.ref)
    assert old.withdrawn_at is not None and [one["name"] for one in old.entries] == ["Een"]
    assert [one.code for one in AuditEntry.objects.order_by("-pk")[:2]] == [Event.CATALOGUE_CHANGED] * 2
    assert not list(broken_contents()) and walk_chain().whole


def test_what_a_colleague_changed_since_is_not_overwritten(cast: Cast) -> None:
    first = put(cast, add("Een"))
    assert first is not None
    put(cast, add("Van een collega"), first.ref)
    for old in (first.ref, ""):
        with pytest.raises(Refused) as refusal:
            put(cast, leave_out("Een"), old)
        assert refusal.value.verdict.reason == "newer"
    assert names(cast) == ["Een", "Van een collega"]


def test_the_last_one_taken_out_takes_the_list_out_of_use(cast: Cast) -> None:
    first = put(cast, add("Een"))
    assert first is not None and put(cast, leave_out("Een"), first.ref) is None
    assert not in_use(cast.provider, KIND)
    with pytest.raises(NotFound):
        put(cast, leave_out("Een"))


def test_what_changes_nothing_writes_nothing(cast: Cast) -> None:
    first = put(cast, add("Een"))
    assert first is not None
    same = put(cast, leave_out("Iets anders"), first.ref)
    assert same == first and Catalogue.objects.count() == 1


def test_only_a_coordinator_of_the_organisation_changes_it(cast: Cast) -> None:
    for somebody in (cast.guide, cast.auditor, cast.outsider, cast.candidate):
        with pytest.raises(Refused):
            put(cast, add("Een"), actor=somebody)
    assert not Catalogue.objects.exists()
