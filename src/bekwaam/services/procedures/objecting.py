"""Filing an objection to an outcome, taking it back, and ending it in whichever way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.events import Event
from bekwaam.domain.objections.filing import FilingFacts, check_filing, check_objection, last_day
from bekwaam.domain.objections.outcome import JUDGED_AGAIN, Answer, Comparison
from bekwaam.domain.procedures.scope import judged_units
from bekwaam.domain.procedures.states import UNDER_WAY, Step
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.errors import Invalid, NotFound, Refused, insist
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.procedures.letters import tell_objected
from bekwaam.services.procedures.steps import take_step
from bekwaam.services.procedures.working import way_of
from bekwaam.store.audit import append
from bekwaam.store.models import Certificate, Membership, Objection, ObjectionAnswer, Person, Procedure
from bekwaam.wording import N_, say


def filing_facts(procedure: Procedure) -> FilingFacts | None:
    """Return what decides whether the candidate can object now; None without a certificate. Three queries."""
    certificate = Certificate.objects.filter(procedure=procedure).defer("document").first()
    if certificate is None:
        return None
    superseded = Certificate.objects.filter(supersedes=certificate.number).exists()
    return filing_facts_of(procedure, certificate.issued_at, superseded=superseded)


def filing_facts_of(procedure: Procedure, issued_at: datetime, *, superseded: bool) -> FilingFacts:
    """Return the same where it is known already when the certificate was issued. One query."""
    before = Objection.objects.filter(procedure=procedure, answer__answer__in=JUDGED_AGAIN)
    again = {unit for units in before.values_list("units", flat=True) for unit in units}
    judged = judged_units(framework_of(procedure.standard), procedure.scope)
    return FilingFacts(
        today=clock.today(),
        until=last_day(timezone.localdate(issued_at), way_of(procedure).objection_days),
        # What was judged over an objection is not judged once more over another one.
        disputable=() if procedure.is_rejudging else tuple(unit for unit in judged if unit not in again),
        superseded=superseded,
    )


@transaction.atomic
def object_to(actor: Person, procedure: Procedure, units: Sequence[str], grounds: str) -> Objection:
    """File the candidate's objection to ``units``, in their own words.

    Raises Refused when the term is over or it was all judged again before, Invalid with every fault.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.OBJECT, actor, procedure)
    facts = filing_facts(procedure)
    if facts is None:
        raise NotFound
    insist(check_filing(facts))
    faults = check_objection(units, grounds, facts.disputable)
    if faults:
        raise Invalid(faults)
    now = clock.now()
    objection = Objection.objects.create(
        procedure=procedure,
        units=[unit for unit in facts.disputable if unit in units],
        grounds=grounds.strip(),
        filed_at=now,
    )
    append(
        Event.OBJECTED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"objection": objection.ref, "units": objection.units},
        content=[objection],
    )
    take_step(actor, procedure, Step.OBJECT)
    tell_objected(procedure, _coordinators(procedure))
    return objection


def _coordinators(procedure: Procedure) -> list[Person]:
    running = Membership.objects.filter(
        provider=procedure.provider_id, role=Role.COORDINATOR, until=None, person__is_active=True
    )
    return [row.person for row in running.select_related("person").order_by("pk")]


def open_objection(procedure: Procedure) -> Objection:
    """Return the objection that has no answer yet; NotFound where there is none. One query."""
    found = Objection.objects.filter(procedure=procedure, answer=None).last()
    if found is None:
        raise NotFound
    return found


def rejudging_of(objection: Objection) -> Procedure | None:
    """Return the procedure in which an objection is judged, while it is under way. One query."""
    found = Procedure.objects.filter(objection=objection.ref, state__in=UNDER_WAY)
    return found.select_related("provider", "candidate", "standard", "working").first()


@transaction.atomic
def take_back(actor: Person, procedure: Procedure) -> None:
    """Take one's objection back. What judged it stops; the outcome and the certificate stay as they were."""
    procedure = lock(procedure)
    insist_at_procedure(Action.TAKE_BACK_OBJECTION, actor, procedure)
    objection = open_objection(procedure)
    again = rejudging_of(objection)
    end_objection(actor, procedure, objection, Answer.TAKEN_BACK)
    take_step(actor, procedure, Step.TAKE_BACK)
    if again is not None:
        take_step(actor, lock(again), Step.WITHDRAW, reason=objection_taken_back(actor))


def objection_taken_back(actor: Person) -> str:
    """Return why a procedure stops that judged an objection, in the candidate's language."""
    return say(actor.language, N_("The objection was taken back."))


def take_back_with(actor: Person, procedure: Procedure) -> None:
    """Take an objection back because the procedure that judges it stops. ``procedure`` is locked.

    Inside the caller's transaction; raises Refused for anybody but the candidate.
    """
    if actor.pk != procedure.candidate_id:
        message = N_("Here an objection is judged. Only the candidate can take it back.")
        raise Refused(refused("objection", message))
    end_objection(actor, procedure, open_objection(procedure), Answer.TAKEN_BACK)
    take_step(actor, procedure, Step.TAKE_BACK)


def end_objection(
    actor: Person,
    procedure: Procedure,
    objection: Objection,
    answer: Answer,
    text: str = "",
    *,
    comparison: Comparison | None = None,
    alone: bool = False,
) -> ObjectionAnswer:
    """Record how an objection ended. Inside the caller's transaction, which moves the procedure on."""
    now = clock.now()
    row = ObjectionAnswer.objects.create(
        objection=objection,
        procedure=procedure,
        answer=answer.value,
        text=text.strip(),
        differences=_plain(comparison) if comparison else [],
        alone=alone,
        answered_by=actor,
        answered_at=now,
    )
    payload: dict[str, Any] = {"objection": objection.ref, "answer": answer.value}
    if alone:
        payload["alone"] = True
    append(
        Event.OBJECTION_ANSWERED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload=payload,
        content=[row],
    )
    return row


def _plain(comparison: Comparison) -> list[dict[str, Any]]:
    return [{**asdict(one), "change": one.change.value} for one in comparison.differences]
