"""The plan of a team: what it covers, who works on what by their own plan, and the team's own goals. Pure.

Members who share what they work on stand in the order in which they are given; nobody is ranked, and whoever
shares nothing is not looked for. What would be covered if all goals were reached is no forecast: whether
somebody comes to show what is asked, only a new round or a judgement says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

from bekwaam.domain.growth.rating import Scale, Step, rank_of, scale_of
from bekwaam.domain.growth.target import Ask
from bekwaam.domain.growth.ways import Way
from bekwaam.domain.teams.coverage import Coverage, Line
from bekwaam.frameworks.model import Framework

ENOUGH_MEMBERS: Final = 2
"""How many members should cover something: what leans on one person is gone when that person is."""


@dataclass(frozen=True, slots=True)
class Work:
    """One goal of a member's own plan, as far as it is shared: never its words."""

    member: str
    codes: tuple[str, ...]
    value: str
    by: date | None = None
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Aim:
    """One open goal of the team itself, as far as the rules look at it."""

    ref: str
    codes: tuple[str, ...]
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Worker:
    """A goal of a member on one unit. ``reaches`` tells whether it aims for what is asked, or more."""

    work: Work
    reaches: bool
    passed: bool


class Reason(StrEnum):
    """Why a unit stands in the plan as it does."""

    NOBODY = "nobody"
    """Thin; nobody shares that they work on it and the team has no goal for it."""
    PASSED = "passed"
    """Thin, and the day of every goal on it has passed."""
    AIMED = "aimed"
    """Thin; the team has a goal for it, and nobody shares that they work on it."""
    WORKED = "worked"
    """Thin, and somebody works on it."""
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One unit: who covers it ``now``, who would ``then``, when all goals on it were reached, and why.

    ``by`` is the first day still to come of who works on it, or of the team's goals where nobody does; None
    where none of these has one.
    """

    ask: Ask
    now: tuple[str, ...]
    then: tuple[str, ...]
    workers: tuple[Worker, ...]
    aims: tuple[Aim, ...]
    reason: Reason
    by: date | None
    needed: int = ENOUGH_MEMBERS

    @property
    def thin(self) -> bool:
        """Whether fewer members than needed cover it now."""
        return len(self.now) < self.needed

    @property
    def enough_then(self) -> bool:
        """Whether enough members would cover it when all goals on it were reached."""
        return len(self.then) >= self.needed


@dataclass(frozen=True)
class TeamPlan:
    """A team's plan, in the order of the document."""

    lines: tuple[PlanLine, ...]

    @cached_property
    def thin(self) -> tuple[PlanLine, ...]:
        """Return the lines of what too few members cover now."""
        return tuple(line for line in self.lines if line.thin)

    @cached_property
    def covered(self) -> tuple[PlanLine, ...]:
        """Return the other lines."""
        return tuple(line for line in self.lines if not line.thin)

    @cached_property
    def thin_then(self) -> int:
        """Return of how many units it would still be too few when every plan succeeded."""
        return sum(not line.enough_then for line in self.lines)


def team_plan(
    framework: Framework,
    found: Coverage,
    works: Sequence[Work],
    aims: Sequence[Aim],
    today: date,
    needed: int = ENOUGH_MEMBERS,
) -> TeamPlan:
    """Return what a team covers together with what is worked on, unit by unit.

    ``works`` are open goals of members who share their plan, ``aims`` open goals of the team. A goal of
    somebody who is not in ``found`` is not looked at.
    """
    mine = [work for work in works if work.member in found.members]
    return TeamPlan(tuple(_line(framework, line, found, mine, aims, today, needed) for line in found.lines))


def _line(
    framework: Framework,
    line: Line,
    found: Coverage,
    works: Sequence[Work],
    aims: Sequence[Aim],
    today: date,
    needed: int,
) -> PlanLine:
    code = line.ask.code
    workers = tuple(
        Worker(work, _reaches(framework, line.ask, work.value), _passed(work.by, today))
        for work in works
        if code in work.codes
    )
    ours = tuple(aim for aim in aims if code in aim.codes)
    there = {*line.enough, *(one.work.member for one in workers if one.reaches)}
    days = [*(one.work.by for one in workers), *(aim.by for aim in ours)]
    return PlanLine(
        ask=line.ask,
        now=line.enough,
        then=tuple(member for member in found.members if member in there),
        workers=workers,
        aims=ours,
        reason=_reason(len(line.enough) < needed, workers, ours, days, today),
        by=_first([one.work.by for one in workers] or [aim.by for aim in ours], today),
        needed=needed,
    )


def _first(days: Iterable[date | None], today: date) -> date | None:
    return min((day for day in days if day is not None and day >= today), default=None)


def _reason(
    thin: bool, workers: Sequence[Worker], aims: Sequence[Aim], days: Iterable[date | None], today: date
) -> Reason:
    if not thin:
        return Reason.COVERED
    if not workers and not aims:
        return Reason.NOBODY
    if all(_passed(day, today) for day in days):
        return Reason.PASSED
    return Reason.WORKED if workers else Reason.AIMED


def _passed(day: date | None, today: date) -> bool:
    return day is not None and day < today


def _reaches(framework: Framework, ask: Ask, value: str) -> bool:
    """Tell whether a goal aims for what is asked; a value that is not on the unit's scale says nothing."""
    item = framework.by_code[ask.code]
    known = value in framework.stage_by_code or (
        scale_of(framework, item) is Scale.STEPS and value in list(Step)
    )
    return known and rank_of(framework, item, value) >= rank_of(framework, item, ask.value)
