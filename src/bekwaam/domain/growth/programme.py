"""What a programme of a school covers: its modules, tied to competences and stages. Pure.

A training ends at *startbekwaam* (000, bijlage 4), so that is what a programme is usually laid beside; any
other target will do. Nothing here says how good a module is, or how far anybody is who followed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bekwaam.domain.growth.rating import Step, rank_of
from bekwaam.domain.growth.target import Ask, Target, TargetKind
from bekwaam.domain.growth.totals import Group
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.model import Framework, Text

_NUMBERS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Tie:
    """That a module is about a unit; ``stage`` is what it leads to, empty where that is not said."""

    code: str
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Module:
    """A unit of a curriculum; ``period`` is a year or term in the school's own words, empty without one."""

    ref: str
    name: str
    ties: tuple[Tie, ...]
    period: str = ""
    way: str = ""
    assessed: str = ""
    hours: int | None = None

    def stage_of(self, code: str) -> str | None:
        """Return the stage to which it leads for a unit, empty where it is not said; None without a tie."""
        return next((tie.stage for tie in self.ties if tie.code == code), None)


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme with its modules in the order in which the school lists them; ``key`` names it."""

    key: str
    name: str
    modules: tuple[Module, ...]


class Cover(StrEnum):
    """How a programme stands to what is asked of one unit."""

    REACHED = "reached"
    BELOW = "below"
    NO_STAGE = "no_stage"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Line:
    """One unit that is asked: how far the programme leads, and the modules that are about it.

    ``highest`` is empty where no module says a stage.
    """

    ask: Ask
    cover: Cover
    highest: str
    modules: tuple[Module, ...]

    @property
    def once(self) -> bool:
        """Tell whether the unit depends on one module only."""
        return len(self.modules) == 1


@dataclass(frozen=True, slots=True)
class GroupLine:
    """How many of the units that are asked in a group are reached, taught below that, or in no module."""

    group: Group
    asked: int
    reached: int
    nowhere: int


@dataclass(frozen=True, slots=True)
class Fall:
    """That a later period leads a unit to a lower stage than an earlier one did."""

    code: str
    before: str
    stage_before: str
    after: str
    stage_after: str


def highest(framework: Framework, modules: Iterable[Module]) -> dict[str, str]:
    """Return by unit the highest stage to which ``modules`` lead, in the order of the document.

    Empty where no module says a stage; without stages in the framework a tie stands for the step "yes".
    """
    said: dict[str, str] = {}
    for module in modules:
        for tie in module.ties:
            stage = tie.stage or ("" if framework.stages else Step.YES)
            before = said.get(tie.code, "")
            said[tie.code] = max(before, stage, key=lambda one: _rank(framework, tie.code, one))
    return {item.code: said[item.code] for item in framework.items if item.code in said}


def beside(framework: Framework, target: Target, programme: Programme) -> tuple[Line, ...]:
    """Return what a programme covers of what ``target`` asks, in the order of the target."""
    reached = highest(framework, programme.modules)
    return tuple(_line(framework, ask, reached, programme) for ask in target.asks)


def _line(framework: Framework, ask: Ask, reached: Mapping[str, str], programme: Programme) -> Line:
    modules = tuple(one for one in programme.modules if one.stage_of(ask.code) is not None)
    stage = reached.get(ask.code)
    if stage is None:
        cover = Cover.NOWHERE
    elif not stage:
        cover = Cover.NO_STAGE
    else:
        enough = _rank(framework, ask.code, stage) >= _rank(framework, ask.code, ask.value)
        cover = Cover.REACHED if enough else Cover.BELOW
    return Line(ask, cover, stage or "", modules)


def group_lines(lines: Iterable[Line], groups: Iterable[Group]) -> tuple[GroupLine, ...]:
    """Return the lines by group; a unit in two groups counts in both, so groups are never added up."""
    by_code = {line.ask.code: line for line in lines}
    found = []
    for group in groups:
        inside = [by_code[code] for code in group.units if code in by_code]
        if inside:
            counted = [line.cover for line in inside]
            reached, nowhere = counted.count(Cover.REACHED), counted.count(Cover.NOWHERE)
            found.append(GroupLine(group, len(inside), reached, nowhere))
    return tuple(found)


def periods(modules: Iterable[Module]) -> tuple[str, ...]:
    """Return the periods in order: by the numbers in them, or as listed where one has no number."""
    named = list(dict.fromkeys(module.period for module in modules if module.period))
    numbered = [_numbers(period) for period in named]
    return tuple(sorted(named, key=_numbers)) if all(numbered) else tuple(named)


def falls(framework: Framework, programme: Programme) -> tuple[Fall, ...]:
    """Return where a period leads a unit lower than the highest before it, once a unit, in document order."""
    order = periods(programme.modules)
    by_period = [highest(framework, [m for m in programme.modules if m.period == one]) for one in order]
    found = (_fall(framework, item.code, order, by_period) for item in framework.items)
    return tuple(fall for fall in found if fall is not None)


def _fall(
    framework: Framework, code: str, order: Sequence[str], by_period: Sequence[Mapping[str, str]]
) -> Fall | None:
    top: tuple[str, str] | None = None
    for period, stages in zip(order, by_period, strict=True):
        stage = stages.get(code, "")
        if not stage:
            continue
        if top is not None and _rank(framework, code, stage) < _rank(framework, code, top[1]):
            return Fall(code, top[0], top[1], period, stage)
        if top is None or _rank(framework, code, stage) > _rank(framework, code, top[1]):
            top = (period, stage)
    return None


def up_to(programme: Programme, period: str) -> tuple[Module, ...]:
    """Return the modules up to and including ``period``; those without a period are left out.

    A period that is not there gives all modules.
    """
    order = periods(programme.modules)
    if period not in order:
        return programme.modules
    last = order.index(period)
    return tuple(one for one in programme.modules if one.period in order[: last + 1])


def period_on(programme: Programme, starts: date | None, on: date) -> str:
    """Return the last period of the school year in which ``on`` lies, for who started on ``starts``.

    The first number of a period is taken for its year; without numbers or a start it is the last period.
    Empty where the programme has no periods.
    """
    order = periods(programme.modules)
    if not order or starts is None or not all(_numbers(one) for one in order):
        return order[-1] if order else ""
    year = max(0, on.year - starts.year - ((on.month, on.day) < (starts.month, starts.day))) + 1
    begun = [one for one in order if _numbers(one)[0] <= year]
    return begun[-1] if begun else order[0]


def promised(framework: Framework, programme: Programme, period: str) -> Target | None:
    """Return what a programme leads to up to ``period``, to lay something beside it; None for nothing."""
    said = highest(framework, up_to(programme, period))
    asks = tuple(Ask(code, stage) for code, stage in said.items() if stage)
    name = Text(programme.name, programme.name)
    reference = Reference(framework.id, framework.version)
    return Target(TargetKind.PROFILE, reference, name, asks) if asks else None


def _numbers(period: str) -> tuple[int, ...]:
    return tuple(int(number) for number in _NUMBERS.findall(period))


def _rank(framework: Framework, code: str, stage: str) -> int:
    return rank_of(framework, framework.by_code[code], stage) if stage else -1
