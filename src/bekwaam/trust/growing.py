"""Going through a log leaf by leaf: which hashes its tree has, without keeping them all.

Source: RFC 6962, section 2.1. What is kept are the full subtrees that are not part of a larger one yet: one
for every bit of the size.
"""

from __future__ import annotations

from bekwaam.trust.merkle import EMPTY_ROOT, node_hash


class Growing:
    """A tree of which only the edge is in memory."""

    def __init__(self) -> None:
        self.size = 0
        self._edge: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add the leaf with hash ``leaf``; return the (level, index, hash) of all subtrees it makes full."""
        index, level, value = self.size, 0, leaf
        full = [(level, index, value)]
        while self._edge and self._edge[-1][0] == level:
            value = node_hash(self._edge.pop()[1], value)
            level, index = level + 1, index // 2
            full.append((level, index, value))
        self._edge.append((level, value))
        self.size += 1
        return full

    @property
    def root(self) -> bytes:
        """The hash of the tree as it is now."""
        if not self._edge:
            return EMPTY_ROOT
        value = self._edge[-1][1]
        for _, left in reversed(self._edge[:-1]):
            value = node_hash(left, value)
        return value
