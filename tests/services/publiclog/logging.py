"""Putting things in the public log, for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import transaction

from bekwaam.services.publiclog.writing import add
from bekwaam.trust.entries import Kind, LogEntry

MOMENT = datetime(2026, 11, 26, 9, tzinfo=UTC)
ISSUER = "did:web:localhost%3A8000:aanbieder:abc"


def entry(number: int, kind: Kind = Kind.ISSUED, of: str = "", **more: str) -> LogEntry:
    """Return a leaf; those of different numbers differ."""
    at = MOMENT + timedelta(minutes=number)
    return LogEntry(kind, of or f"uEi{number}", at, ISSUER, tuple(sorted(more.items())))


def logged(*entries: LogEntry) -> list[int]:
    """Add each in a transaction of its own."""
    numbers = []
    for one in entries:
        with transaction.atomic():
            numbers.append(add(one))
    return numbers
