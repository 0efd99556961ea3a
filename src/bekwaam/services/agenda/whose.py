"""Which procedures wait for somebody, and which appointments are theirs: as conditions for the database.

The rule itself is :func:`bekwaam.domain.procedures.terms.dues`; here the database leaves out, from all
procedures, those of which it says nothing about this person. A test holds the two against each other.
"""

from __future__ import annotations

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
    DecisionRecord,
    HeldSession,
    Membership,
    Person,
    PlannedSession,
    Procedure,
)

_NO_CONFLICT = Q(conflict=False) | Q(conflict=None)
_COLLECTING = (State.INTAKE, State.PORTFOLIO)


def waiting_for(person: Person) -> QuerySet[Procedure]:
    """Return the procedures with a last day in which somebody has something to do now."""
    mine = with_progress(assignments_of(person, Role.ASSESSOR).filter(procedure=OuterRef("pk")))
    free = mine.filter(_NO_CONFLICT)
    offices = Membership.objects.filter(person=person, role=Role.COORDINATOR, until=None)
    found = Procedure.objects.filter(due_on__isnull=False, state__in=(*UNDER_WAY, State.OBJECTION)).annotate(
        decided=Exists(DecisionRecord.objects.filter(procedure=OuterRef("pk"))),
        short=_lacks_assessors(),
        torn=Exists(_running().filter(conflict=True)),
        busy=Exists(_running().filter(_NO_CONFLICT, finished=False)),
        guided=Exists(Assignment.objects.filter(procedure=OuterRef("pk"), role=Role.GUIDE, until=None)),
    )
    as_candidate = Q(candidate=person, state__in=_COLLECTING)
    as_assessor = Q(Exists(free.filter(finished=False)), state=State.JUDGING) | Q(
        Exists(mine), state=State.DECIDING, decided=False
    )
    as_coordinator = Q(provider__in=offices.values("provider")) & (
        (Q(state__in=_COLLECTING) & (Q(guided=False) | Q(short=True) | Q(torn=True)))
        | (Q(state=State.JUDGING) & (Q(short=True) | Q(torn=True) | Q(busy=False)))
        | (Q(state=State.DECIDING) & ~Q(decided=True, why=Why.OBJECTION))
        | Q(state=State.OBJECTION)
    )
    return found.filter(as_candidate | (~Q(candidate=person) & (as_assessor | as_coordinator)))


def _running() -> QuerySet[Any]:
    running = Assignment.objects.filter(procedure=OuterRef("pk"), role=Role.ASSESSOR, until=None)
    return with_progress(running)


def _lacks_assessors() -> Q:
    running = Assignment.objects.filter(procedure=OuterRef("pk"), role=Role.ASSESSOR, until=None)
    number = running.order_by().values("procedure").annotate(number=Count("pk")).values("number")
    return Q(
        Exists(
            Procedure.objects.filter(pk=OuterRef("pk"))
            .annotate(there=Coalesce(Subquery(number, output_field=IntegerField()), 0))
            .filter(there__lt=Coalesce(F("working__assessors"), F("provider__assessors_needed")))
        )
    )


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
