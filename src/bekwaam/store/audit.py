"""Writes the audit chain: the one place where entries are made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final

from django.db import connection, transaction

from bekwaam.domain.events import ERASING, Event
from bekwaam.store.models import AuditEntry, AuditOpening, ChainHead, Person
from bekwaam.store.models.shared import Committed
from bekwaam.trust.canonical import canonical_json
from bekwaam.trust.chain import GENESIS, link_hash
from bekwaam.trust.commitments import commit, new_salt

SYSTEM = "system"
_BATCH: Final = 500


def actor_name(person: Person | None) -> str:
    """Return how the chain names somebody: by a reference that says nothing by itself."""
    return f"person:{person.ref}" if person else SYSTEM


def append(
    event: Event,
    *,
    actor: Person | None,
    subject: str,
    now: datetime,
    payload: dict[str, Any] | None = None,
    content: Iterable[Committed] = (),
) -> AuditEntry:
    """Add an entry to the chain, inside the caller's transaction.

    ``payload`` may hold codes, references and numbers, never personal content; rows in ``content`` are
    committed to with a fresh salt each. Raises RuntimeError outside a transaction: an entry that stays
    when its write is rolled back, or the other way round, would be a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an audit entry must be written in the transaction of what it records")
    if payload and "erased" in payload and event not in ERASING:
        raise ValueError(f"nothing is erased with {event}: the audit check would not believe it")
    head = _lock_head()
    openings = [(type(row).__name__, row.pk, new_salt(), row.committed()) for row in content]
    full = dict(payload or {})
    if openings:
        full["commitments"] = [
            {"table": table, "row": pk, "commitment": commit(salt, value)}
            for table, pk, salt, value in openings
        ]
    text = canonical_json(full).decode()
    values = {
        "sequence": head.sequence + 1,
        "at": now.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": actor_name(actor),
        "code": event.value,
        "subject": subject,
        "previous": head.hash,
    }
    entry = AuditEntry.objects.create(**values, payload=text, hash=link_hash(**values, payload=full))
    AuditOpening.objects.bulk_create(
        AuditOpening(entry=entry, table=table, row=pk, salt=salt) for table, pk, salt, _ in openings
    )
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save(update_fields=["sequence", "hash"])
    return entry


def hold() -> None:
    """Let others who write wait until the transaction ends, without writing an entry oneself."""
    _lock_head()


def _lock_head() -> ChainHead:
    """Return the end of the chain, locked until the transaction ends."""
    head = ChainHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        with transaction.atomic():
            ChainHead.objects.get_or_create(pk=1, defaults={"hash": GENESIS})
        head = ChainHead.objects.select_for_update().get(pk=1)
    return head


def drop_openings(row: Committed) -> None:
    """Forget what opens the commitments to a row that is being erased; the chain itself holds."""
    drop_openings_of(type(row).__name__, [row.pk])


def drop_openings_of(table: str, rows: Iterable[int]) -> None:
    """Forget what opens the commitments to many rows of one table, a batch at a time."""
    keys = iter(rows)
    while batch := list(islice(keys, _BATCH)):
        AuditOpening.objects.filter(table=table, row__in=batch).delete()


def erased(row: Committed) -> dict[str, Any]:
    """Return how an entry's payload, under "erased", names a row that goes with what opens it."""
    return {"table": type(row).__name__, "row": row.pk}
