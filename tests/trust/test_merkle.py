"""The tree of the log, held against the simplest way to write it down."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bekwaam.trust.merkle import (
    EMPTY_ROOT,
    MemoryNodes,
    append,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    root,
)
from bekwaam.trust.reasons import Refused


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """The definition of RFC 6962, section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    cut = 1
    while cut * 2 < len(leaves):
        cut *= 2
    return hashlib.sha256(b"\x01" + naive_root(leaves[:cut]) + naive_root(leaves[cut:])).digest()


def naive_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Section 2.1.1."""
    if len(leaves) == 1:
        return []
    cut = 1
    while cut * 2 < len(leaves):
        cut *= 2
    if index < cut:
        return [*naive_path(index, leaves[:cut]), naive_root(leaves[cut:])]
    return [*naive_path(index - cut, leaves[cut:]), naive_root(leaves[:cut])]


def naive_growth(old: int, leaves: Sequence[bytes], whole: bool = True) -> list[bytes]:
    """Section 2.1.2."""
    if old == len(leaves):
        return [] if whole else [naive_root(leaves)]
    cut = 1
    while cut * 2 < len(leaves):
        cut *= 2
    if old <= cut:
        return [*naive_growth(old, leaves[:cut], whole), naive_root(leaves[cut:])]
    return [*naive_growth(old - cut, leaves[cut:], False), naive_root(leaves[:cut])]


def grown(leaves: Sequence[bytes]) -> MemoryNodes:
    nodes, size = MemoryNodes(), 0
    for leaf in leaves:
        size = append(nodes, size, leaf_hash(leaf))
    assert size == len(leaves)
    return nodes


def some(number: int) -> list[bytes]:
    return [b"leaf %d" % at for at in range(number)]


# The test data of Certificate Transparency: these leaves, and the roots of the first so many of them.
CT_LEAVES = [
    bytes.fromhex(it)
    for it in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert root(grown(CT_LEAVES), size).hex() == CT_ROOTS[size - 1]


def test_an_empty_log_has_the_hash_of_nothing() -> None:
    assert root(MemoryNodes(), 0) == EMPTY_ROOT == naive_root([])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_trees_and_proofs_are_those_of_the_definition(data: st.DataObject) -> None:
    leaves = some(data.draw(st.integers(1, 70)))
    nodes, size = grown(leaves), data.draw(st.integers(1, len(leaves)))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    top = root(nodes, size)
    assert top == naive_root(leaves[:size])

    path = inclusion_proof(nodes, index, size)
    assert list(path) == naive_path(index, leaves[:size])
    assert is_included(leaf_hash(leaves[index]), index, size, path, top)

    growth = consistency_proof(nodes, old, size)
    assert list(growth) == naive_growth(old, leaves[:size])
    assert is_consistent(old, size, root(nodes, old), top, growth)


def test_every_place_in_every_small_tree_is_proven_and_no_other() -> None:
    leaves = some(17)
    nodes = grown(leaves)
    for size in range(1, 18):
        top = root(nodes, size)
        for index in range(size):
            path = inclusion_proof(nodes, index, size)
            for claimed in range(size):
                found = is_included(leaf_hash(leaves[index]), claimed, size, path, top)
                assert found is (claimed == index)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_changed_proof_proves_nothing(data: st.DataObject) -> None:
    leaves = some(data.draw(st.integers(2, 40)))
    nodes, size = grown(leaves), len(leaves)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size - 1))
    top, path, growth = (
        root(nodes, size),
        inclusion_proof(nodes, index, size),
        consistency_proof(nodes, old, size),
    )
    leaf, first = leaf_hash(leaves[index]), root(nodes, old)
    at, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))

    def flipped(value: bytes) -> bytes:
        return (int.from_bytes(value) ^ (1 << bit)).to_bytes(32)

    changed = [flipped(it) if place == at else it for place, it in enumerate(path)]
    assert not is_included(leaf, index, size, changed, top)
    assert not is_included(flipped(leaf), index, size, path, top)
    assert not is_included(leaf, index, size, path, flipped(top))
    assert not is_included(leaf, index, size, path[:-1], top)
    assert not is_included(leaf, index, size, [*path, top], top)

    assert not is_consistent(old, size, flipped(first), top, growth)
    assert not is_consistent(old, size, first, flipped(top), growth)
    assert not is_consistent(old, size, first, top, growth[:-1])
    assert not is_consistent(old, size, first, top, [*growth, top])
    place = data.draw(st.integers(0, len(growth) - 1))
    assert not is_consistent(
        old, size, first, top, [flipped(it) if at == place else it for at, it in enumerate(growth)]
    )


@pytest.mark.parametrize("edited", range(6))
def test_an_edited_leaf_shows_in_every_later_root(edited: int) -> None:
    leaves = some(9)
    changed = [b"edited" if at == edited else leaf for at, leaf in enumerate(leaves)]
    before, after = grown(leaves), grown(changed)
    for size in range(edited + 1, 10):
        assert root(before, size) != root(after, size)
    growth = consistency_proof(after, 7, 9)
    assert not is_consistent(7, 9, root(before, 7), root(after, 9), growth)


def test_a_removed_or_swapped_leaf_shows() -> None:
    leaves = some(8)
    swapped = [*leaves[:3], leaves[4], leaves[3], *leaves[5:]]
    assert root(grown(leaves), 8) != root(grown(swapped), 8)
    assert root(grown(leaves[1:]), 7) != root(grown(leaves), 7)


def test_a_stored_hash_is_never_changed() -> None:
    nodes = grown(some(4))
    with pytest.raises(ValueError, match="grows"):
        append(nodes, 2, leaf_hash(b"another"))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_no_proof_is_made_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(Refused):
        inclusion_proof(grown(some(3)), index, size)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 2)])
def test_no_growth_is_proven_to_a_smaller_tree(old: int, new: int) -> None:
    nodes = grown(some(3))
    with pytest.raises(Refused):
        consistency_proof(nodes, old, new)
    assert not is_consistent(old, new, EMPTY_ROOT, root(nodes, 3), [EMPTY_ROOT])


def test_nothing_is_the_beginning_of_every_log() -> None:
    top = root(grown(some(3)), 3)
    assert is_consistent(0, 3, EMPTY_ROOT, top, [])
    assert not is_consistent(0, 3, top, top, [])
    assert is_consistent(3, 3, top, top, [])
    assert not is_consistent(3, 3, EMPTY_ROOT, top, [])
    assert not is_consistent(2, 3, top, top, [])


def test_a_node_is_no_leaf() -> None:
    nodes = grown(some(2))
    pair = nodes.get(0, 0) + nodes.get(0, 1)
    assert leaf_hash(pair) != root(nodes, 2)


@pytest.mark.parametrize("size", [1, 1_000, 4_095])
def test_adding_and_proving_take_few_steps(size: int) -> None:
    class Counting(MemoryNodes):
        steps = 0

        def get(self, level: int, index: int) -> bytes:
            self.steps += 1
            return super().get(level, index)

    nodes = Counting()
    for at in range(size):
        append(nodes, at, leaf_hash(b"%d" % at))
    for act in (
        lambda: append(nodes, size, leaf_hash(b"new")),
        lambda: root(nodes, size + 1),
        lambda: inclusion_proof(nodes, size // 2, size + 1),
        lambda: consistency_proof(nodes, (size + 1) // 2, size + 1),
    ):
        nodes.steps = 0
        act()
        assert nodes.steps <= 3 * 13
