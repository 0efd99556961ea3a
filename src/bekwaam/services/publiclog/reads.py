"""What anybody may ask of the public log. Nothing is signed or written here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bekwaam.services.publiclog.nodes import nodes_for
from bekwaam.services.publiclog.writing import proof
from bekwaam.services.signing.names import ref_of
from bekwaam.services.signing.ring import log_key
from bekwaam.store.models import LogCheckpoint, LogLeaf, Provider
from bekwaam.trust.entries import Kind, LogEntry
from bekwaam.trust.logproofs import LogProof
from bekwaam.trust.merkle import Nodes, consistency_proof
from bekwaam.trust.reasons import Reason, Refused

MOST_ENTRIES: Final = 1000


@dataclass(frozen=True, slots=True)
class Signed:
    """The last signed state of the log: how many leaves, the note, and when it was signed."""

    size: int
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A leaf with its number; ``name`` is that of the provider, empty for the installation itself.

    ``entry`` is None for a leaf that was changed until it could not be read any more.
    """

    index: int
    entry: LogEntry | None
    name: str


def latest() -> Signed | None:
    """Return the last signed state; None while nothing was ever logged. One query."""
    row = LogCheckpoint.objects.order_by("-size").first()
    return Signed(row.size, row.note, row.signed_at) if row else None


def key_text() -> str | None:
    """Return the key of the log as others configure it; None while nothing was ever logged.

    Only a log with something in it has a key for certain: who reads must not make one. Two queries.
    """
    return log_key().text if LogCheckpoint.objects.exists() else None


def leaves_of(digest: str) -> tuple[LogEntry, ...]:
    """Return what was logged of a credential, a key or a state of the chain, oldest first. One query.

    A leaf that was changed until it cannot be read is passed over.
    """
    found = LogLeaf.objects.filter(of=digest).order_by("index")
    return tuple(entry for leaf in found if (entry := read_leaf(leaf)) is not None)


def proof_of(digest: str, kind: Kind | None = None) -> LogProof | None:
    """Return the proof of what was first logged of ``digest``: of a credential, that it was issued.

    With ``kind`` the last leaf of that kind. None where there is none. Four queries.
    """
    found = LogLeaf.objects.filter(of=digest)
    if kind is not None:
        found = found.filter(kind=str(kind)).order_by("-index")
    index = found.values_list("index", flat=True).first()
    return None if index is None else proof(index)


def consistency(old: int, new: int) -> tuple[bytes, ...]:
    """Return the proof that the log of ``new`` leaves began with that of ``old``. Two queries.

    Raises Refused (SHAPE) unless 0 < old ≤ new ≤ the size of the last checkpoint.
    """
    signed = latest()
    if signed is None or new > signed.size:
        raise Refused(Reason.SHAPE, "no such size")

    def steps(nodes: Nodes) -> tuple[bytes, ...]:
        return consistency_proof(nodes, old, new)

    return steps(nodes_for(steps))


def entries(start: int, count: int) -> tuple[str, ...]:
    """Return the texts of ``count`` leaves, ``MOST_ENTRIES`` at most, from number ``start``. One query."""
    stop = start + min(count, MOST_ENTRIES)
    found = LogLeaf.objects.filter(index__gte=start, index__lt=stop).order_by("index")
    return tuple(found.values_list("data", flat=True))


def newest(count: int) -> tuple[NewEntry, ...]:
    """Return the last ``count`` leaves, newest first, with who they are of. Two queries."""
    found = LogLeaf.objects.order_by("-index")[:count]
    read = [(leaf.index, read_leaf(leaf)) for leaf in found]
    refs = {index: ref_of(entry.issuer) if entry and entry.issuer else "" for index, entry in read}
    names = dict(Provider.objects.filter(ref__in=set(refs.values()) - {""}).values_list("ref", "name"))
    return tuple(NewEntry(index, entry, names.get(refs[index], "")) for index, entry in read)


def read_leaf(leaf: LogLeaf) -> LogEntry | None:
    """Return what a leaf says; None where nothing can be made of it, as when it was changed."""
    try:
        return LogEntry.read(leaf.data.encode())
    except Refused:
        return None
