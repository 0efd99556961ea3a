"""Whether somebody was asked as a referee by a candidate, known by their mail address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from bekwaam.services.signs.secret import mailbox_mark
from bekwaam.store.models import FeedbackRequest, Person


@dataclass(frozen=True, slots=True)
class Referees:
    """The addresses that a candidate's open requests went to, and the marks of those that answered."""

    candidate: str
    addresses: frozenset[str]
    marks: frozenset[str]

    def holds(self, person: Person) -> bool:
        """Tell whether a person is one of them."""
        if person.email.lower() in self.addresses:
            return True
        return bool(self.marks) and mailbox_mark(self.candidate, person.email) in self.marks


def asked_as_referee(candidate: int, email: Any) -> QuerySet[FeedbackRequest, FeedbackRequest]:
    """Return the open requests of a candidate (by key) to an address, to be used inside another query.

    It spares a list a query of its own; who answered already is only found by :func:`referees_of`.
    """
    return FeedbackRequest.objects.filter(owner=candidate, withdrawn_at=None, email__iexact=email)


def referees_of(candidate: Person) -> Referees:
    """Return the referees of a candidate. One query.

    The address goes once there is an answer; of a confirmation a keyed mark stays that can be compared. Who
    only looked along, and answered, is not known any more.
    """
    asked = FeedbackRequest.objects.filter(owner=candidate, withdrawn_at=None)
    rows = list(asked.values_list("email", "answer__mailbox"))
    return Referees(
        candidate=candidate.ref,
        addresses=frozenset(email.lower() for email, _ in rows if email),
        marks=frozenset(mark for _, mark in rows if mark),
    )
