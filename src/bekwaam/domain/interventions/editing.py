"""Changing a list: what is put in, changed and taken out, as pure functions of its plain entries.

An entry is kept as plain JSON. Ties between two interventions are kept by reference, so that a new name
leaves them as they are; who is taken out goes from the ties of the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final

from bekwaam.domain.interventions.entries import Given, Intervention, Known, same_name
from bekwaam.frameworks.crosswalk import Reference

Entry = Mapping[str, Any]
_TIES: Final = ("goes_with", "not_with")
_LISTS: Final = ("codes", *_TIES)


def entry_of(ref: str, given: Given) -> dict[str, Any]:
    """Return what was filled in as it is kept: texts tidied at their ends, lists as JSON has them."""
    plain = {
        field: value.strip() if isinstance(value, str) else value for field, value in asdict(given).items()
    }
    return {"ref": ref, **plain, **{field: list(plain[field]) for field in _LISTS}}


def given_of(entry: Entry) -> Given:
    """Return an entry as a form shows it."""
    plain = {field: value for field, value in entry.items() if field != "ref"}
    return Given(**{**plain, **{field: tuple(plain[field]) for field in _LISTS}})


def intervention_of(entry: Entry, organisation: str, framework: Reference) -> Intervention:
    """Return an entry as an intervention of ``organisation`` on ``framework``."""
    plain = {**entry, "known": Known(entry["known"])}
    lists = {field: tuple(plain[field]) for field in _LISTS}
    return Intervention(organisation=organisation, framework=framework, **{**plain, **lists})


def put_in(entries: Iterable[Entry], entry: Entry) -> list[Entry]:
    """Return the list with ``entry`` in place of the one with its reference, or at its end."""
    old = list(entries)
    if any(one["ref"] == entry["ref"] for one in old):
        return [entry if one["ref"] == entry["ref"] else one for one in old]
    return [*old, entry]


def taken_out(entries: Iterable[Entry], ref: str) -> list[Entry]:
    """Return the list without one, which goes from the ties of the others as well."""
    return [
        {**one, **{field: [other for other in one[field] if other != ref] for field in _TIES}}
        for one in entries
        if one["ref"] != ref
    ]


def with_names(entry: Entry, names: Mapping[str, str]) -> dict[str, Any]:
    """Return an entry whose ties are given by name as it is kept: ``names`` are references by name."""
    refs = {same_name(name): ref for name, ref in names.items()}
    return {**entry, **{field: [refs[same_name(name)] for name in entry[field]] for field in _TIES}}
