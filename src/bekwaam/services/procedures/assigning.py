"""Assigning guides and assessors, and their declarations on conflicts of interest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import transaction

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.accounts.assignment import AssignmentFacts, check_assignment
from bekwaam.domain.accounts.conflicts import check_conflict, check_no_conflict
from bekwaam.domain.accounts.expertise import Expertise
from bekwaam.domain.assessment.working import WayOfWorking
from bekwaam.domain.events import Event
from bekwaam.domain.procedures.states import State
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.independence import is_involved
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.errors import Invalid, NotFound, Refused, insist
from bekwaam.services.procedures.employers import shared_by
from bekwaam.services.procedures.letters import tell_assigned
from bekwaam.services.procedures.referees import referees_of
from bekwaam.services.procedures.team import sees_judgements
from bekwaam.services.procedures.working import way_of
from bekwaam.store.audit import append
from bekwaam.store.models import (
    Assignment,
    ConflictDeclaration,
    Dispute,
    Membership,
    Person,
    Procedure,
    StepNote,
)
from bekwaam.wording import N_

REPLACED: Final = "replace"


@transaction.atomic
def assign(
    actor: Person, procedure: Procedure, person: Person, role: Role, expertise: Expertise | None = None
) -> Assignment:
    """Make somebody guide or assessor of a procedure. Raises Refused with the reason when they cannot.

    After the reveal only an assessor: in the place of another, or, where the two cannot agree, as a third who
    judges only that. Either judges blind first.
    ``expertise`` says from which side an assessor judges, and counts only where the provider divides that.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.ASSIGN, actor, procedure)
    # The rule looks at all procedures of the candidate, so assigning in another of them has to wait.
    Person.objects.select_for_update(no_key=True).get(pk=procedure.candidate_id)
    way = way_of(procedure)
    if role is not Role.ASSESSOR or not way.role_split:
        expertise = None
    facts = _facts(procedure, person, way, expertise)
    insist(check_assignment(role, facts))
    now = clock.now()
    third = role is Role.ASSESSOR and facts.as_third
    assignment = Assignment.objects.create(
        procedure=procedure,
        person=person,
        role=role.value,
        since=now,
        expertise="" if third else expertise or "",
        third=third,
    )
    append(
        Event.ASSIGNED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"person": person.ref, "role": role.value, **({"third": True} if third else {})},
        content=[assignment],
    )
    tell_assigned(procedure, person, role)
    return assignment


def _facts(
    procedure: Procedure, person: Person, way: WayOfWorking, expertise: Expertise | None
) -> AssignmentFacts:
    serves = Membership.objects.filter(provider=procedure.provider, person=person, until=None)
    roles = frozenset(Role(role) for role in serves.values_list("role", flat=True))
    here = list(Assignment.objects.filter(procedure=procedure))
    running = [row for row in here if row.until is None]
    before = [row for row in here if row.person_id == person.pk and row.role == Role.ASSESSOR]
    ever = _ever(procedure, person)
    return AssignmentFacts(
        is_candidate=person.pk == procedure.candidate_id,
        serves_as=roles,
        already_assigned=any(row.person_id == person.pk for row in running),
        guided=Role.GUIDE in ever,
        judged=Role.ASSESSOR in ever,
        was_referee=referees_of(procedure.candidate).holds(person),
        was_involved=procedure.is_rejudging and is_involved(procedure, person),
        running_guides=sum(row.role == Role.GUIDE for row in running),
        running_assessors=sum(row.role == Role.ASSESSOR and not row.third for row in running),
        assessors_needed=way.assessors,
        role_split=way.role_split,
        expertise=expertise,
        running_expertise=tuple(Expertise(row.expertise) for row in running if row.expertise),
        deciding=procedure.state == State.DECIDING,
        disputed=is_disputed(procedure),
        has_third=any(row.third for row in running),
        judged_here=bool(before),
        saw_judgements=sees_judgements(roles) or any(row.third for row in before),
        same_employer=shared_by(procedure, person).equal,
    )


