"""What a finder says is tidied; and the writer's own name is no mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekwaam.domain.privacy.names import is_own_name, marks_of

TIDIED = {
    "a name": ("Ik sprak Kees over werk.", "Kees", ["Kees"]),
    "over the end of a sentence": (
        "Ik sprak Karin van den Berg. Fatima belde.",
        "Karin van den Berg. Fatima",
        ["Karin van den Berg", "Fatima"],
    ),
    "over a line": ("Van: Kees\nSanne belde", "Kees\nSanne", ["Kees", "Sanne"]),
    "initials are no end": ("Met J. de Wit sprak ik.", "J. de Wit", ["J. de Wit"]),
    "with a comma": ("Toen Kees, mijn buur, kwam.", "Kees,", ["Kees"]),
    "initials alone": ("Toen K. kwam, ging ik.", "K.", []),
    "an ordinary word at the start": ("Ik wachtte. Pas toen ging ik.", "Pas", []),
    "the same word where it is a name": ("Ik sprak met Pas erover.", "Pas", ["Pas"]),
    "without a capital": ("toen hij kwam", "hij", []),
}


@pytest.mark.parametrize("case", TIDIED)
def test_what_a_finder_says_is_tidied(case: str) -> None:
    text, seen, expected = TIDIED[case]
    start = text.index(seen)
    assert [mark.text for mark in marks_of(text, [(start, start + len(seen))])] == expected


@given(
    st.text(alphabet="Kees. \nvaB,", max_size=40),
    st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45))),
)
def test_a_mark_is_always_where_it_says(text: str, spans: list[tuple[int, int]]) -> None:
    for mark in marks_of(text, spans):
        assert text[mark.start : mark.end] == mark.text


@pytest.mark.parametrize(
    ("marked", "own"),
    [
        ("Anna", True),
        ("Anna de Wit", True),
        ("mevrouw De Wit", True),
        ("Wit", True),
        ("Anna Jansen", False),
        ("oma De Wit", False),
        ("familie De Wit", False),
        ("de", False),
        ("mevrouw", False),
    ],
)
def test_the_writers_own_name(marked: str, own: bool) -> None:
    assert is_own_name(marked, "Anna de Wit") is own
