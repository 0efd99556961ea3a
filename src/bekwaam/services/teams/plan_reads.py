"""What is read for the plan of a team: the team's own goals, and what members share of their own plans.

Of a member's plan only the units, where they want to get, by when and the kinds of activity are read from
the database at all, and only of who shares it at that moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils import timezone

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.growth.plan import Phase, phase_of
from bekwaam.domain.growth.ways import Way
from bekwaam.domain.teams.members import Share
from bekwaam.domain.teams.plan import Aim, Work
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.services.errors import NotFound, insist
from bekwaam.services.frameworks.versions import frameworks_of
from bekwaam.services.listing import Listing
from bekwaam.services.teams.finding import find_team
from bekwaam.services.teams.reads import Place
from bekwaam.store.models import FrameworkVersion, Person, PlanGoal, Team, TeamGoal


@dataclass(frozen=True, slots=True)
class TeamGoalSeen:
    """A goal of a team as its lead and members read it; ``way`` is None while that is not known."""

    ref: str
    standard_pk: int
    framework: Framework
    codes: tuple[str, ...]
    words: str
    way: Way | None
    doing: str
    by: date | None
    phase: Phase
    set_at: datetime
    closed_at: datetime | None
    looking_back: str

    @property
    def open(self) -> bool:
        """Whether it can still change."""
        return self.closed_at is None

    @property
    def aim(self) -> Aim:
        """Return it as the rules look at it."""
        return Aim(self.ref, self.codes, self.by)


def works_of(places: Iterable[Place], standard: FrameworkVersion) -> tuple[Work, ...]:
    """Return the open goals on one version of members who share what they work on. One query at most.

    In the order of ``places``; of one member in the order in which they were set.
    """
    sharing = {place.person: place.ref for place in places if place.person and Share.PLAN in place.shares}
    if not sharing:
        return ()
    rows = PlanGoal.objects.filter(owner__in=sharing, standard=standard, closed_at=None)
    ordered = rows.order_by("set_at", "pk", "activities__planned_at", "activities__pk")
    goals: dict[int, tuple[int, list[str], str, date | None]] = {}
    ways: dict[int, list[Way]] = {}
    for pk, owner, codes, value, by, way in ordered.values_list(
        "pk", "owner", "codes", "value", "by", "activities__way"
    ):
        goals[pk] = (owner, codes, value, by)
        ways.setdefault(pk, []).extend([Way(way)] if way else [])
    order = list(sharing)
    return tuple(
        Work(sharing[owner], tuple(codes), value, by, tuple(dict.fromkeys(ways[pk])))
        for pk, (owner, codes, value, by) in sorted(goals.items(), key=lambda one: order.index(one[1][0]))
    )


def own_works(person: Person, standard: FrameworkVersion) -> tuple[Work, ...]:
    """Return what a team would see of somebody's own plan if they share it. One query."""
    place = Place("me", person.name, clock.now(), clock.now(), frozenset({Share.PLAN}), person.pk)
    return works_of([place], standard)


def open_goals(team: Team) -> tuple[TeamGoalSeen, ...]:
    """Return the open goals of a team, those with the first day first. One query, one for frameworks."""
    rows = _rows(team).filter(closed_at=None)
    return _seen(rows.order_by(F("by").asc(nulls_last=True), "set_at", "pk"))


def closed_goals(team: Team) -> Listing[TeamGoalSeen]:
    """Return the closed goals of a team, the last one first, read a page at a time."""
    return Listing(_rows(team).filter(closed_at__isnull=False).order_by("-closed_at", "-pk"), _seen)


def team_goal(team: Team, ref: str) -> TeamGoalSeen:
    """Return one goal of a team. One query, one for its framework; NotFound where it is not there."""
    found = _seen(_rows(team).filter(ref=ref))
    if not found:
        raise NotFound
    return found[0]


def goal_to_take(person: Person, ref: str) -> TeamGoalSeen:
    """Return an open goal of a team that somebody may read, to begin a goal of their own with.

    Four queries. NotFound where there is none or for strangers, Refused for who was only invited. Nothing
    is written: the team does not learn who looked.
    """
    row = TeamGoal.objects.filter(ref=ref, closed_at=None).select_related("team").first()
    if row is None:
        raise NotFound
    team, _member, standing = find_team(person, row.team.ref)
    insist(standing.may(Action.SEE_TEAM_GOALS))
    return team_goal(team, ref)


def _rows(team: Team) -> QuerySet[TeamGoal]:
    return TeamGoal.objects.filter(team=team).select_related("standard").defer("standard__document")


def _seen(rows: Iterable[TeamGoal]) -> tuple[TeamGoalSeen, ...]:
    found, today = list(rows), clock.today()
    known = frameworks_of({(row.standard_id, row.standard.sha256) for row in found})
    return tuple(_one(row, known[row.standard_id], today) for row in found)


def _one(row: TeamGoal, framework: Framework, today: date) -> TeamGoalSeen:
    return TeamGoalSeen(
        ref=row.ref,
        standard_pk=row.standard_id,
        framework=framework,
        codes=tuple(row.codes),
        words=row.words,
        way=Way(row.way) if row.way else None,
        doing=row.doing,
        by=row.by,
        phase=phase_of(row.by, timezone.localdate(row.closed_at) if row.closed_at else None, today),
        set_at=row.set_at,
        closed_at=row.closed_at,
        looking_back=row.looking_back,
    )
