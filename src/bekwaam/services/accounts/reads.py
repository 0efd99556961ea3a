"""Reads about people and where they work."""

from __future__ import annotations

from dataclasses import dataclass

from bekwaam.domain.accounts.access import Role
from bekwaam.store.models import Membership, Person, Provider


@dataclass(frozen=True, slots=True)
class Workplaces:
    """Where somebody has which work: the providers they oversee or coordinate; and do they judge or guide."""

    oversees: tuple[Provider, ...]
    coordinates: tuple[Provider, ...]
    judges: bool
    guides: bool


def memberships(person: Person) -> list[Membership]:
    """Return the roles that somebody holds now, with where. One query.

    They are remembered on the person for the menu of the page that is being made; nothing that writes looks
    at what is remembered.
    """
    rows = Membership.objects.filter(person=person, until=None).select_related("provider")
    held = list(rows.order_by("provider__name"))
    person.known_memberships = held  # type: ignore[attr-defined]
    return held


def workplaces(person: Person) -> Workplaces:
    """Return where somebody works. One query, none where this page knows already."""
    known: list[Membership] | None = getattr(person, "known_memberships", None)
    rows = memberships(person) if known is None else known
    overseeing = (Role.COORDINATOR, Role.AUDITOR)
    oversees = dict.fromkeys(row.provider for row in rows if row.role in overseeing)
    return Workplaces(
        oversees=tuple(oversees),
        coordinates=tuple(row.provider for row in rows if row.role == Role.COORDINATOR),
        judges=any(row.role == Role.ASSESSOR for row in rows),
        guides=any(row.role == Role.GUIDE for row in rows),
    )
