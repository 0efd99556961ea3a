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


def workplaces(person: Person) -> Workplaces:
    """Return where somebody works. One query; none where a page has read it already."""
    rows = getattr(person, "memberships_now", None)
    if rows is None:
        found = Membership.objects.filter(person=person, until=None).select_related("provider")
        rows = list(found.order_by("provider__name"))
    overseeing = (Role.COORDINATOR, Role.AUDITOR)
    oversees = dict.fromkeys(row.provider for row in rows if row.role in overseeing)
    return Workplaces(
        oversees=tuple(oversees),
        coordinates=tuple(row.provider for row in rows if row.role == Role.COORDINATOR),
        judges=any(row.role == Role.ASSESSOR for row in rows),
        guides=any(row.role == Role.GUIDE for row in rows),
    )
