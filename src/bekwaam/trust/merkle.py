"""The tree of the log: hashes, proofs that a leaf is in it, proofs that it only ever grew.

Source: RFC 6962, section 2.1; the checks of proofs are those of RFC 9162, sections 2.1.3.2 and 2.1.4.2. Of
every full subtree the hash is stored once (:class:`Nodes`), so that adding a leaf and making a proof take a
number of steps that grows with the logarithm of the size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final, Protocol

from bekwaam.trust.reasons import Reason, Refused

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
MOST_LEAVES: Final = 2**48


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two others."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Nodes(Protocol):
    """The stored hashes: of level 0 the leaves, of level n the full subtrees of 2**n leaves."""

    def get(self, level: int, index: int) -> bytes:
        """Return the hash of the subtree with leaves ``index * 2**level`` and on; it is full and stored."""
        ...

    def put(self, level: int, index: int, value: bytes) -> None:
        """Store a hash. It is stored once and never changed."""
        ...


class MemoryNodes:
    """Stored hashes in memory: for tests, and for checking a whole log."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[int, int], bytes] = {}

    def get(self, level: int, index: int) -> bytes:
        """Return a stored hash; raises KeyError when it is not there."""
        return self._nodes[level, index]

    def put(self, level: int, index: int, value: bytes) -> None:
        """Store a hash; raises ValueError when there is another one already."""
        if self._nodes.setdefault((level, index), value) != value:
            raise ValueError("a log only grows")


def append(nodes: Nodes, size: int, leaf: bytes) -> int:
    """Add the leaf with hash ``leaf`` to a tree of ``size`` leaves, and return the new size."""
    nodes.put(0, size, leaf)
    level, index, value = 0, size, leaf
    while index % 2:
        value = node_hash(nodes.get(level, index - 1), value)
        level, index = level + 1, index // 2
        nodes.put(level, index, value)
    return size + 1


def _full_subtrees(begin: int, end: int) -> list[tuple[int, int]]:
    """Return (level, index) of the full subtrees that make up leaves ``begin`` to ``end``, from left to
    right.
    """
    found = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        if begin:
            level = min(level, (begin & -begin).bit_length() - 1)
        found.append((level, begin >> level))
        begin += 1 << level
    return found


def _hash_of(nodes: Nodes, begin: int, end: int) -> bytes:
    """Return the hash of the subtree of leaves ``begin`` to ``end``, where ``begin`` is one that RFC 6962
    cuts at.
    """
    subtrees = _full_subtrees(begin, end)
    value = nodes.get(*subtrees[-1])
    for subtree in reversed(subtrees[:-1]):
        value = node_hash(nodes.get(*subtree), value)
    return value


def root(nodes: Nodes, size: int) -> bytes:
    """Return the hash of the whole tree when it had ``size`` leaves."""
    return _hash_of(nodes, 0, size) if size else EMPTY_ROOT


def _cut(size: int) -> int:
    """Return the largest power of two below ``size``."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(nodes: Nodes, index: int, size: int) -> tuple[bytes, ...]:
    """Return the proof that leaf ``index`` is in the tree of ``size`` leaves; raises Refused (SHAPE)."""
    if not 0 <= index < size:
        raise Refused(Reason.SHAPE, "no such leaf")
    begin, end, proof = 0, size, []
    while end - begin > 1:
        middle = begin + _cut(end - begin)
        if index < middle:
            proof.append(_hash_of(nodes, middle, end))
            end = middle
        else:
            proof.append(_hash_of(nodes, begin, middle))
            begin = middle
    return tuple(reversed(proof))


def consistency_proof(nodes: Nodes, old: int, new: int) -> tuple[bytes, ...]:
    """Return the proof that the tree of ``old`` leaves is the beginning of that of ``new``; raises
    Refused.
    """
    if not 0 < old <= new:
        raise Refused(Reason.SHAPE, "no such size")
    begin, end, proof = 0, new, []
    while old != end:
        middle = begin + _cut(end - begin)
        if old <= middle:
            proof.append(_hash_of(nodes, middle, end))
            end = middle
        else:
            proof.append(_hash_of(nodes, begin, middle))
            begin = middle
    if begin:
        proof.append(_hash_of(nodes, begin, end))
    return tuple(reversed(proof))


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root_hash: bytes) -> bool:
    """Tell whether ``proof`` shows that ``leaf`` is number ``index`` in the tree of ``size`` with
    ``root_hash``.
    """
    if not 0 <= index < size <= MOST_LEAVES or not _are_hashes(leaf, root_hash, *proof):
        return False
    node, last, value = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if node % 2 or node == last:
            value = node_hash(step, value)
            while not node % 2 and node:
                node, last = node // 2, last // 2
        else:
            value = node_hash(value, step)
        node, last = node // 2, last // 2
    return last == 0 and value == root_hash


def is_consistent(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether ``proof`` shows that the tree of ``old`` leaves is the beginning of the one of ``new``."""
    if not 0 <= old <= new <= MOST_LEAVES or not _are_hashes(old_root, new_root, *proof):
        return False
    if old in (0, new):
        expected = EMPTY_ROOT if old == 0 else new_root
        return not proof and old_root == expected
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    if not steps:
        return False
    node, last = old - 1, new - 1
    while node % 2:
        node, last = node // 2, last // 2
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if node % 2 or node == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not node % 2 and node:
                node, last = node // 2, last // 2
        else:
            second = node_hash(second, step)
        node, last = node // 2, last // 2
    return last == 0 and first == old_root and second == new_root


def _are_hashes(*values: bytes) -> bool:
    return len(values) <= 130 and all(len(value) == HASH_BYTES for value in values)
