"""Turns what a programme covers into what its page shows, in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from bekwaam.domain.growth.gap_words import value_name
from bekwaam.domain.growth.programme import Line, Module, Programme, group_lines, highest, periods
from bekwaam.domain.growth.programme_words import COVER_NAMES, explain_group
from bekwaam.domain.growth.rating import Scale, rank_of, scale_of
from bekwaam.domain.growth.ways import WAYS, Way
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.model import Framework
from bekwaam.services.growth.targets import inner_groups, practice_groups
from bekwaam.web.shared.case import language
from bekwaam.web.shared.units import Unit, unit_groups

MODULES: Final = 30
# A table of more columns is turned into lists: nobody reads it on one screen.
WIDEST: Final = 24


@dataclass(frozen=True, slots=True)
class LineRow:
    """A unit that is asked: how far the programme leads, in which modules, and how that stands."""

    unit: Unit
    asked: str
    highest: str
    rings: int | None
    modules: tuple[str, ...]
    cover: str
    told: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A module and a unit: ``short`` for a table and ``label`` in full, both empty without a tie."""

    code: str
    name: str
    short: str = ""
    label: str = ""
    rings: int = 0


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """A module with what is told of it and a cell for every unit that the programme is tied to."""

    name: str
    below: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """Module × unit, a page of it; ``wide`` where there are too many columns for a table."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[ModuleRow, ...]
    page: Any
    wide: bool
    marks: tuple[tuple[str, str], ...]


def line_rows(framework: Framework, lines: Sequence[Line]) -> list[tuple[str, list[LineRow]]]:
    """Return the units that are asked by cluster."""
    by_code = {line.ask.code: line for line in lines}
    return [
        (group.name, [_line(framework, unit, by_code[unit.code]) for unit in group.units])
        for group in unit_groups(framework, list(by_code))
    ]


def _line(framework: Framework, unit: Unit, line: Line) -> LineRow:
    item = framework.by_code[unit.code]
    staged = scale_of(framework, item) is Scale.STAGES
    return LineRow(
        unit=unit,
        asked=value_name(framework, line.ask.value, language()),
        highest=value_name(framework, line.highest, language()) if line.highest else "",
        rings=rank_of(framework, item, line.highest) if staged and line.highest else None,
        modules=tuple(_where(module) for module in line.modules),
        cover=line.cover.value,
        told=_(COVER_NAMES[line.cover]),
    )


def _where(module: Module) -> str:
    return f"{module.name} ({module.period})" if module.period else module.name


def totalled(framework: Framework, lines: Sequence[Line]) -> list[tuple[str, list[str]]]:
    """Return by cluster, life domain, quadrant and verb, as far as the framework has them, in sentences."""
    by_kind: dict[str, list[str]] = {}
    for row in group_lines(lines, (*inner_groups(framework), *practice_groups(framework))):
        by_kind.setdefault(row.group.kind, []).append(explain_group(row, language()))
    return [(kind_name(kind, language()).capitalize(), rows) for kind, rows in by_kind.items()]


def grid(framework: Framework, programme: Programme, number: str | None) -> Grid:
    """Return a page of the matrix, modules by period and then as listed."""
    codes = tuple(highest(framework, programme.modules))
    page = Paginator(in_order(programme), MODULES).get_page(number)
    columns = tuple((code, framework.by_code[code].name(language())) for code in codes)
    rows = tuple(ModuleRow(one.name, told(one), tuple(_cells(framework, one, columns))) for one in page)
    marks = tuple((stage.short, stage.title[language()]) for stage in framework.stages)
    return Grid(columns, rows, page, len(codes) > WIDEST, (*marks, ("x", _("taught, without a stage"))))


def in_order(programme: Programme) -> list[Module]:
    """Return the modules by period, those without one last, and then as listed."""
    order = periods(programme.modules)
    return sorted(
        programme.modules, key=lambda one: order.index(one.period) if one.period in order else len(order)
    )


def told(module: Module) -> tuple[str, ...]:
    """Return what is known of a module beside its name: when, how, for how long, how assessed."""
    hours = _("%(hours)s hours") % {"hours": module.hours} if module.hours is not None else ""
    way = _(WAYS[Way(module.way)].name) if module.way else ""
    assessed = _("Assessed: %(how)s") % {"how": module.assessed} if module.assessed else ""
    return tuple(filter(None, (" · ".join(filter(None, (module.period, way, hours))), assessed)))


def _cells(framework: Framework, module: Module, columns: Sequence[tuple[str, str]]) -> list[Cell]:
    found = []
    for code, name in columns:
        stage = module.stage_of(code)
        if stage is None:
            found.append(Cell(code, name))
        elif not stage:
            found.append(Cell(code, name, "x", _("taught, without a stage")))
        else:
            known = framework.stage_by_code[stage]
            found.append(Cell(code, name, known.short, known.title[language()], known.rank))
    return found
