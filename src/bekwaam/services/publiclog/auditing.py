"""Whether the database still agrees with what the public log says: its own tree, and what its leaves tell.

Who can write in the database can change a row, and put the hashes right that stand beside it. What they
cannot change is what others have seen: this finds what was changed without care, and whoever watches the log
finds the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from itertools import islice
from operator import or_
from typing import Final

from django.db.models import Max, Q

from bekwaam.store.models import LogCheckpoint, LogHead, LogLeaf, LogNode, SigningKey
from bekwaam.trust.checkpoints import read_checkpoint
from bekwaam.trust.entries import LogEntry
from bekwaam.trust.growing import Growing
from bekwaam.trust.keys import PublicKey
from bekwaam.trust.merkle import leaf_hash
from bekwaam.trust.notes import NoteKey
from bekwaam.trust.reasons import Refused

BATCH: Final = 1000


class LogFault(StrEnum):
    """How the database can be at odds with the public log."""

    LEAF_GONE = "leaf_gone"
    LEAF_CHANGED = "leaf_changed"
    NODE_CHANGED = "node_changed"
    CHECKPOINT = "checkpoint"
    CUT_OFF = "cut_off"
    NOT_SIGNED = "not_signed"
    CHAIN = "chain"
    NO_LEAF = "no_leaf"
    NO_CERTIFICATE = "no_certificate"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class LogBreak:
    """One thing that does not agree: at which leaf (of a checkpoint: at which size), and about what."""

    fault: LogFault
    index: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class TreeWalk:
    """What going through the tree found: how many leaves there are, and the first thing that is wrong."""

    size: int
    broken: LogBreak | None = None


def leaves() -> Iterator[list[LogLeaf]]:
    """Yield all leaves, a batch at a time."""
    rows = LogLeaf.objects.order_by("index").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        yield batch


def walk_tree() -> TreeWalk:
    """Make all hashes anew from the leaves; stop at the first leaf, hash or checkpoint that does not fit.

    Every checkpoint that was ever signed is held against the leaves. Memory stays flat; three queries for
    every thousand leaves.
    """
    tree, remembered = Growing(), _remembered()
    keys = tuple(SigningKey.objects.filter(provider=None).values_list("public", flat=True))
    for batch in leaves():
        broken = _first_in(batch, tree, keys)
        if broken:
            return TreeWalk(tree.size, broken)
    return TreeWalk(tree.size, _at_the_end(tree.size, remembered))


def _remembered() -> int:
    """Return how many leaves there are at the least, by all that remembers it. Asked before walking: a log
    may grow meanwhile.
    """
    head = LogHead.objects.filter(pk=1).values_list("size", flat=True).first()
    signed = LogCheckpoint.objects.aggregate(last=Max("size"))["last"]
    node = LogNode.objects.filter(level=0).aggregate(last=Max("index"))["last"]
    return max(head or 0, signed or 0, 0 if node is None else node + 1)


def _first_in(batch: list[LogLeaf], tree: Growing, keys: Sequence[str]) -> LogBreak | None:
    begin, end = tree.size, tree.size + len(batch)
    stored = _stored(begin, end)
    signed = dict(LogCheckpoint.objects.filter(size__gt=begin, size__lte=end).values_list("size", "note"))
    for leaf in batch:
        if leaf.index != tree.size:
            return LogBreak(LogFault.LEAF_GONE, tree.size)
        if not _says_what_it_hashes(leaf):
            return LogBreak(LogFault.LEAF_CHANGED, leaf.index)
        for level, index, value in tree.add(leaf_hash(leaf.data.encode())):
            if stored.get((level, index)) != value:
                return LogBreak(LogFault.NODE_CHANGED if level else LogFault.LEAF_CHANGED, leaf.index)
        if tree.size in signed and not _holds(signed[tree.size], tree, keys):
            return LogBreak(LogFault.CHECKPOINT, tree.size)
    return None


def _stored(begin: int, end: int) -> dict[tuple[int, int], bytes]:
    """Return the hashes of the subtrees that became full with leaves ``begin`` to ``end``. One query."""
    levels = range(end.bit_length())
    became = (Q(level=at, index__gte=begin >> at, index__lt=end >> at) for at in levels if end >> at)
    rows = LogNode.objects.filter(reduce(or_, became)).values_list("level", "index", "value")
    return {(level, index): bytes(value) for level, index, value in rows}


def _says_what_it_hashes(leaf: LogLeaf) -> bool:
    """Tell whether a leaf can be read, and is found by what stands in it."""
    try:
        entry = LogEntry.read(leaf.data.encode())
    except Refused:
        return False
    written = (leaf.kind, leaf.of, leaf.at.replace(microsecond=0))
    return written == (str(entry.kind), entry.of, entry.at)


def _holds(note: str, tree: Growing, keys: Sequence[str]) -> bool:
    """Tell whether a checkpoint says what the leaves come to, signed by a key of the log.

    The name of the log is not looked at: it changes when the installation moves to another host.
    """
    return any(_is_signed(note, tree, key) for key in keys)


def _is_signed(note: str, tree: Growing, key: str) -> bool:
    try:
        named = NoteKey(note.partition("\n")[0], PublicKey.from_multibase(key))
        signed = read_checkpoint(note, named)
    except Refused:
        return False
    return (signed.size, signed.root) == (tree.size, tree.root)


def _at_the_end(size: int, remembered: int) -> LogBreak | None:
    if remembered > size:
        return LogBreak(LogFault.CUT_OFF, size)
    last = LogCheckpoint.objects.aggregate(last=Max("size"))["last"]
    if size > (last or 0):
        return LogBreak(LogFault.NOT_SIGNED, size)
    return None
