"""Texts that were copied are found again, whatever was done to them; texts of one's own are not."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest

from bekwaam.domain.signs.dossier import ENOUGH, is_alike
from bekwaam.domain.signs.prints import Known, carrying, prints_of
from tests.domain.signs.stories import KEY, TEXTS, edited, in_fields, sentences

NAMES = "Na het gesprek met {name} belde ik Stichting {name} en ging {name} mee naar de gemeente."


def found(one: list[str], other: list[str]) -> bool:
    mine, theirs = prints_of(one, KEY), prints_of(other, KEY)
    return is_alike(len(mine & theirs), len(mine), len(theirs))


def test_stories_of_different_people_do_not_look_alike() -> None:
    prints = [prints_of([text], KEY) for text in TEXTS]
    shared = [len(one & other) for one, other in combinations(prints, 2)]
    assert len(shared) > 7000
    assert max(shared) < ENOUGH


CHANGES: dict[str, Callable[[str], list[str]]] = {
    "as it was": lambda text: [text],
    "its sentences the other way round": lambda text: [" ".join(reversed(sentences(text)))],
    "cut over the five fields": lambda text: list(in_fields(text).values()),
    "its fields the other way round": lambda text: list(reversed(in_fields(text).values())),
    "in capitals, without full stops": lambda text: [text.lower().replace(".", "")],
    "one in fifteen words replaced": lambda text: [edited(text, 15)],
    "in the midst of another story": lambda text: [f"{TEXTS[0]} {text} {TEXTS[1]}"],
    "the first half of it": lambda text: [text[: len(text) // 2]],
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_copied_story_is_found(change: str) -> None:
    long = [text for text in TEXTS[2:] if len(text.split()) > 120]
    missed = [text for text in long if not found([text], CHANGES[change](text))]
    assert len(long) > 20
    assert not missed


def test_changed_names_make_no_difference() -> None:
    here, there = (prints_of([NAMES.format(name=name)], KEY) for name in ("Fatima", "Kees"))
    assert here and here == there


def test_what_two_texts_share_of_six_carrying_words_in_a_row_is_always_found() -> None:
    words = carrying(TEXTS[3])
    assert len(words) > 30
    for at in range(len(words) - 6):
        passage = TEXTS[3][words[at].start : words[at + 5].end]
        surrounded = f"{TEXTS[0]} {passage} {TEXTS[1]}"
        assert prints_of([passage], KEY) & prints_of([surrounded], KEY), passage


def test_what_the_standard_or_a_hint_says_does_not_count() -> None:
    known = Known.of([TEXTS[0]])
    assert prints_of([TEXTS[0]], KEY, known) == frozenset()
    own = prints_of([f"{TEXTS[1]} {TEXTS[0]}"], KEY, known)
    assert not own & prints_of([TEXTS[0]], KEY)
    assert len(own & prints_of([TEXTS[1]], KEY)) >= ENOUGH


def test_prints_say_nothing_without_the_key() -> None:
    assert not prints_of([TEXTS[0]], KEY) & prints_of([TEXTS[0]], b"another secret of 32 bytes, here")


def test_prints_fit_a_column_of_whole_numbers() -> None:
    assert all(0 <= value < 2**63 for text in TEXTS for value in prints_of([text], KEY))


@pytest.mark.parametrize("text", ["", "   ", "Ik.", "Ik deed het", "12 34 56 78", "\n\n", "😀 😀 😀 😀"])
def test_next_to_nothing_has_no_prints(text: str) -> None:
    assert prints_of([text], KEY) == frozenset()
