"""Variety: in how many different situations evidence arose."""

from __future__ import annotations

import pytest

from bekwaam.domain.portfolio.contexts import Dimension, check_contexts, variety

KNOWN = {Dimension.SETTING: {"W1", "W2"}, Dimension.REACH: {"one"}}


@pytest.mark.parametrize(
    ("pieces", "number"),
    [
        ([], 0),
        ([({}, "")], 0),
        ([({"setting": "W1"}, "")], 1),
        ([({"setting": "W1"}, ""), ({"setting": "W1"}, "")], 1),
        ([({"setting": "W1"}, ""), ({"setting": "W2"}, "")], 2),
        ([({"setting": "W1", "reach": "one"}, ""), ({"setting": "W1", "reach": "group"}, "")], 2),
        ([({"setting": "W1"}, ""), ({"reach": "one"}, "")], 1),
        ([({}, "Wijkteam Noord"), ({}, " wijkteam  noord ")], 1),
        ([({}, "Wijkteam"), ({}, "Buurthuis"), ({}, "School")], 3),
        ([({"setting": ""}, "")], 0),
    ],
)
def test_variety_is_the_most_different_answers_to_one_question(
    pieces: list[tuple[dict[str, str], str]], number: int
) -> None:
    assert variety(pieces) == number


def test_only_what_is_in_the_list_can_be_chosen() -> None:
    assert check_contexts({"setting": "W1", "reach": "one", "group": ""}, KNOWN) == ()
    found = check_contexts({"setting": "W9", "place": "x", "group": "children"}, KNOWN)
    assert [(f.name, f.reason) for f in found] == [
        ("setting", "unknown"),
        ("place", "unknown"),
        ("group", "unknown"),
    ]
