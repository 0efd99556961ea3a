"""Keeping a list of interventions by hand: putting one in, changing one, taking one out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bekwaam.domain.interventions.choosing import steps_of
from bekwaam.domain.interventions.editing import entry_of, given_of, put_in, taken_out
from bekwaam.domain.interventions.entries import Given, check_given
from bekwaam.domain.verdict import refused
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.growth.catalogue_editing import Entries, replace_entries
from bekwaam.services.growth.catalogues import CatalogueKind, row_in_use
from bekwaam.services.growth.intervention_lists import choosable, continuum
from bekwaam.store.models import FrameworkVersion, Person, Provider
from bekwaam.store.models.shared import new_ref
from bekwaam.wording import N_

KIND: Final = CatalogueKind.INTERVENTIONS
_GONE: Final = N_(
    "Somebody took this out of the list meanwhile. Copy what you wrote, and put it in as a new one if it has "
    "to be there."
)


def entries_of(provider: Provider, version: FrameworkVersion) -> tuple[str, dict[str, Given]]:
    """Return the reference of the list in use, empty without one, and what is in it. One query."""
    row = row_in_use(provider, version, KIND)
    return (row.ref, {entry["ref"]: given_of(entry) for entry in row.entries}) if row else ("", {})


def put_intervention(
    actor: Person, provider: Provider, version: FrameworkVersion, given: Given, seen: str, ref: str = ""
) -> str:
    """Put an intervention into the list, or change the one with ``ref``; return its reference.

    ``seen`` is the list that the person looked at. Raises Invalid with every fault, Refused where a
    colleague changed the list since ("newer") or took this one out ("gone"), and without the right to.
    """
    framework, guide = framework_of(version), continuum()
    made = ref or new_ref()

    def change(entries: Entries) -> Iterable[Mapping[str, Any]]:
        if ref and all(entry["ref"] != ref for entry in entries):
            raise Refused(refused("gone", _GONE))
        others = {entry["ref"]: entry["name"] for entry in entries if entry["ref"] != ref}
        faults = check_given(given, steps_of(guide), choosable(framework).codes, others)
        if faults:
            raise Invalid(faults)
        return put_in(entries, entry_of(made, given))

    replace_entries(actor, provider, version, KIND, change, seen)
    return made


def take_out_intervention(
    actor: Person, provider: Provider, version: FrameworkVersion, seen: str, ref: str
) -> None:
    """Take an intervention out of the list. Raises as :func:`put_intervention`; NotFound for none."""

    def change(entries: Entries) -> Iterable[Mapping[str, Any]]:
        if all(entry["ref"] != ref for entry in entries):
            raise NotFound
        return taken_out(entries, ref)

    replace_entries(actor, provider, version, KIND, change, seen)
