"""The hashes of the tree as they are stored: whatever a computation asks for is fetched in one query."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q

from bekwaam.store.models import LogNode
from bekwaam.trust.merkle import HASH_BYTES, Nodes

_BLANK: Final = bytes(HASH_BYTES)
Place = tuple[int, int]


class _Asked:
    """Stored hashes that are none: it notes which are asked for and were not put there just before."""

    def __init__(self) -> None:
        self.places: set[Place] = set()
        self._put: set[Place] = set()

    def get(self, level: int, index: int) -> bytes:
        if (level, index) not in self._put:
            self.places.add((level, index))
        return _BLANK

    def put(self, level: int, index: int, value: bytes) -> None:
        self._put.add((level, index))


class StoredNodes:
    """The hashes that one computation needs; what it puts is written by :meth:`save`, once and for all."""

    def __init__(self, known: dict[Place, bytes]) -> None:
        self._known = known
        self._new: dict[Place, bytes] = {}

    def get(self, level: int, index: int) -> bytes:
        """Return a hash; raises KeyError for one that is not stored."""
        return self._known[level, index]

    def put(self, level: int, index: int, value: bytes) -> None:
        """Keep a hash that is to be stored."""
        self._known[level, index] = self._new[level, index] = value

    def save(self) -> None:
        """Write what was put. One query; raises IntegrityError where there is such a hash already."""
        rows = [LogNode(level=level, index=at, value=value) for (level, at), value in self._new.items()]
        LogNode.objects.bulk_create(rows)
        self._new = {}


def nodes_for(work: Callable[[Nodes], Any]) -> StoredNodes:
    """Return the stored hashes that ``work`` will ask for. One query, or none.

    Which those are hangs on numbers alone, never on the hashes, so a first run without any tells.
    """
    asked = _Asked()
    work(asked)
    by_level: dict[int, list[int]] = {}
    for level, index in asked.places:
        by_level.setdefault(level, []).append(index)
    if not by_level:
        return StoredNodes({})
    wanted = reduce(or_, (Q(level=level, index__in=places) for level, places in by_level.items()))
    rows = LogNode.objects.filter(wanted).values_list("level", "index", "value")
    return StoredNodes({(level, index): bytes(value) for level, index, value in rows})
