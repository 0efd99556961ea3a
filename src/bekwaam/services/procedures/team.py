"""Who works on a procedure, how far they are, and who could."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, When

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.accounts.assignment import AssignmentFacts, check_assignment
from bekwaam.domain.accounts.conflicts import ConflictReason
from bekwaam.domain.accounts.employers import Shared
from bekwaam.domain.accounts.expertise import Expertise
from bekwaam.domain.assessment.panel import MAJORITY_OF
from bekwaam.domain.procedures.states import State
from bekwaam.domain.procedures.waiting import Facts
from bekwaam.services.accounts.independence import was_involved
from bekwaam.services.procedures.employers import shared_with
from bekwaam.services.procedures.referees import asked_as_referee
from bekwaam.services.procedures.working import way_of
from bekwaam.store.models import (
    Assignment,
    ConflictDeclaration,
    JudgingFinished,
    Membership,
    Procedure,
    Snapshot,
)


@dataclass(frozen=True, slots=True)
class Worker:
    """A guide or assessor on a procedure.

    ``conflict`` is an assessor's last word: None while they declared nothing. ``finished`` tells whether
    they finished judging what was handed in last, and nothing about what they judged. ``expertise`` is known
    where the provider divides the roles.
    """

    ref: str
    pk: int
    name: str
    role: Role
    since: datetime
    until: datetime | None
    conflict: bool | None
    explanation: str
    finished: bool
    expertise: Expertise | None = None
    reasons: tuple[ConflictReason, ...] = ()
    third: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who could be assigned; ``expertise`` only where the provider divides the roles.

    ``near`` is the name of an employer that looks like one of the candidate's: for a person to weigh.
    """

    role: Role
    ref: str
    name: str
    expertise: Expertise | None = None
    near: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody on a procedure, and who else could be; ``room`` tells whether there is a place to fill."""

    workers: tuple[Worker, ...]
    choices: tuple[Choice, ...] = ()
    room: bool = False

    @property
    def running(self) -> tuple[Worker, ...]:
        """Return who works on it now."""
        return tuple(worker for worker in self.workers if worker.until is None)

    @property
    def guide(self) -> Worker | None:
        """Return the guide, if there is one."""
        return next((worker for worker in self.running if worker.role is Role.GUIDE), None)

    @property
    def assessors(self) -> tuple[Worker, ...]:
        """Return the assessors of now, longest first."""
        return tuple(worker for worker in self.running if worker.role is Role.ASSESSOR)

    @property
    def former(self) -> tuple[Worker, ...]:
        """Return who was an assessor here and was taken off, in order of coming."""
        running = {worker.pk for worker in self.assessors}
        return tuple(w for w in self.workers if w.role is Role.ASSESSOR and w.until and w.pk not in running)

    def facts(
        self,
        state: State,
        assessors_needed: int,
        *,
        decided: bool,
        disputed: bool = False,
        facts_unanswered: int = 0,
        facts_checked: bool = False,
        because_of_objection: bool = False,
        rejudging: bool | None = None,
    ) -> Facts:
        """Return what the list of things to do is worked out from."""
        third = sum(worker.third for worker in self.assessors)
        return Facts(
            state=state,
            has_guide=self.guide is not None,
            assessors=len(self.assessors),
            assessors_needed=assessors_needed + third,
            declared=sum(worker.conflict is not None for worker in self.assessors),
            conflicts=sum(worker.conflict is True for worker in self.assessors),
            finished=sum(worker.finished for worker in self.assessors),
            decided=decided,
            facts_unanswered=facts_unanswered,
            facts_checked=facts_checked,
            because_of_objection=because_of_objection,
            rejudging=rejudging,
            wants_third=disputed and not third and assessors_needed < MAJORITY_OF,
        )


def with_progress(assignments: QuerySet[Assignment]) -> QuerySet[Any]:
    """Add to assignments what was declared last and whether judging was finished."""
    last_word = ConflictDeclaration.objects.filter(assignment=OuterRef("pk")).order_by("-declared_at", "-pk")
    latest = Snapshot.objects.filter(procedure=OuterRef("procedure")).order_by("-number")
    done = JudgingFinished.objects.filter(assessor=OuterRef("person"), snapshot=OuterRef("latest"))
    return assignments.select_related("person").annotate(
        conflict=Subquery(last_word.values("conflict")[:1]),
        explanation=Subquery(last_word.values("explanation")[:1]),
        reasons=Subquery(last_word.values("reasons")[:1]),
        latest=Subquery(latest.values("pk")[:1]),
        finished=Exists(done),
    )


def workers(rows: Iterable[Any]) -> tuple[Worker, ...]:
    """Return assignments, read by :func:`with_progress`, as frozen values."""
    return tuple(
        Worker(
            ref=row.person.ref,
            pk=row.person_id,
            name=row.person.name,
            role=Role(row.role),
            since=row.since,
            until=row.until,
            conflict=row.conflict,
            explanation=row.explanation or "",
            finished=row.finished,
            expertise=Expertise(row.expertise) if row.expertise else None,
            reasons=tuple(ConflictReason(reason) for reason in row.reasons or ()),
            third=row.third,
        )
        for row in rows
    )


def team(procedure: Procedure, *, with_choices: bool = False, disputed: bool = False) -> Team:
    """Return everybody on a procedure. One query; three with who else could be assigned, where there is room.

    ``disputed`` says that the assessors cannot agree on something, so that a third may be assigned.
    """
    rows = list(with_progress(Assignment.objects.filter(procedure__candidate=procedure.candidate_id)))
    here = workers(row for row in rows if row.procedure_id == procedure.pk)
    if not with_choices or not _has_room(procedure, Team(here), disputed):
        return Team(here)
    return Team(here, _choices(procedure, here, rows, disputed), room=True)


def _has_room(procedure: Procedure, people: Team, disputed: bool) -> bool:
    """Tell whether anybody could be assigned: the rule refuses everybody where all places are taken."""
    third = any(worker.third for worker in people.assessors)
    judges, needed = len(people.assessors) - third, way_of(procedure).assessors
    if judges < needed:
        return True
    if procedure.state == State.DECIDING:
        return disputed and not third and judges < MAJORITY_OF
    return people.guide is None


def _choices(
    procedure: Procedure, here: Sequence[Worker], ever: Sequence[Assignment], disputed: bool
) -> tuple[Choice, ...]:
    members = Membership.objects.filter(provider=procedure.provider, until=None, person__is_active=True)
    asked = asked_as_referee(procedure.candidate_id, OuterRef("person__email"))
    people: QuerySet[Any, Any] = members.select_related("person").annotate(was_asked=Exists(asked))
    if procedure.is_rejudging:
        people = people.annotate(
            was_involved=Case(When(was_involved(procedure, OuterRef("person")), then=True), default=False)
        )
    rows = list(people.order_by("person__name", "person"))
    serves: dict[int, set[Role]] = {}
    for row in rows:
        serves.setdefault(row.person_id, set()).add(Role(row.role))
    could_judge = [person for person, roles in serves.items() if Role.ASSESSOR in roles]
    sharing = shared_with(procedure, could_judge)
    way, found = way_of(procedure), []
    for row in rows:
        if row.role not in (Role.GUIDE, Role.ASSESSOR):
            continue
        shares = sharing.get(row.person_id, Shared())
        facts = _facts(procedure, row, frozenset(serves[row.person_id]), here, ever)
        facts = replace(facts, disputed=disputed, same_employer=shares.equal)
        split = way.role_split and row.role == Role.ASSESSOR and not facts.as_third
        for side in tuple(Expertise) if split else (None,):
            if check_assignment(Role(row.role), replace(facts, expertise=side)):
                near = shares.near if row.role == Role.ASSESSOR else ""
                found.append(Choice(Role(row.role), row.person.ref, row.person.name, side, near))
    return tuple(found)


def _facts(
    procedure: Procedure,
    row: Any,
    serves: frozenset[Role],
    here: Sequence[Worker],
    ever: Sequence[Assignment],
) -> AssignmentFacts:
    """Return what is known of one member of the provider, but for employers and disputes."""
    way, person = way_of(procedure), row.person_id
    running = [worker for worker in here if worker.until is None]
    before = [worker for worker in here if worker.pk == person and worker.role is Role.ASSESSOR]
    return AssignmentFacts(
        is_candidate=person == procedure.candidate_id,
        serves_as=serves,
        already_assigned=any(worker.pk == person for worker in running),
        guided=any(a.person_id == person and a.role == Role.GUIDE for a in ever),
        judged=any(a.person_id == person and a.role == Role.ASSESSOR for a in ever),
        was_referee=row.was_asked,
        was_involved=getattr(row, "was_involved", False),
        running_guides=sum(worker.role is Role.GUIDE for worker in running),
        running_assessors=sum(worker.role is Role.ASSESSOR and not worker.third for worker in running),
        assessors_needed=way.assessors,
        role_split=way.role_split,
        running_expertise=tuple(worker.expertise for worker in running if worker.expertise),
        deciding=procedure.state == State.DECIDING,
        has_third=any(worker.third for worker in running),
        judged_here=bool(before),
        saw_judgements=sees_judgements(serves) or any(worker.third for worker in before),
    )


def sees_judgements(roles: Iterable[Role]) -> bool:
    """Tell whether these roles at a provider show what assessors found, once it is revealed."""
    return not {Role.COORDINATOR, Role.AUDITOR}.isdisjoint(roles)
