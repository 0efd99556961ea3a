"""Interventions of an organisation as they are loaded from a spreadsheet, kept, and read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bekwaam.domain.growth.rating import rated_units
from bekwaam.domain.interventions.editing import Entry, entry_of, given_of, with_names
from bekwaam.domain.interventions.entries import KNOWN_NAMES, MOST, Given, Known, same_name
from bekwaam.frameworks.exchange.intervention_sheet import (
    Choosable,
    InterventionRow,
    read_intervention_sheet,
    write_intervention_sheet,
)
from bekwaam.frameworks.exchange.tied_sheet import TiedRead
from bekwaam.frameworks.guide import Guide
from bekwaam.frameworks.library import load_guide
from bekwaam.frameworks.model import Framework
from bekwaam.store.models.shared import new_ref

CONTINUUM: Final = "licht-naar-zwaar"
_KNOWN: Final = {known.value: name for known, name in KNOWN_NAMES.items()}


def continuum() -> Guide:
    """Return the steps from light to heavy at which interventions stand."""
    return load_guide(CONTINUUM)


def choosable(framework: Framework) -> Choosable:
    """Return what can be chosen for an intervention on a framework."""
    guide = continuum()
    return Choosable(
        codes=tuple(item.code for item in rated_units(framework)),
        steps={step.code: guide.name(step.code) for step in guide.steps},
        known=_KNOWN,
        unknown=Known.UNKNOWN.value,
        most=MOST,
    )


def intervention_template(framework: Framework, language: str, entries: Iterable[Entry] = ()) -> bytes:
    """Return a spreadsheet to fill in, with what there is already in it."""
    known = list(entries)
    names = {entry["ref"]: entry["name"] for entry in known}
    return write_intervention_sheet(
        framework, choosable(framework), language, (_row(given_of(entry), names) for entry in known)
    )


def read_interventions(data: bytes, name: str, framework: Framework) -> TiedRead[InterventionRow]:
    """Return the rows of a file, with what is wrong in it by cell."""
    return read_intervention_sheet(data, name, framework, choosable(framework))


def intervention_entries(
    rows: Iterable[InterventionRow], before: Iterable[Entry] = ()
) -> tuple[Mapping[str, Any], ...]:
    """Return sound rows as they are kept. One whose name stood in the list keeps its reference.

    So an address that somebody shared goes on to show the same intervention when a file is loaded anew.
    """
    old = {same_name(entry["name"]): entry["ref"] for entry in before}
    found = list(rows)
    refs = {row.name: old.get(same_name(row.name)) or new_ref() for row in found}
    return tuple(with_names(entry_of(refs[row.name], _given(row)), refs) for row in found)


def _given(row: InterventionRow) -> Given:
    return Given(
        name=row.name,
        situation=row.situation,
        people=row.people,
        step=row.step,
        codes=row.codes,
        known=row.known,
        why=row.why,
        url=row.url,
        takes=row.takes,
        not_when=row.not_when,
        goes_with=row.goes_with,
        not_with=row.not_with,
    )


def _row(given: Given, names: Mapping[str, str]) -> InterventionRow:
    return InterventionRow(
        name=given.name,
        situation=given.situation,
        people=given.people,
        step=given.step,
        codes=given.codes,
        known=given.known,
        why=given.why,
        url=given.url,
        takes=given.takes,
        not_when=given.not_when,
        goes_with=tuple(names[ref] for ref in given.goes_with if ref in names),
        not_with=tuple(names[ref] for ref in given.not_with if ref in names),
    )
