"""Turns the plan of a team into what its page, spreadsheet and paper show, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from bekwaam.domain.growth.gap_words import value_name
from bekwaam.domain.growth.plan import PHASE_NAMES
from bekwaam.domain.growth.rating import Scale, Step, scale_of
from bekwaam.domain.growth.ways import WAYS
from bekwaam.domain.teams.plan import PlanLine, TeamPlan, Work, Worker
from bekwaam.domain.teams.plan_words import explain_now, explain_reason, explain_then
from bekwaam.frameworks.model import Framework
from bekwaam.services.teams.plan_reads import TeamGoalSeen
from bekwaam.web.shared.case import language
from bekwaam.web.shared.units import Unit, unit_groups


@dataclass(frozen=True, slots=True)
class WorkerShown:
    """A goal of a member in words: where they want to get, by when, and the kinds of activity."""

    name: str
    towards: str
    by: date | None
    passed: bool
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineShown:
    """A unit of the plan in words. ``thin`` and ``reason`` say how it stands; ``then`` may be empty."""

    unit: Unit
    asked: str
    thin: bool
    reason: str
    now: str
    why: str
    then: str
    workers: tuple[WorkerShown, ...]
    goals: tuple[GoalShown, ...]


@dataclass(frozen=True, slots=True)
class GoalShown:
    """A goal of the team in words, with its units."""

    goal: TeamGoalSeen
    units: tuple[str, ...]
    way: str
    source: str
    phase: str


def lines_shown(
    framework: Framework,
    lines: Sequence[PlanLine],
    names: Mapping[str, str],
    goals: Iterable[TeamGoalSeen],
) -> list[LineShown]:
    """Return lines of a plan in words, in the order given; ``names`` are those of the members."""
    by_ref = {one.goal.ref: one for one in goals_shown(goals)}
    units = {
        unit.code: unit
        for group in unit_groups(framework, [line.ask.code for line in lines])
        for unit in group.units
    }
    return [_line(framework, line, units[line.ask.code], names, by_ref) for line in lines]


def _line(
    framework: Framework,
    line: PlanLine,
    unit: Unit,
    names: Mapping[str, str],
    goals: Mapping[str, GoalShown],
) -> LineShown:
    return LineShown(
        unit=unit,
        asked=value_name(framework, line.ask.value, language()),
        thin=line.thin,
        reason=line.reason.value,
        now=explain_now(line, language()),
        why=explain_reason(line, language()),
        then=explain_then(line, language()),
        workers=tuple(_worker(framework, unit.code, one, names) for one in line.workers),
        goals=tuple(goals[aim.ref] for aim in line.aims),
    )


def _worker(framework: Framework, code: str, worker: Worker, names: Mapping[str, str]) -> WorkerShown:
    work = worker.work
    return WorkerShown(
        name=names[work.member],
        towards=towards(framework, code, work),
        by=work.by,
        passed=worker.passed,
        ways=way_names(work),
    )


def towards(framework: Framework, code: str, work: Work) -> str:
    """Return where somebody wants to get with a unit; empty where that is not on its scale."""
    steps = scale_of(framework, framework.by_code[code]) is Scale.STEPS
    known = work.value in framework.stage_by_code or (steps and work.value in list(Step))
    return value_name(framework, work.value, language()) if known else ""


@dataclass(frozen=True, slots=True)
class WorkShown:
    """A goal of somebody's own plan as their lead sees it: its units, and nothing of their words."""

    units: tuple[str, ...]
    towards: str
    by: date | None
    ways: tuple[str, ...]


def work_shown(framework: Framework, work: Work) -> WorkShown:
    """Return a goal as its owner reads what the lead sees of it."""
    units = tuple(
        f"{code} {framework.by_code[code].name(language())}"
        for code in work.codes
        if code in framework.by_code
    )
    named = next((told for code in work.codes if (told := towards(framework, code, work))), "")
    return WorkShown(units, named, work.by, way_names(work))


def way_names(work: Work) -> tuple[str, ...]:
    """Return the kinds of activity of a goal in words."""
    return tuple(_(WAYS[way].name) for way in work.ways)


def goals_shown(goals: Iterable[TeamGoalSeen]) -> list[GoalShown]:
    """Return goals of a team in words, in the order given."""
    return [_goal(goal) for goal in goals]


def _goal(goal: TeamGoalSeen) -> GoalShown:
    facts = WAYS[goal.way] if goal.way else None
    return GoalShown(
        goal=goal,
        units=tuple(f"{code} {goal.framework.by_code[code].name(language())}" for code in goal.codes),
        way=_(facts.name) if facts else "",
        source=f"{facts.document}, {facts.section}" if facts and facts.document else "",
        phase=_(PHASE_NAMES[goal.phase]),
    )


def told_workers(line: LineShown) -> list[str]:
    """Return who works on a unit as plain texts, for a spreadsheet or paper."""
    return [
        ", ".join(filter(None, (one.name, one.towards, day_told(one.by, passed=one.passed), *one.ways)))
        for one in line.workers
    ]


def day_told(by: date | None, *, passed: bool) -> str:
    """Return a last day as a plain text; empty without one."""
    if by is None:
        return ""
    told = _("by %(day)s") % {"day": f"{by:%d-%m-%Y}"}
    return f"{told} ({_('day passed')})" if passed else told


def thin_first(plan: TeamPlan) -> tuple[PlanLine, ...]:
    """Return all lines, what is thin first; in the order of the document otherwise."""
    return (*plan.thin, *plan.covered)
