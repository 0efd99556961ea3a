"""Goals of a team: set by its lead, changed, closed, thrown away. Members read them; see ``goal_reads``.

A goal may change as long as it is open. It is the team's own: whoever leads the team next goes on with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.domain.growth.plan import check_closing
from bekwaam.domain.teams.goals import MOST_OPEN, check_team_goal
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.errors import Invalid, NotFound, Refused, insist
from bekwaam.services.frameworks.versions import framework_of, may_start_on
from bekwaam.services.teams.finding import lock_team
from bekwaam.store.audit import append, drop_openings, erased
from bekwaam.store.models import FrameworkVersion, Person, Team, TeamGoal
from bekwaam.wording import N_

_CLOSED: Final = N_("This goal is closed and stays as it is. Set a new one to go on.")
_MANY: Final = N_(
    "A team has at most {most} open goals. Close some that are reached, or throw away what you do not do."
)


@dataclass(frozen=True, slots=True)
class TeamGoalInput:
    """What a lead fills in for a goal: its units, what the team wants, and what it does for that.

    ``way`` is a kind of activity of :mod:`bekwaam.domain.growth.ways`, empty while that is not known.
    """

    codes: tuple[str, ...]
    words: str
    way: str = ""
    doing: str = ""
    by: date | None = None


def set_team_goal(actor: Person, ref: str, standard: FrameworkVersion, given: TeamGoalInput) -> TeamGoal:
    """Set one goal of a team as :func:`set_team_goals`, with its faults by the name of the field."""
    return set_team_goals(actor, ref, standard, (given,))[0]


@transaction.atomic
def set_team_goals(
    actor: Person, ref: str, standard: FrameworkVersion, given: Sequence[TeamGoalInput]
) -> tuple[TeamGoal, ...]:
    """Set goals of a team in one go, all or none; the very same one sent twice is set once.

    Raises Invalid with the faults of the first that has any, or where the team would have too many goals
    open; Refused for who does not lead the team.
    """
    team, _ = lock_team(actor, ref, Action.SET_TEAM_GOALS)
    insist(may_start_on(standard, team.provider))
    for one in given:
        _check(standard, one)
    running = {_said(row): row for row in TeamGoal.objects.filter(team=team, closed_at=None)}
    unlike = {(standard.pk, *_key(one)): one for one in given}
    fresh = [one for key, one in unlike.items() if key not in running]
    if len(running) + len(fresh) > MOST_OPEN:
        raise Invalid((Fault("goals", "too_many", _MANY, {"most": MOST_OPEN}),))
    now = clock.now()
    for one in fresh:
        row = TeamGoal.objects.create(
            team=team, standard=standard, set_by=actor, set_at=now, changed_at=now, **_fields(one)
        )
        running[_said(row)] = row
        _record(Event.TEAM_GOAL_SET, actor, team, row, now)
    return tuple(running[standard.pk, *_key(one)] for one in given)


@transaction.atomic
def change_team_goal(actor: Person, ref: str, goal: str, given: TeamGoalInput) -> TeamGoal:
    """Change an open goal of a team. A last day that has passed may stay as it was.

    Raises Invalid with every fault, Refused once it is closed, NotFound where it is not of this team.
    """
    team, row = _open_goal(actor, ref, goal)
    _check(row.standard, given, row.by)
    for name, value in _fields(given).items():
        setattr(row, name, value)
    _save(row)
    _record(Event.TEAM_GOAL_CHANGED, actor, team, row, row.changed_at)
    return row


@transaction.atomic
def close_team_goal(actor: Person, ref: str, goal: str, looking_back: str = "") -> TeamGoal:
    """Close a goal, reached or not, with a word of looking back; from then on it stays as it is."""
    team, row = _open_goal(actor, ref, goal)
    if faults := check_closing(looking_back):
        raise Invalid(faults)
    row.looking_back, row.closed_at = looking_back.strip(), clock.now()
    _save(row)
    _record(Event.TEAM_GOAL_CLOSED, actor, team, row, row.changed_at)
    return row


@transaction.atomic
def drop_team_goal(actor: Person, ref: str, goal: str) -> None:
    """Throw a goal of a team away, open or closed. What members took into their own plan stays theirs."""
    team, row = _goal(actor, ref, goal)
    told = {"erased": [erased(row)]}
    _record(Event.TEAM_GOAL_DROPPED, actor, team, row, clock.now(), told, kept=False)
    drop_openings(row)
    row.delete()


def _goal(actor: Person, ref: str, goal: str) -> tuple[Team, TeamGoal]:
    team, _ = lock_team(actor, ref, Action.SET_TEAM_GOALS)
    found = TeamGoal.objects.filter(team=team, ref=goal).select_related("standard")
    row = found.defer("standard__document").first()
    if row is None:
        raise NotFound
    return team, row


def _open_goal(actor: Person, ref: str, goal: str) -> tuple[Team, TeamGoal]:
    team, row = _goal(actor, ref, goal)
    if row.closed_at is not None:
        raise Refused(refused("closed", _CLOSED))
    return team, row


def _check(standard: FrameworkVersion, given: TeamGoalInput, by_before: date | None = None) -> None:
    faults: tuple[Fault, ...] = check_team_goal(
        framework_of(standard),
        given.codes,
        given.words,
        given.way,
        given.doing,
        given.by,
        clock.today(),
        by_before=by_before,
    )
    if faults:
        raise Invalid(faults)


def _fields(given: TeamGoalInput) -> dict[str, Any]:
    return {
        "codes": list(dict.fromkeys(given.codes)),
        "words": given.words.strip(),
        "way": given.way,
        "doing": given.doing.strip(),
        "by": given.by,
    }


def _key(given: TeamGoalInput) -> tuple[Any, ...]:
    found = _fields(given)
    return (tuple(found["codes"]), found["words"], found["way"], found["doing"], found["by"])


def _said(row: TeamGoal) -> tuple[Any, ...]:
    return (row.standard_id, tuple(row.codes), row.words, row.way, row.doing, row.by)


def _save(row: TeamGoal) -> None:
    row.changed_at = clock.now()
    row.save()


def _record(
    event: Event,
    actor: Person,
    team: Team,
    row: TeamGoal,
    now: datetime,
    more: Mapping[str, Any] = MappingProxyType({}),
    *,
    kept: bool = True,
) -> None:
    told = {"team": team.ref, "goal": row.ref, **more}
    content = [row] if kept else []
    append(event, actor=actor, subject=f"team:{team.ref}", now=now, payload=told, content=content)
