"""Which words two texts share, to the letter."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bekwaam.domain.signs.passages import marked, shared_passages
from bekwaam.domain.signs.prints import Known
from tests.domain.signs.stories import TEXTS, edited, in_fields

COPIED = "Elke dinsdag dronken we koffie in de keuken van het buurthuis en schreven samen brieven."


def cut(texts: dict[str, str], stretch: object) -> str:
    return texts[stretch.field][stretch.start : stretch.end]  # type: ignore[attr-defined]


def test_a_copied_passage_is_cut_out_of_both_with_its_small_words() -> None:
    own = {"situation": f"Vorig jaar begon ik hier. {COPIED} Dat hielp."}
    other = {"result": f"Toen kwam de zomer. {COPIED} Niemand wist ervan."}
    (shared,) = shared_passages(own, other)
    assert cut(own, shared.own) == COPIED
    assert cut(other, shared.other) == COPIED
    assert shared.other.field == "result"


def test_a_changed_name_inside_stays_inside_the_passage() -> None:
    own = {"a": COPIED.replace("samen", "met Fatima samen")}
    other = {"b": COPIED.replace("samen", "met Kees samen")}
    (shared,) = shared_passages(own, other)
    assert (cut(own, shared.own), cut(other, shared.other)) == (own["a"], other["b"])


@pytest.mark.parametrize("number", range(0, 40, 7))
def test_passages_lie_in_their_fields_and_hold_only_what_is_shared(number: int) -> None:
    text = TEXTS[number]
    own, other = in_fields(text), in_fields(edited(text, 15))
    found = shared_passages(own, other)
    assert found
    for one in found:
        assert 0 <= one.own.start < one.own.end <= len(own[one.own.field])
        assert 0 <= one.other.start < one.other.end <= len(other[one.other.field])
    for one, following in pairwise(found):
        assert one.own.field != following.own.field or one.own.start <= following.own.start
    assert not shared_passages(own, in_fields(TEXTS[number + 1]))


def test_what_the_standard_says_is_not_marked() -> None:
    assert shared_passages({"a": COPIED}, {"b": COPIED}, Known.of([COPIED])) == ()


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        ([], (("abcdef", False),)),
        ([(1, 3)], (("a", False), ("bc", True), ("def", False))),
        ([(2, 4), (0, 3)], (("abc", True), ("d", True), ("ef", False))),
        ([(0, 6), (1, 2)], (("abcdef", True),)),
    ],
)
def test_a_text_is_marked_in_parts_that_make_the_whole(
    stretches: list[tuple[int, int]], expected: tuple[tuple[str, bool], ...]
) -> None:
    assert marked("abcdef", stretches) == expected
    assert "".join(part for part, _shared in expected) == "abcdef"
