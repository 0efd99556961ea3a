"""What the lead sees of somebody, as they see it themself: how they stand, what they know, what they work on.

One of these at a time, as the lead looks at it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from bekwaam.domain.growth.gap import LAYER_NAMES, Layer
from bekwaam.domain.teams.coverage import coverage
from bekwaam.domain.teams.members import Member, Share
from bekwaam.services.teams.pictures import pictures_of
from bekwaam.services.teams.plan_reads import own_works
from bekwaam.web.shared.units import Unit
from bekwaam.web.teams.asking import Look
from bekwaam.web.teams.knowledge import own_knowledge
from bekwaam.web.teams.plan_shown import work_shown
from bekwaam.web.teams.presenting import CellView, blocks
from bekwaam.wording import N_

_STANDING: Final = "stand"
_KNOWLEDGE: Final = "kennis"
_PLAN: Final = "plan"
_NAMES: Final[Mapping[str, str]] = {
    _STANDING: N_("How I stand"),
    _KNOWLEDGE: N_("What I know"),
    _PLAN: N_("What I work on"),
}


def seen_of(person: Any, look: Look, shares: Collection[Share], asked: str) -> dict[str, Any]:
    """Return what the template shows of what a lead sees; ``asked`` is which of it. Three queries at most."""
    layers = [layer for layer in Layer if Share(layer) in shares]
    there = [
        name
        for name, shared in (
            (_STANDING, bool(layers)),
            (_KNOWLEDGE, Share.KNOWLEDGE in shares),
            (_PLAN, Share.PLAN in shares),
        )
        if shared
    ]
    here = asked if asked in there else next(iter(there), "")
    return {
        "here": here,
        "views": [(name, _(_NAMES[name]), name == here) for name in there],
        "visible": [_(LAYER_NAMES[layer]) for layer in layers] if here == _STANDING else [],
        "rows": _standing(person, look, layers) if here == _STANDING else [],
        "knowledge": own_knowledge(person) if here == _KNOWLEDGE else [],
        "works": [work_shown(look.framework, work) for work in own_works(person, look.standard)]
        if here == _PLAN
        else [],
    }


def _standing(person: Any, look: Look, layers: list[Layer]) -> list[tuple[Unit, list[tuple[str, CellView]]]]:
    """Return exactly what the lead sees of somebody, unit by unit. A query a layer."""
    columns = []
    for layer in layers:
        pictures = pictures_of([person.pk], look.standard, layer).get(person.pk, ())
        member = Member(person.ref, frozenset({layer}), pictures)
        found = coverage(look.framework, look.target, [member], layer)
        rows = [
            row for block in blocks(look.framework, found, {person.ref: person.name}) for row in block.rows
        ]
        columns.append((_(LAYER_NAMES[layer]), rows))
    units = [row.unit for row in columns[0][1]]
    return [
        (unit, [(name, rows[place].cells[0]) for name, rows in columns]) for place, unit in enumerate(units)
    ]
