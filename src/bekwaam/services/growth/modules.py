"""Programmes of a school as they are kept, and their modules as what somebody can put in a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bekwaam.domain.growth.offers import Offer
from bekwaam.domain.growth.programme import Module, Programme, Tie
from bekwaam.domain.growth.ways import Way
from bekwaam.frameworks.exchange.programme_sheet import ModuleRow
from bekwaam.frameworks.slugs import slug
from bekwaam.store.models.shared import new_ref


def module_entry(row: ModuleRow) -> dict[str, Any]:
    """Return a module as it is kept, with a reference of its own."""
    return {
        "ref": new_ref(),
        "programme": row.programme,
        "name": row.name,
        "period": row.period,
        "way": row.way,
        "assessed": row.assessed,
        "hours": row.hours,
        "ties": [list(tie) for tie in row.ties],
    }


def programmes_of(entries: Iterable[Mapping[str, Any]]) -> tuple[Programme, ...]:
    """Return the programmes in what was kept, in the order of their first modules."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for entry in entries:
        found.setdefault(slug(entry["programme"]) or "programma", []).append(entry)
    return tuple(
        Programme(key, some[0]["programme"], tuple(map(_module, some))) for key, some in found.items()
    )


def modules_as_offers(organisation: str, programme: Programme) -> tuple[Offer, ...]:
    """Return what the modules of a programme offer: one for every stage to which a module leads."""
    return tuple(
        Offer(
            ref=f"{module.ref}-{number}",
            organisation=organisation,
            name=module.name,
            way=Way(module.way) if module.way else Way.TRAINING_OUTSIDE,
            by=", ".join(filter(None, (programme.name, module.period))),
            codes=tuple(tie.code for tie in module.ties if tie.stage == stage),
            stage=stage,
            text=module.assessed,
        )
        for module in programme.modules
        for number, stage in enumerate(dict.fromkeys(tie.stage for tie in module.ties))
    )


def _module(entry: Mapping[str, Any]) -> Module:
    return Module(
        ref=entry["ref"],
        name=entry["name"],
        ties=tuple(Tie(code, stage) for code, stage in entry["ties"]),
        period=entry["period"],
        way=entry["way"],
        assessed=entry["assessed"],
        hours=entry["hours"],
    )
