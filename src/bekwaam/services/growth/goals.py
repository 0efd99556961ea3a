"""Goals of somebody's own development plan: set, changed, closed, thrown away. Only ever one's own.

A goal may change as long as it is open. What was agreed on it with somebody is kept apart, as it was
(:mod:`bekwaam.services.growth.agreeing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from django.db import transaction

from bekwaam.domain.accounts.access import Action, Role, may
from bekwaam.domain.events import Event
from bekwaam.domain.growth.plan import check_closing, check_goal
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.errors import Invalid, NotFound, Refused, insist
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.growth.reads import newest_values
from bekwaam.services.growth.targets import target_for
from bekwaam.store.audit import append, drop_openings, erased
from bekwaam.store.models import FrameworkVersion, Person, PlanGoal
from bekwaam.wording import N_

_CLOSED: Final = N_("This goal is closed and stays as it is. Set a new one to go on.")


@dataclass(frozen=True, slots=True)
class GoalInput:
    """What somebody fills in for a goal: the units it is about, where they want to get, and their words.

    ``target`` names what it is for; a name that means nothing is left out.
    """

    codes: tuple[str, ...]
    value: str
    words: str
    by: date | None = None
    target: str = ""


@transaction.atomic
def set_goal(actor: Person, standard: FrameworkVersion, given: GoalInput) -> PlanGoal:
    """Set a goal; the very same one sent twice is set once.

    What the actor says of themself on its units in their newest finished round is kept with it. Raises
    Invalid with every fault.
    """
    insist_may_plan()
    framework = framework_of(standard)
    codes = in_order(given.codes)
    faults = check_goal(framework, codes, given.value, given.words, given.by, clock.today())
    if faults:
        raise Invalid(faults)
    Person.objects.select_for_update().get(pk=actor.pk)  # of two clicks the second sees what the first did
    said = {"codes": codes, "value": given.value, "words": given.words.strip(), "by": given.by}
    twin = PlanGoal.objects.filter(owner=actor, standard=standard, closed_at=None, **said).first()
    if twin is not None:
        return twin
    now, known = clock.now(), newest_values(actor, [standard.pk]).get(standard.pk, {})
    goal = PlanGoal.objects.create(
        owner=actor,
        standard=standard,
        target=given.target if target_for(actor, framework, given.target) else "",
        before={code: known[code] for code in codes if code in known},
        set_at=now,
        changed_at=now,
        **said,
    )
    record(Event.GOAL_SET, actor, goal, now)
    return goal


@transaction.atomic
def change_goal(actor: Person, ref: str, given: GoalInput) -> PlanGoal:
    """Change an open goal; what it is for stays. A last day that has passed may stay as it was."""
    goal = open_goal(actor, ref)
    framework, codes = framework_of(goal.standard), in_order(given.codes)
    faults = check_goal(
        framework, codes, given.value, given.words, given.by, clock.today(), by_before=goal.by
    )
    if faults:
        raise Invalid(faults)
    goal.codes, goal.value, goal.words, goal.by = codes, given.value, given.words.strip(), given.by
    save(goal)
    record(Event.GOAL_CHANGED, actor, goal, goal.changed_at)
    return goal


@transaction.atomic
def close_goal(actor: Person, ref: str, looking_back: str = "") -> PlanGoal:
    """Close a goal, reached or not, with a word of looking back; from then on it stays as it is."""
    goal = open_goal(actor, ref)
    if faults := check_closing(looking_back):
        raise Invalid(faults)
    goal.looking_back, goal.closed_at = looking_back.strip(), clock.now()
    save(goal)
    record(Event.GOAL_CLOSED, actor, goal, goal.changed_at)
    return goal


@transaction.atomic
def drop_goal(actor: Person, ref: str) -> None:
    """Throw a goal away with its activities, open or closed. Evidence that was made stays."""
    goal = own_goal(actor, ref)
    record(Event.GOAL_DROPPED, actor, goal, clock.now(), {"erased": [erased(goal)]}, kept=False)
    drop_openings(goal)
    goal.delete()


def insist_may_plan() -> None:
    """Ask the access table whether somebody may write in the plan of which they are the owner."""
    insist(may(Action.WRITE_PLAN, {Role.OWNER}))


def in_order(codes: tuple[str, ...]) -> list[str]:
    """Return codes once each, in the order given."""
    return list(dict.fromkeys(codes))


def own_goal(actor: Person, ref: str) -> PlanGoal:
    """Return a goal of one's own, locked until the transaction ends; NotFound for those of others."""
    insist_may_plan()
    found = PlanGoal.objects.select_for_update(of=("self",)).filter(owner=actor, ref=ref)
    goal = found.select_related("standard").defer("standard__document").first()
    if goal is None:
        raise NotFound
    return goal


def open_goal(actor: Person, ref: str) -> PlanGoal:
    """Return a goal as :func:`own_goal`; Refused once it is closed."""
    goal = own_goal(actor, ref)
    if goal.closed_at is not None:
        raise Refused(refused("closed", _CLOSED))
    return goal


def save(goal: PlanGoal) -> None:
    """Write a goal with the moment of its change."""
    goal.changed_at = clock.now()
    goal.save()


def record(
    event: Event,
    actor: Person,
    goal: PlanGoal,
    now: datetime,
    more: Mapping[str, Any] = MappingProxyType({}),
    *,
    kept: bool = True,
) -> None:
    """Leave an entry in the chain about a goal, which vouches for the goal with its activities."""
    told = {"goal": goal.ref, **more}
    content = [goal] if kept else []
    append(event, actor=actor, subject=f"person:{actor.ref}", now=now, payload=told, content=content)
