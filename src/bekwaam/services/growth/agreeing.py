"""What was agreed on a development plan, with whom and when: kept as the plan was on that moment."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from bekwaam.domain.events import Event
from bekwaam.domain.growth.plan import check_agreement
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.errors import Invalid, Refused
from bekwaam.services.growth.goals import insist_may_plan
from bekwaam.store.audit import append
from bekwaam.store.models import Person, PlanAgreement, PlanGoal
from bekwaam.wording import N_


@transaction.atomic
def agree(actor: Person, name: str, agreed_on: date | None) -> PlanAgreement:
    """Write that somebody agreed on their open goals with ``name``, for instance in the yearly talk.

    It is the owner's own word; nobody else is asked. The same agreement sent twice is written once. Raises
    Invalid with every fault, Refused where there is no open goal to agree on.
    """
    insist_may_plan()
    faults = check_agreement(name, agreed_on, clock.today())
    if faults or agreed_on is None:
        raise Invalid(faults)
    Person.objects.select_for_update().get(pk=actor.pk)
    goals = PlanGoal.objects.filter(owner=actor, closed_at=None).prefetch_related("activities")
    told = [goal.told() for goal in goals]
    if not told:
        raise Refused(refused("no_goal", N_("There is nothing to agree on yet. Set a goal first.")))
    said = {"name": name.strip(), "agreed_on": agreed_on}
    newest = PlanAgreement.objects.filter(owner=actor, **said).first()
    if newest is not None and newest.goals == told:
        return newest
    now = clock.now()
    agreement = PlanAgreement.objects.create(owner=actor, goals=told, written_at=now, **said)
    append(
        Event.PLAN_AGREED,
        actor=actor,
        subject=f"person:{actor.ref}",
        now=now,
        payload={"agreement": agreement.ref, "goals": [one["ref"] for one in told]},
        content=[agreement],
    )
    return agreement
