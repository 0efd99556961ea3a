"""Turns what a team covers into what the templates show, in the language of the page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from bekwaam.domain.growth.gap_words import value_name
from bekwaam.domain.growth.rating import Scale, rank_of, scale_of
from bekwaam.domain.growth.totals import Group, groups_in, groups_through
from bekwaam.domain.teams.coverage import Cell, Coverage, GroupCover, Known, Line, group_cover, spread
from bekwaam.domain.teams.members import SHARE_NAMES, Share
from bekwaam.frameworks.crosswalk import Crosswalk, Reference
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.library import crosswalk_ids, find_builtin, load_crosswalk
from bekwaam.frameworks.model import Framework
from bekwaam.web.shared.case import language
from bekwaam.web.shared.units import Unit, unit_groups


@dataclass(frozen=True, slots=True)
class CellView:
    """One member on one unit: ``tone`` is enough, short, unknown or closed; ``rings`` None without stages."""

    name: str
    tone: str
    label: str
    rings: int | None


@dataclass(frozen=True, slots=True)
class RowView:
    """One unit with what is asked of it, a cell for every member, and how many of them cover it."""

    unit: Unit
    asked: str
    cells: tuple[CellView, ...]
    enough: int
    open: int


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong together."""

    name: str
    hue: int
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """One unit by stage: how many members are exactly where, and of how many nothing is known."""

    unit: Unit
    counts: tuple[tuple[str, int], ...]
    open: int


@dataclass(frozen=True, slots=True)
class Covered:
    """What a team covers of the groups of one kind."""

    title: str
    rows: tuple[GroupCover, ...]


def blocks(framework: Framework, found: Coverage, names: Mapping[str, str]) -> list[Block]:
    """Return the coverage by cluster; ``names`` are those of the members by reference."""
    codes = [line.ask.code for line in found.lines]
    return [
        Block(
            group.name,
            group.hue,
            tuple(_row(framework, unit, found.by_code[unit.code], names) for unit in group.units),
        )
        for group in unit_groups(framework, codes)
    ]


def _row(framework: Framework, unit: Unit, line: Line, names: Mapping[str, str]) -> RowView:
    return RowView(
        unit=unit,
        asked=value_name(framework, line.ask.value, language()),
        cells=tuple(_cell(framework, unit.code, cell, names[cell.member]) for cell in line.cells),
        enough=len(line.enough),
        open=line.open,
    )


def _cell(framework: Framework, code: str, cell: Cell, name: str) -> CellView:
    if cell.known is Known.NOT_SHARED:
        return CellView(name, "closed", _("not shared"), None)
    if cell.known is Known.UNKNOWN:
        return CellView(name, "unknown", _("not known"), None)
    item = framework.by_code[code]
    staged = scale_of(framework, item) is Scale.STAGES
    return CellView(
        name=name,
        tone="enough" if cell.enough else "short",
        label=value_name(framework, cell.value, language()),
        rings=rank_of(framework, item, cell.value) if staged else None,
    )


def spreads(framework: Framework, found: Coverage) -> list[tuple[str, list[SpreadRow]]]:
    """Return the coverage by stage, gathered by cluster."""
    codes = [line.ask.code for line in found.lines]
    return [
        (group.name, [_spread(framework, unit, found.by_code[unit.code]) for unit in group.units])
        for group in unit_groups(framework, codes)
    ]


def _spread(framework: Framework, unit: Unit, line: Line) -> SpreadRow:
    told = spread(framework, line)
    counts = tuple((value_name(framework, value, language()), number) for value, number in told.counts)
    return SpreadRow(unit, counts, told.open)


def covered(framework: Framework, found: Coverage) -> list[Covered]:
    """Return the coverage by cluster, life domain, quadrant and verb, as far as the framework has them."""
    by_kind: dict[str, list[GroupCover]] = {}
    for row in group_cover(found, all_groups(framework)):
        by_kind.setdefault(row.group.kind, []).append(row)
    return [Covered(kind_name(kind, language()).capitalize(), tuple(rows)) for kind, rows in by_kind.items()]


def all_groups(framework: Framework) -> tuple[Group, ...]:
    """Return every group of units: those of the framework itself, and those of crosswalks from or to it."""
    groups = list(groups_in(framework))
    for crosswalk, other in _ties(Reference(framework.id, framework.version)):
        groups += groups_through(framework, crosswalk, other)
    return tuple(groups)


@lru_cache(maxsize=32)
def _ties(here: Reference) -> tuple[tuple[Crosswalk, Framework], ...]:
    """Return the crosswalks of the product from or to a framework, with what is at the other end."""
    found = []
    for crosswalk in map(load_crosswalk, crosswalk_ids()):
        ends = (crosswalk.frm, crosswalk.to)
        far = next((end for end in ends if end != here), None)
        other = find_builtin(far.id, far.version) if far and here in ends else None
        if other is not None:
            found.append((crosswalk, other))
    return tuple(found)


def share_names(shares: Collection[Share]) -> list[str]:
    """Return how what somebody shares is called, in the usual order."""
    return [_(name) for share, name in SHARE_NAMES.items() if share in shares]
