"""Assigning guides and assessors, and their declarations on conflicts of interest."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.accounts.assignment import AssignmentFacts, check_assignment
from bekwaam.domain.accounts.conflicts import check_conflict, check_no_conflict
from bekwaam.domain.accounts.expertise import Expertise
from bekwaam.domain.assessment.working import WayOfWorking
from bekwaam.domain.events import Event
from bekwaam.services import clock
from bekwaam.services.accounts.independence import is_involved
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.errors import Invalid, insist
from bekwaam.services.procedures.letters import tell_assigned
from bekwaam.services.procedures.referees import referees_of
from bekwaam.services.procedures.working import way_of
from bekwaam.store.audit import append
from bekwaam.store.models import Assignment, ConflictDeclaration, Membership, Person, Procedure


@transaction.atomic
def assign(
    actor: Person, procedure: Procedure, person: Person, role: Role, expertise: Expertise | None = None
) -> Assignment:
    """Make somebody guide or assessor of a procedure. Raises Refused with the reason when they cannot.

    ``expertise`` says from which side an assessor judges, and counts only where the provider divides that.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.ASSIGN, actor, procedure)
    # The rule looks at all procedures of the candidate, so assigning in another of them has to wait.
    Person.objects.select_for_update(no_key=True).get(pk=procedure.candidate_id)
    way = way_of(procedure)
    if role is not Role.ASSESSOR or not way.role_split:
        expertise = None
    insist(check_assignment(role, _facts(procedure, person, way, expertise)))
    now = clock.now()
    assignment = Assignment.objects.create(
        procedure=procedure, person=person, role=role.value, since=now, expertise=expertise or ""
    )
    append(
        Event.ASSIGNED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"person": person.ref, "role": role.value},
        content=[assignment],
    )
    tell_assigned(procedure, person, role)
    return assignment


def _facts(
    procedure: Procedure, person: Person, way: WayOfWorking, expertise: Expertise | None
) -> AssignmentFacts:
    serves = Membership.objects.filter(provider=procedure.provider, person=person, until=None)
    running = list(
        Assignment.objects.filter(procedure=procedure, until=None).values_list("person", "role", "expertise")
    )
    ever = _ever(procedure, person)
    return AssignmentFacts(
        is_candidate=person.pk == procedure.candidate_id,
        serves_as=frozenset(Role(role) for role in serves.values_list("role", flat=True)),
        already_assigned=any(who == person.pk for who, _, _ in running),
        guided=Role.GUIDE in ever,
        judged=Role.ASSESSOR in ever,
        was_referee=referees_of(procedure.candidate).holds(person),
        was_involved=procedure.is_rejudging and is_involved(procedure, person),
        running_guides=sum(role == Role.GUIDE for _, role, _ in running),
        running_assessors=sum(role == Role.ASSESSOR for _, role, _ in running),
        assessors_needed=way.assessors,
        role_split=way.role_split,
        expertise=expertise,
        running_expertise=tuple(Expertise(side) for _, _, side in running if side),
    )


def _ever(procedure: Procedure, person: Person) -> set[str]:
    """Return as what somebody ever worked for the candidate, in any procedure."""
    rows = Assignment.objects.filter(procedure__candidate=procedure.candidate_id, person=person)
    return set(rows.values_list("role", flat=True))


@transaction.atomic
def unassign(actor: Person, procedure: Procedure, person: Person) -> None:
    """End somebody's assignment. What they judged stays on record and no longer counts."""
    procedure = lock(procedure)
    insist_at_procedure(Action.ASSIGN, actor, procedure)
    end_assignment(actor, procedure, person)


def end_assignment(actor: Person, procedure: Procedure, person: Person) -> None:
    """End an assignment where there is one. Inside the caller's transaction, which has asked if it may."""
    now = clock.now()
    assignment = Assignment.objects.filter(procedure=procedure, person=person, until=None).first()
    if assignment is not None:
        assignment.until = now
        assignment.save(update_fields=["until"])
        append(
            Event.UNASSIGNED,
            actor=actor,
            subject=f"procedure:{procedure.ref}",
            now=now,
            payload={"person": person.ref},
            content=[assignment],
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