def is_disputed(procedure: Procedure) -> bool:
    """Tell whether there is anything on which the assessors cannot agree. One query.

    None for a procedure that :func:`bekwaam.services.accounts.standing.find_procedure` found.
    """
    known: bool | None = getattr(procedure, "has_disputes", None)
    if known is not None:
        return known
    return Dispute.objects.filter(procedure=procedure, lifted_at=None).exists()


def _ever(procedure: Procedure, person: Person) -> set[str]:
    """Return as what somebody ever worked for the candidate, in any procedure."""
    rows = Assignment.objects.filter(procedure__candidate=procedure.candidate_id, person=person)
    return set(rows.values_list("role", flat=True))


@transaction.atomic
def unassign(actor: Person, procedure: Procedure, person: Person) -> None:
    """End somebody's assignment, before there is anything to judge; of a guide also later.

    Who judges is replaced with a reason (:func:`replace_assessor`); without one Refused is raised.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.ASSIGN, actor, procedure)
    judging = procedure.state in (State.JUDGING, State.DECIDING)
    if judging and _running(procedure, person, Role.ASSESSOR):
        raise Refused(refused("needs_reason", N_("Write down why this assessor is replaced.")))
    end_assignment(actor, procedure, person)


@transaction.atomic
def replace_assessor(actor: Person, procedure: Procedure, person: Person, reason: str) -> None:
    """Take an assessor off while there is judging, with a reason that stays on record.

    What they judged stays as well, as of a replaced assessor, and counts for nothing; what they agreed to has
    to be agreed to anew by whoever takes their place (:func:`assign`). Raises Refused without a reason,
    NotFound for who is no assessor here now.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.REPLACE_ASSESSOR, actor, procedure)
    if not _running(procedure, person, Role.ASSESSOR):
        raise NotFound
    if not reason.strip():
        raise Refused(refused("needs_reason", N_("Write down why this assessor is replaced.")))
    note = StepNote.objects.create(
        procedure=procedure, step=REPLACED, author=actor, text=reason.strip(), written_at=clock.now()
    )
    end_assignment(actor, procedure, person, note)


def _running(procedure: Procedure, person: Person, role: Role) -> bool:
    return Assignment.objects.filter(procedure=procedure, person=person, role=role, until=None).exists()


def end_assignment(actor: Person, procedure: Procedure, person: Person, note: StepNote | None = None) -> None:
    """End an assignment where there is one. Inside the caller's transaction, which has asked if it may.

    ``note`` says why, where an assessor is replaced.
    """
    now = clock.now()
    assignment = Assignment.objects.filter(procedure=procedure, person=person, until=None).first()
    if assignment is not None:
        assignment.until = now
        assignment.save(update_fields=["until"])
        append(
            Event.ASSESSOR_REPLACED if note else Event.UNASSIGNED,
            actor=actor,
            subject=f"procedure:{procedure.ref}",
            now=now,
            payload={"person": person.ref},
            content=[assignment, note] if note else [assignment],
        )


@transaction.atomic
def declare(
    actor: Person,
    procedure: Procedure,
    *,
    conflict: bool,
    explanation: str = "",
    reasons: Sequence[str] = (),
) -> None:
    """Record an assessor's declaration; one with a conflict needs a reason or an explanation.

    ``reasons`` are codes of :class:`~bekwaam.domain.accounts.conflicts.ConflictReason`. Raises Refused for
    a word that there is no conflict where it is on record that there is.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.DECLARE_CONFLICT, actor, procedure)
    if conflict:
        faults = check_conflict(reasons, explanation)
        if faults:
            raise Invalid(faults)
    else:
        insist(
            check_no_conflict(
                guided=Role.GUIDE in _ever(procedure, actor),
                was_referee=referees_of(procedure.candidate).holds(actor),
                was_involved=procedure.is_rejudging and is_involved(procedure, actor),
                same_employer=shared_by(procedure, actor).equal,
            )
        )
    now = clock.now()
    assignment = Assignment.objects.get(procedure=procedure, person=actor, until=None)
    declaration = ConflictDeclaration.objects.create(
        assignment=assignment,
        conflict=conflict,
        explanation=explanation.strip() if conflict else "",
        reasons=sorted(set(reasons)) if conflict else [],
        declared_at=now,
    )
    append(
        Event.CONFLICT_DECLARED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"conflict": conflict},
        content=[declaration],
    )
