"""Registering providers and people: what does not fit gets a sentence, on every database."""

from __future__ import annotations

import pytest

from bekwaam.services.accounts.people import register_person, register_provider
from bekwaam.services.errors import Invalid
from bekwaam.store.models import AuditEntry, Person, Provider
from tests.cast import Cast


@pytest.mark.parametrize(
    ("email", "name", "faults"),
    [
        ("a@" + "b." * 130 + "org", "Naam", {("email", "too_long")}),
        ("naam@example.org", "x" * 201, {("name", "too_long")}),
        ("naam\n@example.org", "Naam", {("email", "no_address")}),
        ("na@am@example.org", " ", {("email", "no_address"), ("name", "empty")}),
        ("", "Naam", {("email", "no_address")}),
    ],
)
def test_an_address_or_name_that_will_not_do_is_named(
    cast: Cast, email: str, name: str, faults: set[tuple[str, str]]
) -> None:
    before = Person.objects.count(), AuditEntry.objects.count()
    with pytest.raises(Invalid) as caught:
        register_person(cast.coordinator, cast.provider, email, name)
    assert {(fault.name, fault.reason) for fault in caught.value.faults} == faults
    assert (Person.objects.count(), AuditEntry.objects.count()) == before


def test_a_provider_with_a_name_or_place_beyond_measure_is_not_registered(db: None) -> None:
    with pytest.raises(Invalid) as caught:
        register_provider(None, "x" * 201, "y" * 101)
    assert [fault.name for fault in caught.value.faults] == ["name", "place"]
    assert not Provider.objects.exists()
