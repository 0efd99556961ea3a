"""Judging a candidate again on what fell short, by the same people or by others."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.objections.filing import check_filing
from bekwaam.domain.procedures.following import ReassessmentFacts, Why, check_reassessment, check_units
from bekwaam.domain.procedures.states import UNDER_WAY, State
from bekwaam.services.accounts.standing import insist_at_procedure, lock, lock_provider
from bekwaam.services.certificates.following import start_following
from bekwaam.services.certificates.reads import outcome_from_plain
from bekwaam.services.errors import Invalid, NotFound, insist
from bekwaam.services.procedures.letters import tell_reassessed
from bekwaam.services.procedures.objecting import filing_facts
from bekwaam.store.models import Certificate, DecisionRecord, Person, Procedure


def reassessment_facts(procedure: Procedure) -> ReassessmentFacts:
    """Return what decides whether somebody can be judged again. Six queries.

    Raises NotFound where nothing was decided.
    """
    record = DecisionRecord.objects.filter(procedure=procedure).first()
    if record is None:
        raise NotFound
    after = Certificate.objects.exclude(supersedes="").filter(
        supersedes__in=Certificate.objects.filter(procedure=procedure).values("number")
    )
    next_number = after.values_list("procedure__number", flat=True).first()
    running = Procedure.objects.filter(follows=procedure, state__in=UNDER_WAY)
    filing = filing_facts(procedure)
    may_object = filing is not None and check_filing(filing)
    return ReassessmentFacts(
        short=tuple(entry.unit for entry in outcome_from_plain(record.outcome).all_short()),
        issued=filing is not None,
        candidate_gone=procedure.candidate.erased_at is not None,
        superseded_by=next_number or "",
        running=running.values_list("number", flat=True).first() or "",
        objection_until=filing.until if filing and may_object else None,
    )


@transaction.atomic
def reassess(actor: Person, procedure: Procedure, units: Sequence[str]) -> Procedure:
    """Start a procedure that judges ``units`` anew, of those that fell short; return it.

    It begins at the intake: the candidate gives consent again and hands in new evidence. Raises Refused
    while the candidate can still object or something follows already, Invalid for another choice of units.
    """
    lock_provider(procedure.provider)
    procedure = lock(procedure)
    insist_at_procedure(Action.REASSESS, actor, procedure)
    facts = reassessment_facts(procedure)
    insist(check_reassessment(facts))
    faults = check_units(units, facts.short, "units")
    if faults:
        raise Invalid(faults)
    again = start_following(
        actor,
        procedure,
        why=Why.REASSESSMENT,
        units=[unit for unit in facts.short if unit in units],
        state=State.INTAKE,
    )
    tell_reassessed(again)
    return again
