"""Which procedures wait for somebody, and which appointments are theirs: as conditions for the database.

The rule itself is :func:`bekwaam.domain.procedures.terms.dues`; here the database leaves out, from all
procedures, those of which it says nothing about this person. A test holds the two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.procedures.following import Why
from bekwaam.domain.procedures.states import UNDER_WAY, State
from bekwaam.services.accounts.standing import assignments_of
from bekwaam.services.procedures.team import with_progress
from bekwaam.store.models import (
    Assignment,
    ConflictDeclaration,
    DecisionRecord,
    HeldSession,
    Membership,
    Person,
    PlannedSession,
    Procedure,
)

_NO_CONFLICT = Q(conflict=False) | Q(conflict=None)
_COLLECTING = (State.INTAKE, State.PORTFOLIO)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads their agenda: whether they judge anywhere, and the keys of where they coordinate."""

    person: Person
    judges: bool
    offices: frozenset[int]


def reader(person: Person) -> Reader:
    """Return what somebody works as now. One query."""
    held = Membership.objects.filter(person=person, until=None).values_list("role", "provider")
    roles = list(held)
    return Reader(
        person=person,
        judges=any(role == Role.ASSESSOR for role, _ in roles),
        offices=frozenset(provider for role, provider in roles if role == Role.COORDINATOR),
    )


def waiting_for(who: Reader) -> QuerySet[Procedure]:
    """Return the procedures with a last day in which somebody has something to do now.

    Each way of being concerned finds its own by an index, whatever else there is.
    """
    theirs: QuerySet[Any, Any] = _as_candidate(who.person)
    if who.judges:
        theirs = theirs.union(_as_assessor(who.person))
    if who.offices:
        theirs = theirs.union(_as_coordinator(who))
    return Procedure.objects.filter(pk__in=theirs, due_on__isnull=False)


def _as_candidate(person: Person) -> QuerySet[Procedure, Any]:
    return Procedure.objects.filter(candidate=person, state__in=_COLLECTING).order_by().values("pk")


def _as_assessor(person: Person) -> QuerySet[Assignment, Any]:
    """Return where somebody judges still, or settles an outcome that was not decided."""
    mine = assignments_of(person, Role.ASSESSOR).exclude(procedure__candidate=person)
    decided = DecisionRecord.objects.filter(procedure=OuterRef("procedure"))
    judging = Q(_NO_CONFLICT, procedure__state=State.JUDGING, finished=False)
    settling = Q(~Exists(decided), procedure__state=State.DECIDING)
    found = with_progress(mine.filter(procedure__state__in=(State.JUDGING, State.DECIDING)))
    return found.filter(judging | settling).order_by().values("procedure")


def _as_coordinator(who: Reader) -> QuerySet[Procedure, Any]:
    """Return what waits for an office of theirs: somebody to find, something to reveal, settle or issue."""
    number = _running().order_by().values("procedure").annotate(number=Count("pk")).values("number")
    guides = Assignment.objects.filter(procedure=OuterRef("pk"), role=Role.GUIDE, until=None)
    said = ConflictDeclaration.objects.filter(conflict=True).order_by().values("assignment")
    torn = with_progress(Assignment.objects.filter(pk__in=said, role=Role.ASSESSOR, until=None))
    torn = torn.filter(conflict=True).order_by().values("procedure")
    busy = with_progress(_running()).filter(_NO_CONFLICT, finished=False)
    office = Procedure.objects.filter(provider__in=who.offices).exclude(candidate=who.person)
    counted = office.annotate(
        there=Coalesce(Subquery(number, output_field=IntegerField()), 0),
        needed=Coalesce(F("working__assessors"), F("provider__assessors_needed")),
    )
    short = Q(there__lt=F("needed")) | Q(pk__in=torn)
    # Once decided again, what was objected to waits for the answer, and that is due in the procedure before.
    answered_elsewhere = Q(state=State.DECIDING, why=Why.OBJECTION, decision__isnull=False)
    found = counted.filter(
        (Q(state__in=(State.DECIDING, State.OBJECTION)) & ~answered_elsewhere)
        | (Q(state__in=_COLLECTING) & ~Q(Exists(guides)))
        | (Q(state=State.JUDGING) & ~Q(Exists(busy)))
        | (Q(state__in=(*_COLLECTING, State.JUDGING)) & short)
    )
    return found.order_by().values("pk")


def _running() -> QuerySet[Assignment]:
    return Assignment.objects.filter(procedure=OuterRef("pk"), role=Role.ASSESSOR, until=None)


def meetings_of(person: Person) -> QuerySet[PlannedSession]:
    """Return the appointments that stand last in their row and at which somebody is expected.

    Also those that were called off. A guide is: they may come along.
    """
    works = Q()
    for role in (Role.ASSESSOR, Role.GUIDE):
        works |= Q(procedure__in=assignments_of(person, role).values("procedure"))
    theirs = Q(procedure__candidate=person) | (~Q(procedure__candidate=person) & works)
    return PlannedSession.objects.filter(theirs, replaced_by=None, procedure__state__in=UNDER_WAY)


def to_come(meetings: QuerySet[PlannedSession]) -> QuerySet[PlannedSession]:
    """Narrow appointments to those that stand and were not held yet."""
    held = HeldSession.objects.filter(plan=OuterRef("pk"))
    return meetings.filter(~Exists(held), cancelled=False)
