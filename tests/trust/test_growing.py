"""Going through a log leaf by leaf gives the hashes and roots that the stored tree has."""

from __future__ import annotations

from bekwaam.trust.growing import Growing
from bekwaam.trust.merkle import EMPTY_ROOT, MemoryNodes, append, leaf_hash, root


def test_leaf_by_leaf_gives_every_hash_and_root_of_the_stored_tree() -> None:
    nodes, tree = MemoryNodes(), Growing()
    assert tree.root == EMPTY_ROOT
    for size in range(70):
        leaf = leaf_hash(bytes([size]))
        append(nodes, size, leaf)
        full = tree.add(leaf)
        assert full[0] == (0, size, leaf)
        for level, index, value in full:
            nodes.put(level, index, value)  # the same, or it is refused
            assert (index + 1) << level == size + 1
        assert len(full) == ((size + 1) & -(size + 1)).bit_length()
        assert (tree.size, tree.root) == (size + 1, root(nodes, size + 1))
