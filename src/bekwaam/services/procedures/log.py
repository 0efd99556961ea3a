"""The log of a procedure: the audit chain's entries about it, with names in place of references."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from bekwaam.domain.events import Event
from bekwaam.services.audit import link_of
from bekwaam.services.listing import Listing
from bekwaam.store.models import AuditEntry, Person, Procedure
from bekwaam.store.models.accounts import erased_name
from bekwaam.trust.chain import Link

_PERSON: Final = "person:"
_INNER: Final = frozenset({"commitments", "erased"})
_EVENTS: Final = {event.value: event for event in Event}


@dataclass(frozen=True, slots=True)
class LogRow:
    """One entry. ``event`` is None for a code that this version does not know.

    ``actor`` is empty for the system itself; ``person`` names whom the entry is about, where it is about
    somebody; ``payload`` holds codes and numbers, without what only the check of the chain is about.
    """

    sequence: int
    at: datetime
    actor: str
    event: Event | None
    code: str
    person: str
    payload: dict[str, Any]
    hash: str


def procedure_log(procedure: Procedure) -> Listing[LogRow]:
    """Return what the chain holds about a procedure, newest first. Two queries a page, one to count."""
    found = AuditEntry.objects.filter(subject=f"procedure:{procedure.ref}").order_by("-sequence")
    return Listing(found, _rows)


def _rows(page: QuerySet[AuditEntry]) -> list[LogRow]:
    return log_rows([link_of(entry) for entry in page])


def log_rows(links: Sequence[Link]) -> list[LogRow]:
    """Return entries with names in place of references. One query."""
    names = _names(links)
    return [_row(link, names) for link in links]


def _names(links: Iterable[Link]) -> dict[str, str]:
    refs = {link.actor.removeprefix(_PERSON) for link in links}
    refs |= {str(link.payload["person"]) for link in links if "person" in link.payload}
    return dict(Person.objects.filter(ref__in=refs).values_list("ref", "name"))


def _row(link: Link, names: dict[str, str]) -> LogRow:
    actor = link.actor.removeprefix(_PERSON)
    about = str(link.payload.get("person", ""))
    return LogRow(
        sequence=link.sequence,
        at=datetime.fromisoformat(link.at),
        actor=names.get(actor, erased_name()) if link.actor.startswith(_PERSON) else "",
        event=_EVENTS.get(link.code),
        code=link.code,
        person=names.get(about, erased_name()) if about else "",
        payload={key: value for key, value in link.payload.items() if key not in _INNER},
        hash=link.hash,
    )
