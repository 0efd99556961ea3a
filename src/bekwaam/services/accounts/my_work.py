"""What the front page shows somebody: their own procedures, and their work for others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.procedures.following import Why
from bekwaam.domain.procedures.states import FINISHED, UNDER_WAY, State
from bekwaam.domain.procedures.terms import is_overdue
from bekwaam.services import clock
from bekwaam.services.accounts.standing import assignments_of
from bekwaam.services.listing import Listing
from bekwaam.store.models import Person, Procedure, Provider

MOST_OWN = 25


@dataclass(frozen=True, slots=True)
class ProcedureCard:
    """A procedure in a few words. ``standard`` holds the title in both languages.

    ``checks_facts`` tells that the candidate can say whether the facts of the draft are right, and did not.
    ``why`` is known where it judges part of an earlier one anew.
    """

    ref: str
    number: str
    provider: str
    candidate: str
    standard: dict[str, str]
    state: State
    since: datetime
    checks_facts: bool = False
    due_on: date | None = None
    overdue: bool = False
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class ProviderCard:
    """A provider that somebody oversees, with how many procedures are under way."""

    ref: str
    name: str
    place: str
    under_way: int


def own_procedures(person: Person) -> tuple[ProcedureCard, ...]:
    """Return the procedures in which somebody is the candidate, newest first. One query."""
    found = _cards(Procedure.objects.filter(candidate=person))
    return tuple(_card(row) for row in found[:MOST_OWN])


def guided_procedures(person: Person) -> Listing[ProcedureCard]:
    """Return the procedures that somebody guides and that still run, newest first. One query a page."""
    guiding = assignments_of(person, Role.GUIDE).values("procedure")
    found = Procedure.objects.filter(pk__in=guiding).exclude(state__in=FINISHED)
    return Listing(_cards(found), _as_cards)


def count_to_judge(person: Person) -> int:
    """Return in how many procedures somebody is assessor and there is, or will be, work. One query."""
    return assignments_of(person, Role.ASSESSOR).filter(procedure__state__in=UNDER_WAY).count()


def provider_cards(providers: Sequence[Provider]) -> tuple[ProviderCard, ...]:
    """Return how busy providers are. One query."""
    found = _with_counts(Provider.objects.filter(pk__in=[provider.pk for provider in providers]))
    return tuple(_as_provider_cards(found))


def every_provider() -> Listing[ProviderCard]:
    """Return all providers, for whoever runs the installation. One query a page."""
    return Listing(_with_counts(Provider.objects.all()), _as_provider_cards)


def _with_counts(providers: QuerySet[Provider]) -> QuerySet[Any]:
    running = Count("procedures", filter=Q(procedures__state__in=UNDER_WAY))
    return providers.annotate(under_way=running).order_by("name")


def _as_provider_cards(rows: Iterable[Any]) -> list[ProviderCard]:
    return [ProviderCard(row.ref, row.name, row.place, row.under_way) for row in rows]


def _cards(found: QuerySet[Procedure]) -> QuerySet[Procedure]:
    read = found.select_related("provider", "candidate", "standard").defer("standard__document")
    return read.annotate(
        checks_facts=Q(state=State.DECIDING, decision__isnull=False, facts_confirmed__isnull=True)
    )


def _as_cards(rows: Iterable[Procedure]) -> list[ProcedureCard]:
    return [_card(row) for row in rows]


def _card(row: Procedure) -> ProcedureCard:
    return ProcedureCard(
        ref=row.ref,
        number=row.number,
        provider=row.provider.name,
        candidate=row.candidate.name,
        standard=row.standard.title,
        state=State(row.state),
        since=row.state_since,
        checks_facts=bool(getattr(row, "checks_facts", False)),
        due_on=row.due_on,
        overdue=row.due_on is not None and is_overdue(row.due_on, clock.today()),
        why=Why(row.why) if row.why else None,
    )
