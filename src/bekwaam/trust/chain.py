"""The audit chain: entries that each carry the hash of the one before.

Changing, removing or reordering any entry breaks every hash after it. That somebody rewrote the whole
chain shows as soon as one earlier head is known elsewhere; publishing heads is the transparency log's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from bekwaam.trust.canonical import hash_of

GENESIS: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as it stands in the chain. ``at`` is RFC 3339 in UTC with microseconds."""

    sequence: int
    at: str
    actor: str
    code: str
    subject: str
    payload: dict[str, Any]
    previous: str
    hash: str


def link_hash(
    *, sequence: int, at: str, actor: str, code: str, subject: str, payload: dict[str, Any], previous: str
) -> str:
    """Return the hash that an entry with this content must carry."""
    return hash_of(
        {
            "sequence": sequence,
            "at": at,
            "actor": actor,
            "code": code,
            "subject": subject,
            "payload": payload,
            "previous": previous,
        }
    )


class BreakKind(StrEnum):
    """How a chain can be broken."""

    CONTENT = "content"
    PREVIOUS = "previous"
    SEQUENCE = "sequence"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Walk:
    """What walking the chain found: how many entries, the last hash, and the first broken link."""

    length: int
    head: str
    broken_at: int | None = None
    kind: BreakKind | None = None

    @property
    def whole(self) -> bool:
        """Tell whether no link is broken."""
        return self.broken_at is None


def carries_its_hash(link: Link) -> bool:
    """Tell whether an entry carries the hash of its own content."""
    try:
        wanted = link_hash(
            sequence=link.sequence,
            at=link.at,
            actor=link.actor,
            code=link.code,
            subject=link.subject,
            payload=link.payload,
            previous=link.previous,
        )
    except ValueError:  # what canonical JSON cannot carry was never hashed
        return False
    return link.hash == wanted


def walk(links: Iterable[Link]) -> Walk:
    """Walk ``links`` in order of sequence and stop at the first that does not fit."""
    previous, expected = GENESIS, 1
    for link in links:
        if link.sequence != expected:
            return Walk(expected - 1, previous, expected, BreakKind.SEQUENCE)
        if link.previous != previous:
            return Walk(expected - 1, previous, expected, BreakKind.PREVIOUS)
        if not carries_its_hash(link):
            return Walk(expected - 1, previous, expected, BreakKind.CONTENT)
        previous, expected = link.hash, expected + 1
    return Walk(expected - 1, previous)
