"""A portfolio of one's own, beside a framework version of one's choice and without any procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.units import own_units
from bekwaam.frameworks.model import Text
from bekwaam.services import clock
from bekwaam.services.errors import Invalid
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.store.audit import append
from bekwaam.store.models import FrameworkVersion, OwnPortfolio, Person
from bekwaam.wording import N_

STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class Choice:
    """A framework version that somebody can lay their portfolio beside."""

    pk: int
    title: Text
    version: str
    is_standard: bool
    units: int


@dataclass(frozen=True, slots=True)
class PortfolioCard:
    """A portfolio in a list."""

    ref: str
    title: Text
    version: str
    started_at: datetime


def choices(person: Person) -> tuple[Choice, ...]:
    """Return what somebody has no portfolio for yet: standards first, the newest version of each first.

    One query, and one more for a version that this process never read before.
    """
    found = _open_to_all().exclude(pk__in=OwnPortfolio.objects.filter(owner=person).values("standard"))
    rows = sorted(found, key=lambda row: (row.kind != STANDARD, -row.published_at.timestamp(), -row.pk))
    return tuple(choice for row in rows if (choice := _choice(row)).units)


def _open_to_all() -> QuerySet[FrameworkVersion, FrameworkVersion]:
    return FrameworkVersion.objects.defer("document")


def _choice(row: FrameworkVersion) -> Choice:
    title = Text(row.title["nl"], row.title["en"])
    return Choice(row.pk, title, row.version, row.kind == STANDARD, len(own_units(framework_of(row))))


def portfolios(person: Person) -> tuple[PortfolioCard, ...]:
    """Return somebody's own portfolios, newest first. One query."""
    rows = OwnPortfolio.objects.filter(owner=person).select_related("standard").defer("standard__document")
    return tuple(
        PortfolioCard(
            row.ref,
            Text(row.standard.title["nl"], row.standard.title["en"]),
            row.standard.version,
            row.started_at,
        )
        for row in rows
    )


@transaction.atomic
def start_portfolio(actor: Person, standard: int) -> OwnPortfolio:
    """Start a portfolio beside a framework version, named by its key; what there is already is returned.

    Raises Invalid for a version that is not there, or of which nothing can be shown.
    """
    row = _open_to_all().filter(pk=standard).first()
    if row is None or not own_units(framework_of(row)):
        raise Invalid((Fault("standard", "unknown", N_("Choose from the list.")),))
    now = clock.now()
    portfolio, made = OwnPortfolio.objects.get_or_create(
        owner=actor, standard=row, defaults={"started_at": now}
    )
    if made:
        append(
            Event.PORTFOLIO_STARTED,
            actor=actor,
            subject=f"person:{actor.ref}",
            now=now,
            payload={"portfolio": portfolio.ref, "standard": row.identifier, "version": row.version},
            content=[portfolio],
        )
    return portfolio
