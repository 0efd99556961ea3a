"""The manifest of a portfolio: another text, tie or file is another hash."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bekwaam.domain.portfolio.snapshot import FrozenPiece, manifest
from bekwaam.trust.canonical import hash_of

PIECE = FrozenPiece("abc", {"title": "Verhaal", "story": {"task": "x"}}, (("1.1", "omdat"),), "f" * 64)


def overall(*pieces: FrozenPiece) -> str:
    return hash_of(manifest("p", 1, "s", pieces))


@pytest.mark.parametrize(
    "changed",
    [
        replace(PIECE, content={**PIECE.content, "title": "Verhaal."}),
        replace(PIECE, ties=(("1.1", "daarom"),)),
        replace(PIECE, ties=(("1.2", "omdat"),)),
        replace(PIECE, file="e" * 64),
        replace(PIECE, file=None),
        replace(PIECE, ref="abd"),
    ],
)
def test_any_change_to_a_piece_changes_the_hash_of_the_whole(changed: FrozenPiece) -> None:
    assert overall(changed) != overall(PIECE)


def test_the_hash_is_of_the_whole_and_in_order() -> None:
    other = replace(PIECE, ref="xyz")
    assert len({overall(PIECE), overall(PIECE, other), overall(other, PIECE)}) == 3


def test_each_piece_is_listed_with_the_hash_of_its_text_and_file() -> None:
    [listed] = manifest("p", 1, "s", (PIECE,))["items"]
    assert listed == {"ref": "abc", "text": PIECE.content_sha256, "file": "f" * 64}
