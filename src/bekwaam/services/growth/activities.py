"""What somebody does for a goal of their plan: planned, changed, done, and turned into evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.domain.growth.plan import check_activity, check_done
from bekwaam.services import clock
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.growth.goals import open_goal, record
from bekwaam.store.models import Evidence, Person, PlanActivity
from bekwaam.wording import N_


@dataclass(frozen=True, slots=True)
class ActivityInput:
    """What somebody fills in for an activity; ``way`` is a :class:`~bekwaam.domain.growth.ways.Way`."""

    way: str
    words: str = ""
    by: date | None = None


@transaction.atomic
def plan_activity(actor: Person, goal_ref: str, given: ActivityInput) -> PlanActivity:
    """Plan an activity for an open goal; the very same one sent twice is planned once."""
    goal = open_goal(actor, goal_ref)
    if faults := check_activity(given.way, given.words, given.by, clock.today()):
        raise Invalid(faults)
    said = {"way": given.way, "words": given.words.strip(), "by": given.by}
    twin = goal.activities.filter(done_on=None, **said).first()
    if twin is not None:
        return twin
    now = clock.now()
    activity = PlanActivity.objects.create(goal=goal, planned_at=now, changed_at=now, **said)
    record(Event.ACTIVITY_PLANNED, actor, goal, now, {"activity": activity.ref})
    return activity


@transaction.atomic
def change_activity(actor: Person, ref: str, given: ActivityInput) -> PlanActivity:
    """Change what an activity says; a last day that has passed may stay as it was."""
    activity = _own(actor, ref)
    faults = check_activity(given.way, given.words, given.by, clock.today(), by_before=activity.by)
    if faults:
        raise Invalid(faults)
    activity.way, activity.words, activity.by = given.way, given.words.strip(), given.by
    _save(Event.ACTIVITY_CHANGED, actor, activity)
    return activity


@transaction.atomic
def finish_activity(actor: Person, ref: str, done_on: date | None, learned: str = "") -> PlanActivity:
    """Say that an activity was done on a day, and what it brought; said again, it is put right."""
    activity = _own(actor, ref)
    if faults := check_done(done_on, learned, clock.today()):
        raise Invalid(faults)
    activity.done_on, activity.learned = done_on, learned.strip()
    _save(Event.ACTIVITY_DONE, actor, activity)
    return activity


@transaction.atomic
def tie_evidence_back(actor: Person, ref: str, evidence_ref: str) -> PlanActivity:
    """Note which piece of one's own evidence came of an activity. Raises Invalid for that of others."""
    activity = _own(actor, ref)
    piece = Evidence.objects.filter(owner=actor, ref=evidence_ref).first()
    if piece is None:
        raise Invalid((Fault("evidence", "unknown", N_("Choose from your own evidence.")),))
    activity.evidence = piece
    _save(Event.ACTIVITY_CHANGED, actor, activity, evidence=piece.ref)
    return activity


@transaction.atomic
def drop_activity(actor: Person, ref: str) -> None:
    """Take an activity out of an open goal. Evidence that was made of it stays."""
    activity = _own(actor, ref)
    goal = activity.goal
    activity.delete()
    record(Event.ACTIVITY_DROPPED, actor, goal, clock.now(), {"activity": ref})


def _own(actor: Person, ref: str) -> PlanActivity:
    """Return an activity of one's own, its goal locked; NotFound for others, Refused once that is closed."""
    found = PlanActivity.objects.filter(ref=ref, goal__owner=actor).values_list("goal__ref").first()
    if found is None:
        raise NotFound
    goal = open_goal(actor, found[0])
    activity = goal.activities.filter(ref=ref).first()
    if activity is None:
        raise NotFound
    activity.goal = goal
    return activity


def _save(event: Event, actor: Person, activity: PlanActivity, **more: str) -> None:
    activity.changed_at = clock.now()
    activity.save()
    record(event, actor, activity.goal, activity.changed_at, {"activity": activity.ref, **more})
