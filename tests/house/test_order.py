"""Long tests come first in the part of every process, by file, and no test is lost on the way."""

from __future__ import annotations

import pytest

from tests.order import in_parts


@pytest.mark.parametrize(
    ("long", "short", "workers", "ordered"),
    [
        ("A B C D", "efghijkl", 2, "ACefghBDijkl"),
        ("AA BBB C", "efgh", 2, "AACefBBBgh"),
        ("A B CD", "efgh", 1, "ABCDefgh"),
        ("A B C DE", "", 2, "ACBDE"),
        ("", "efg", 2, "efg"),
        ("A B C", "d", 4, "ABCd"),
    ],
)
def test_each_part_begins_with_its_share_of_the_long_ones(
    long: str, short: str, workers: int, ordered: str
) -> None:
    assert "".join(in_parts(long.split(), short, workers)) == ordered
