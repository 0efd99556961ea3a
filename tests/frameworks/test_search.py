"""Searching: what is found, in which order, and what is marked."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Framework, Item, Text
from bekwaam.frameworks.search import fold, marked, search, search_index, words
from tests.standards import SOURCE


def made(*rows: tuple[str, str, str]) -> Framework:
    items = tuple(
        Item(code, "beacon", Text(t, f"{t} English"), Text(x, f"{x} English"), SOURCE) for code, t, x in rows
    )
    text = Text("x", "x")
    return Framework("f", "1", "framework", text, text, SOURCE, (), items)


BOOK = made(
    ("A1", "Contact leggen", "Met mensen in de wijk."),
    ("A2", "Reflecteren", "Leert van contact met coördinatoren."),
    ("A10", "Contact met A2", "Zie daar."),
)


def found(query: str, language: str = "nl") -> list[str]:
    return [item.code for item in search(search_index(BOOK, language), query)]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("wijk", ["A1"]),
        ("CONTACT", ["A1", "A10", "A2"]),
        ("contact mensen", ["A1"]),
        ("mensen contact reflecteren", []),
        ("coordinatoren", ["A2"]),
        ("coo\u0308rdinatoren", ["A2"]),
        ("a2", ["A2", "A10"]),
        ("“wijk”,", ["A1"]),
        ("", []),
        (" \u00a0 ?!", []),
        ("english", []),
    ],
)
def test_every_word_has_to_occur_in_code_title_or_text(query: str, codes: list[str]) -> None:
    assert found(query) == codes


def test_only_the_language_of_the_page_is_searched() -> None:
    assert found("leggen english", "en") == ["A1"]
    assert found("leggen english", "nl") == []


def test_no_more_than_a_dozen_words_are_looked_for() -> None:
    assert len(words(" ".join(str(number) for number in range(500)))) == 12


def test_the_words_are_marked_as_they_are_written() -> None:
    parts = marked("Een veilige SFÉÉR, écht veilig", "veilig sfeer")
    assert [part.text for part in parts if part.found] == ["veilig", "SFÉÉR", "veilig"]


def test_a_real_standard_is_found_by_an_indicator() -> None:
    index = search_index(load_builtin("evc-sociaal-werker-mbo"), "nl")
    assert search(index, "veilig sféér")[0].code == "1.1.sb6"


@given(st.text(max_size=80), st.text(max_size=20))
def test_marking_never_changes_the_text(text: str, query: str) -> None:
    parts = marked(text, query)
    assert "".join(part.text for part in parts) == text
    assert all(one.found != other.found for one, other in pairwise(parts))


@given(st.text(max_size=60))
def test_every_word_of_a_text_finds_it_and_is_marked(text: str) -> None:
    index = search_index(made(("A1", "x", text)), "nl")
    for word in words(text):
        assert search(index, word)
        if word in fold(text):
            assert any(part.found for part in marked(text, word))


@given(st.text(max_size=60))
def test_capitals_and_accents_make_no_difference(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
