"""A file's text cut for looking, its marks gathered; and how far looking is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekwaam.domain.portfolio.uploads import FILE_TYPES
from bekwaam.domain.privacy.looked import Looked, file_looked, names_looked, text_hash
from bekwaam.domain.privacy.patterns import find_by_form
from bekwaam.domain.privacy.reading import (
    CHUNK,
    MOST_FOUND,
    MOST_PLACES,
    READABLE,
    Part,
    Unit,
    chunks,
    gathered,
)


def finds(*texts: str) -> list:
    parts = [Part(Unit.PAGE, number, text) for number, text in enumerate(texts, start=1)]
    return [(part, part.text, mark) for part in parts for mark in find_by_form(part.text)]


def test_what_stands_there_twice_is_one_find_with_both_places() -> None:
    (mark,), more = gathered(finds("Dag mevrouw\nJansen. Dag", "Mevrouw Jansen en mevrouw Jansen"))
    assert (mark.text, mark.before, mark.after) == ("mevrouw Jansen", "Dag ", ". Dag")
    assert mark.places == ((Unit.PAGE, 1), (Unit.PAGE, 2)) and mark.times == 3 and not more


def test_finds_and_places_are_bounded() -> None:
    names = (f"mevrouw J{'abcdefghij'[n % 10]}{'abcdefghijk'[n // 10]}nsen." for n in range(MOST_FOUND + 1))
    marks, more = gathered(finds(" ".join(names)))
    assert len(marks) == MOST_FOUND and more
    (mark,), _more = gathered(finds(*["mevrouw Jansen"] * 20))
    assert len(mark.places) == MOST_PLACES and mark.times == 20


@given(st.text(alphabet="ab \n", min_size=1, max_size=50), st.integers(1, 3 * CHUNK))
def test_cutting_loses_nothing_but_what_says_nothing(text: str, times: int) -> None:
    whole = text * (times // len(text) + 1)
    cut = "".join(chunks(whole))
    assert all(len(piece) <= CHUNK for piece in chunks(whole))
    assert whole.startswith(cut) and not whole[len(cut) :].strip()


def test_every_kind_of_file_with_text_is_one_that_may_be_sent_in() -> None:
    assert {known.media_type for known in FILE_TYPES} >= READABLE


TEXTS = {"title": "Dag", "result": " "}
SEEN = {"title": text_hash("Dag")}


@pytest.mark.parametrize(
    ("finder", "seen", "by", "looked"),
    [
        ("", SEEN, "", Looked.NOT_HERE),
        ("deduce 3", {}, "", Looked.WAITING),
        ("deduce 3", SEEN, "deduce 3", Looked.DONE),
        ("deduce 3", SEEN, "deduce 2", Looked.WAITING),
        ("deduce 3", {"title": text_hash("Hallo")}, "deduce 3", Looked.WAITING),
    ],
)
def test_how_far_looking_for_names_is(finder: str, seen: dict, by: str, looked: Looked) -> None:
    assert names_looked(finder, TEXTS, seen, by) is looked


@pytest.mark.parametrize(
    ("media_type", "by", "looked"),
    [
        ("application/pdf", None, Looked.WAITING),
        ("application/pdf", "", Looked.DONE),
        ("image/png", None, Looked.NOT_HERE),
    ],
)
def test_how_far_looking_into_a_file_is(media_type: str, by: str | None, looked: Looked) -> None:
    assert file_looked(media_type, by) is looked
