"""What somebody reads of their own development plan. Nobody else reads it here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from bekwaam.domain.growth.plan import Phase, Progress, phase_of, progress
from bekwaam.domain.growth.target import Target
from bekwaam.domain.growth.ways import Way
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.versions import frameworks_of
from bekwaam.services.growth.reads import newest_values
from bekwaam.services.growth.targets import find_target, own_profiles
from bekwaam.store.models import Evidence, OwnPortfolio, Person, PlanActivity, PlanAgreement, PlanGoal


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity; ``evidence`` is the reference and title of what was made of it, None without."""

    ref: str
    way: Way
    words: str
    by: date | None
    done_on: date | None
    learned: str
    phase: Phase
    evidence: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal with its activities; ``now`` is what the owner last said of themself, by code.

    ``aim`` is what it is for, None for nothing or what is not there any more.
    ``portfolio`` is the reference of the owner's portfolio on the same version or, without one, of another
    (a piece is read in any of them); empty where there is none.
    ``changed_since`` tells that it says something else than when it was last agreed on.
    """

    ref: str
    standard_pk: int
    framework: Framework
    codes: tuple[str, ...]
    value: str
    target: str
    aim: Target | None
    words: str
    before: Mapping[str, str]
    now: Mapping[str, str]
    by: date | None
    phase: Phase
    set_at: datetime
    closed_at: datetime | None
    looking_back: str
    activities: tuple[Activity, ...]
    portfolio: str
    agreed: bool
    changed_since: bool

    @property
    def progress(self) -> Progress:
        """Return how far it is."""
        return progress((one.done_on is not None, one.evidence is not None) for one in self.activities)

    @property
    def open(self) -> bool:
        """Whether it can still change."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class Agreement:
    """That the plan was agreed on, with whom and when, and how many goals it had then."""

    ref: str
    name: str
    agreed_on: date
    goals: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Somebody's whole plan: open goals and closed ones, oldest first, and agreements, newest first."""

    open: tuple[Goal, ...]
    closed: tuple[Goal, ...]
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class PlanDay:
    """A day in a plan that is still to come: of a goal, or of an activity, which then has a ``way``."""

    ref: str
    on: date
    way: Way | None
    framework: Framework
    codes: tuple[str, ...]
    changed_at: datetime


def read_plan(person: Person) -> Plan:
    """Return somebody's plan. Six queries, and one for frameworks that were not read before."""
    agreements = list(PlanAgreement.objects.filter(owner=person))
    goals = _goals(person, _mine(person), agreements)
    return Plan(
        tuple(goal for goal in goals if goal.open),
        tuple(goal for goal in goals if not goal.open),
        tuple(Agreement(row.ref, row.name, row.agreed_on, len(row.goals)) for row in agreements),
    )


def read_goal(person: Person, ref: str) -> Goal:
    """Return one goal of one's own. Six queries; NotFound for those of others."""
    found = _goals(person, _mine(person).filter(ref=ref), list(PlanAgreement.objects.filter(owner=person)))
    if not found:
        raise NotFound
    return found[0]


def read_activity(person: Person, ref: str) -> tuple[Goal, Activity]:
    """Return an activity with its goal. Seven queries; NotFound for those of others."""
    row = PlanActivity.objects.filter(goal__owner=person, ref=ref).values_list("goal__ref").first()
    if row is None:
        raise NotFound
    goal = read_goal(person, row[0])
    return goal, next(one for one in goal.activities if one.ref == ref)


def own_pieces(person: Person, most: int) -> tuple[tuple[str, str], ...]:
    """Return the reference and title of one's newest evidence. One query."""
    rows = Evidence.objects.filter(owner=person).order_by("-added_at", "-pk")
    return tuple(rows.values_list("ref", "title")[:most])


def days_to_come(person: Person) -> tuple[PlanDay, ...]:
    """Return the days of open goals and of activities to do. Two queries, one more for frameworks."""
    rows = list(_mine(person).filter(closed_at=None))
    known = frameworks_of({(row.standard_id, row.standard.sha256) for row in rows})
    found = []
    for row in rows:
        framework, codes = known[row.standard_id], tuple(row.codes)
        if row.by:
            found.append(PlanDay(row.ref, row.by, None, framework, codes, row.changed_at))
        found += [
            PlanDay(one.ref, one.by, Way(one.way), framework, codes, one.changed_at)
            for one in row.activities.all()
            if one.by and one.done_on is None
        ]
    return tuple(sorted(found, key=lambda day: (day.on, day.ref)))


def _mine(person: Person) -> QuerySet[PlanGoal]:
    activities = Prefetch("activities", PlanActivity.objects.select_related("evidence"))
    rows = PlanGoal.objects.filter(owner=person).select_related("standard").defer("standard__document")
    return rows.prefetch_related(activities)


def _goals(person: Person, rows: QuerySet[PlanGoal], agreements: list[PlanAgreement]) -> list[Goal]:
    found = list(rows)
    standards = {row.standard_id for row in found}
    known = frameworks_of({(row.standard_id, row.standard.sha256) for row in found})
    now = newest_values(person, standards)
    portfolios = dict(OwnPortfolio.objects.filter(owner=person).values_list("standard", "ref"))
    aims = _aims(person, found, known)
    agreed = {one["ref"]: one for row in reversed(agreements) for one in row.goals}
    return [
        _goal(row, known[row.standard_id], now.get(row.standard_id, {}), portfolios, agreed, aims)
        for row in found
    ]


def _aims(person: Person, rows: list[PlanGoal], known: Mapping[int, Framework]) -> dict[str, Target | None]:
    """Return what each goal is for. One query where that is a profile of an organisation, else none."""
    found = {row.ref: find_target(known[row.standard_id], row.target) for row in rows}
    unknown = [row for row in rows if row.target and found[row.ref] is None]
    own = own_profiles(person) if unknown else ()
    return {**found, **{row.ref: find_target(known[row.standard_id], row.target, own) for row in unknown}}


def _goal(
    row: PlanGoal,
    framework: Framework,
    now: Mapping[str, str],
    portfolios: Mapping[int, str],
    agreed: Mapping[str, Mapping[str, Any]],
    aims: Mapping[str, Target | None],
) -> Goal:
    today = clock.today()
    then = agreed.get(row.ref)
    return Goal(
        ref=row.ref,
        standard_pk=row.standard_id,
        framework=framework,
        codes=tuple(row.codes),
        value=row.value,
        target=row.target,
        aim=aims.get(row.ref),
        words=row.words,
        before=row.before,
        now={code: now[code] for code in row.codes if code in now},
        by=row.by,
        phase=phase_of(row.by, timezone.localdate(row.closed_at) if row.closed_at else None, today),
        set_at=row.set_at,
        closed_at=row.closed_at,
        looking_back=row.looking_back,
        activities=tuple(_activity(one, today) for one in row.activities.all()),
        portfolio=portfolios.get(row.standard_id) or next(iter(portfolios.values()), ""),
        agreed=then is not None,
        changed_since=then is not None and _said(then) != _said(row.told()),
    )


def _said(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was agreed on: what is done since, or learned, is no change of it."""
    activities = [
        {name: value for name, value in one.items() if name not in ("done_on", "learned")}
        for one in told["activities"]
    ]
    return {**told, "activities": activities}


def _activity(row: PlanActivity, today: date) -> Activity:
    piece = row.evidence
    return Activity(
        ref=row.ref,
        way=Way(row.way),
        words=row.words,
        by=row.by,
        done_on=row.done_on,
        learned=row.learned,
        phase=phase_of(row.by, row.done_on, today),
        evidence=(piece.ref, piece.title) if piece else None,
    )
