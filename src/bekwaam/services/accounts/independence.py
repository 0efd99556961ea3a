"""Who judged or decided before what an objection is about, and so keeps out of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.procedures.states import State
from bekwaam.store.models import Assignment, DecisionRecord, Membership, Person, Procedure


def line_before(procedure: Procedure) -> QuerySet[Procedure, Procedure]:
    """Return the procedures whose outcome an objection is about, and those that they follow.

    Of a procedure that judges again that is everything before it; of another one it is itself as well.
    """
    first = procedure.first_id or procedure.pk
    line = Procedure.objects.filter(Q(pk=first) | Q(first=first)).order_by()
    return line.filter(pk__lt=procedure.pk) if procedure.is_rejudging else line.filter(pk__lte=procedure.pk)


def was_involved(procedure: Procedure, person: Any) -> Q:
    """Return the condition that somebody judged or decided before. ``person`` may be an outer reference."""
    line = line_before(procedure).values("pk")
    judged = Assignment.objects.filter(procedure__in=line, role=Role.ASSESSOR, person=person)
    decided = DecisionRecord.objects.filter(procedure__in=line, decided_by=person)
    return Q(Exists(judged)) | Q(Exists(decided))


def is_involved(procedure: Procedure, person: Person) -> bool:
    """Tell whether somebody judged or decided before. One query."""
    return Person.objects.filter(was_involved(procedure, person.pk), pk=person.pk).exists()


def handles_independently(procedure: Procedure, person: Person) -> bool:
    """Tell whether somebody may handle an objection: not involved, or the only one there is.

    It counts while an objection is handled, and while its outcome is decided: then one query, else none.
    """
    settling = procedure.is_rejudging and procedure.state == State.DECIDING
    if not (settling or procedure.state == State.OBJECTION):
        return True
    others = Membership.objects.filter(
        provider=procedure.provider_id, role=Role.COORDINATOR, until=None, person__is_active=True
    ).exclude(person__in=(person.pk, procedure.candidate_id))
    free = others.exclude(was_involved(procedure, OuterRef("person")))
    kept_out = Person.objects.filter(was_involved(procedure, person.pk), Exists(free), pk=person.pk)
    return not kept_out.exists()
