"""Reads about procedures: the overview, one procedure, the people of a provider."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from bekwaam.domain.accounts.access import PROVIDER_ROLES, Role
from bekwaam.domain.certificates.facts import Checking, last_day
from bekwaam.domain.procedures.following import Why
from bekwaam.domain.procedures.states import UNDER_WAY, Need, State
from bekwaam.domain.procedures.terms import is_overdue
from bekwaam.domain.procedures.waiting import Waiting, waits_for
from bekwaam.services import clock
from bekwaam.services.listing import Listing
from bekwaam.services.procedures.team import Team, with_progress, workers
from bekwaam.services.procedures.working import way_of
from bekwaam.store.models import (
    Assignment,
    Consent,
    Dispute,
    FactRequest,
    FactsConfirmed,
    Membership,
    Person,
    Procedure,
    Provider,
    StepNote,
)


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One procedure in the coordinator's overview. ``standard`` holds the title in both languages."""

    ref: str
    number: str
    candidate: str
    standard: dict[str, str]
    state: State
    since: datetime
    guide: str
    assessors: tuple[str, ...]
    waits_for: Waiting
    due_on: date | None
    overdue: bool
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Why a procedure was given back or stopped."""

    step: str
    author: str
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """When consent was given, and withdrawn if it was."""

    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody at a provider, with the roles they hold now."""

    ref: str
    name: str
    email: str
    roles: tuple[Role, ...]


def overview(
    provider: Provider, states: Iterable[State] = (), search: str = "", *, overdue: bool = False
) -> Listing[OverviewRow]:
    """Return a provider's procedures, newest first: in ``states`` (none: all), found by name or number.

    With ``overdue`` only those of which the term is over, the longest ago first. Two queries a page, and one
    to count.
    """
    found = Procedure.objects.filter(provider=provider)
    if overdue:
        found = found.filter(due_on__lt=clock.today()).order_by("due_on", "pk")
    states = list(states)
    if states:
        found = found.filter(state__in=states)
    for word in search.split():
        found = found.filter(Q(candidate__name__icontains=word) | Q(number__icontains=word))
    found = (
        found.select_related("candidate", "standard", "working", "provider")
        .defer("standard__document")
        .annotate(
            decided_at=F("decision__decided_at"),
            disputed=Exists(Dispute.objects.filter(procedure=OuterRef("pk"), lifted_at=None)),
            facts_unanswered=Exists(FactRequest.objects.filter(procedure=OuterRef("pk"), answer=None)),
            facts_said_right=Exists(FactsConfirmed.objects.filter(procedure=OuterRef("pk"))),
            rejudging=Exists(_rejudging()),
            rejudged=Exists(_rejudging().filter(decision__isnull=False)),
        )
    )
    return Listing(found, lambda page: _overview_rows(page))


def _rejudging() -> QuerySet[Procedure, Procedure]:
    """Return the procedure in which an objection to the outer one is judged now."""
    return Procedure.objects.filter(
        follows=OuterRef("pk"), why=Why.OBJECTION.value, state__in=UNDER_WAY
    ).order_by()


def _overview_rows(page: QuerySet[Procedure]) -> list[OverviewRow]:
    rows = list(page)
    by_procedure: dict[int, list[Assignment]] = {}
    for assignment in with_progress(Assignment.objects.filter(procedure__in=[row.pk for row in rows])):
        by_procedure.setdefault(assignment.procedure_id, []).append(assignment)
    return [_overview_row(row, Team(workers(by_procedure.get(row.pk, [])))) for row in rows]


def _overview_row(row: Procedure, team: Team) -> OverviewRow:
    state = State(row.state)
    checking = _checking(row)
    facts = team.facts(
        state,
        way_of(row).assessors,
        decided=checking is not None,
        disputed=bool(getattr(row, "disputed", False)),
        facts_unanswered=checking.unanswered if checking else 0,
        facts_checked=checking is not None and Need.FACTS_CHECKED in checking.needs(clock.today()),
        because_of_objection=row.is_rejudging,
        rejudging=bool(getattr(row, "rejudged", False)) if getattr(row, "rejudging", False) else None,
    )
    return OverviewRow(
        ref=row.ref,
        number=row.number,
        candidate=row.candidate.name,
        standard=row.standard.title,
        state=state,
        since=row.state_since,
        guide=team.guide.name if team.guide else "",
        assessors=tuple(worker.name for worker in team.assessors),
        due_on=row.due_on,
        overdue=row.due_on is not None and is_overdue(row.due_on, clock.today()),
        waits_for=waits_for(facts),
        why=Why(row.why) if row.why else None,
    )


def _checking(row: Any) -> Checking | None:
    if row.decided_at is None:
        return None
    until = last_day(timezone.localdate(row.decided_at), way_of(row).facts_days)
    return Checking(until, confirmed=row.facts_said_right, unanswered=int(row.facts_unanswered))


def count_overdue(provider: Provider) -> int:
    """Return of how many procedures the term is over. One query."""
    return Procedure.objects.filter(provider=provider, due_on__lt=clock.today()).count()


def state_counts(provider: Provider) -> dict[State, int]:
    """Return how many procedures a provider has in each state. One query."""
    rows = Procedure.objects.filter(provider=provider).order_by().values_list("state")
    counted = dict(rows.annotate(number=Count("pk")))
    return {state: counted.get(state.value, 0) for state in State}


def notes(procedure: Procedure) -> tuple[Note, ...]:
    """Return why the procedure was given back or stopped, newest first. One query."""
    rows = StepNote.objects.filter(procedure=procedure).select_related("author")
    return tuple(Note(row.step, row.author.name, row.text, row.written_at) for row in rows)


def consent(procedure: Procedure) -> ConsentGiven | None:
    """Return the consent given last, or None.

    No query for a procedure that :func:`bekwaam.services.accounts.standing.find_procedure` found, else one.
    """
    if hasattr(procedure, "consent_given"):
        given, withdrawn = procedure.consent_given, getattr(procedure, "consent_withdrawn", None)
        return ConsentGiven(given, withdrawn) if given else None
    row = Consent.objects.filter(procedure=procedure).order_by("-given_at", "-pk").first()
    return ConsentGiven(row.given_at, row.withdrawn_at) if row else None


def members(provider: Provider) -> Listing[Member]:
    """Return who holds a role at a provider now, by name. Two queries a page, and one to count."""
    holding = Membership.objects.filter(person=OuterRef("pk"), provider=provider, until=None)
    found = Person.objects.filter(Exists(holding)).order_by("name", "pk")
    return Listing(found, lambda page: _members(provider, page))


def _members(provider: Provider, page: QuerySet[Person]) -> list[Member]:
    people = list(page)
    held: dict[int, set[str]] = {}
    rows = Membership.objects.filter(provider=provider, person__in=[p.pk for p in people], until=None)
    for person, role in rows.values_list("person", "role"):
        held.setdefault(person, set()).add(role)
    return [
        Member(
            ref=person.ref,
            name=person.name,
            email=person.email,
            roles=tuple(role for role in PROVIDER_ROLES if role.value in held.get(person.pk, set())),
        )
        for person in people
    ]


def find_member(provider: Provider, ref: str) -> Person | None:
    """Return the person of a reference who has, or had, a role at a provider. One query."""
    known = Person.objects.filter(ref=ref, memberships__provider=provider)
    return known.distinct().first()
