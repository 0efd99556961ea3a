"""Judging: each assessor alone, until both are done and the judgements are revealed."""

from __future__ import annotations

from django.db import transaction

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.events import Event
from bekwaam.domain.procedures.states import Need, State, Step
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.assessment.findings import (
    FindingInput,
    checked_finding,
    columns,
    insist_no_faults,
    latest_snapshot,
)
from bekwaam.services.assessment.panel import units_to_judge
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.procedures.steps import take_step
from bekwaam.services.procedures.working import way_of
from bekwaam.services.signs.counting import count_judging
from bekwaam.services.signs.pace import keep_pace
from bekwaam.store.audit import append
from bekwaam.store.models import (
    Assignment,
    ConflictDeclaration,
    Judgement,
    JudgingFinished,
    Person,
    Procedure,
    Snapshot,
)
from bekwaam.wording import N_


@transaction.atomic
def judge(actor: Person, procedure: Procedure, unit: str, given: FindingInput) -> Judgement:
    """Record an assessor's own judgement on one unit; judging again adds a row that replaces the last.

    Whoever comes in later, in the place of another or as a third, does so while the others wait.

    All three legs have to be there: what is half done is a draft, not a judgement.
    """
    procedure = lock(procedure)
    standing = insist_at_procedure(Action.JUDGE, actor, procedure)
    if unit not in units_to_judge(procedure, standing):
        raise NotFound
    snapshot = latest_snapshot(procedure)
    finding, faults = checked_finding(procedure, snapshot, unit, given)
    insist_no_faults(faults)
    now = clock.now()
    last = Judgement.objects.filter(
        procedure=procedure, snapshot=snapshot, assessor=actor, unit=unit, replaced_by=None
    ).first()
    judgement = Judgement.objects.create(
        procedure=procedure,
        snapshot=snapshot,
        assessor=actor,
        made_at=now,
        replaces=last,
        **columns(finding),
    )
    append(
        Event.JUDGED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"unit": unit, "snapshot": snapshot.ref, "replaces": last.pk if last else None},
        content=[judgement],
    )
    keep_pace(judgement)
    return judgement


@transaction.atomic
def finish_judging(actor: Person, procedure: Procedure) -> Procedure:
    """Declare one's judgements complete; when the last assessor does so, they are revealed.

    Whoever came in after the reveal then sees what the others found.
    """
    procedure = lock(procedure)
    standing = insist_at_procedure(Action.JUDGE, actor, procedure)
    snapshot = latest_snapshot(procedure)
    units = units_to_judge(procedure, standing)
    done = set(Judgement.objects.filter(snapshot=snapshot, assessor=actor).values_list("unit", flat=True))
    still_open = [unit for unit in units if unit not in done]
    if still_open:
        raise Refused(
            refused(
                "not_all_judged",
                N_("Not everything has been judged yet. Still open: {units}."),
                units=", ".join(still_open),
            )
        )
    now = clock.now()
    finished = JudgingFinished.objects.create(
        procedure=procedure, snapshot=snapshot, assessor=actor, finished_at=now
    )
    append(
        Event.JUDGING_FINISHED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"snapshot": snapshot.ref},
        content=[finished],
    )
    count_judging(snapshot, actor)
    if procedure.state != State.JUDGING:
        return procedure
    holds = reveal_needs(procedure, snapshot)
    if {Need.ASSESSORS, Need.DECLARATIONS, Need.ALL_JUDGED} <= holds:
        return take_step(actor, procedure, Step.REVEAL, holds)
    return procedure


@transaction.atomic
def reveal(actor: Person, procedure: Procedure) -> Procedure:
    """Reveal the judgements to the assessors; for when the last one finished before another was set."""
    procedure = lock(procedure)
    insist_at_procedure(Action.REVEAL, actor, procedure)
    return take_step(actor, procedure, Step.REVEAL, reveal_needs(procedure, latest_snapshot(procedure)))


def reveal_needs(procedure: Procedure, snapshot: Snapshot) -> frozenset[Need]:
    """Return which needs of the reveal hold now."""
    assignments = Assignment.objects.filter(procedure=procedure, role=Role.ASSESSOR, until=None)
    assessors = {a.pk: a.person_id for a in assignments}
    finished = set(JudgingFinished.objects.filter(snapshot=snapshot).values_list("assessor", flat=True))
    last_word: dict[int, bool] = {}
    for declaration in ConflictDeclaration.objects.filter(assignment__in=assessors):
        last_word[declaration.assignment_id] = declaration.conflict
    holds = set()
    if len(assessors) >= way_of(procedure).assessors:
        holds.add(Need.ASSESSORS)
    if all(last_word.get(pk) is False for pk in assessors):
        holds.add(Need.DECLARATIONS)
    if assessors and all(person in finished for person in assessors.values()):
        holds.add(Need.ALL_JUDGED)
    return frozenset(holds)
