"""Passages that are quoted, and beginnings of sentences that are no reason yet."""

from __future__ import annotations

import pytest

from bekwaam.domain.assessment.jottings import passage_hash, stands_in
from bekwaam.domain.assessment.starters import OBSERVED_STARTERS, WHY_STARTERS, only_begun
from bekwaam.wording import LANGUAGES, say

STORY = "Een vrouw van 70 kwam\n niet meer buiten. Ik ging langs."


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("kwam niet meer buiten", True),
        ("  kwam\r\nniet   meer\tbuiten. ", True),
        ("kwam niet meer binnen", False),
        ("Ik ging langs. Eerste deel", False),
        (" ", False),
    ],
)
def test_a_passage_stands_in_one_text_whatever_the_browser_did_to_its_lines(quote: str, stands: bool) -> None:
    assert stands_in(quote, ["Eerste deel", STORY]) is stands


def test_the_hash_of_a_passage_is_that_of_its_words() -> None:
    assert passage_hash("kwam\nniet  meer") == passage_hash("kwam niet meer") != passage_hash("kwam niet")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("starter", [*OBSERVED_STARTERS, *WHY_STARTERS])
def test_a_starter_alone_is_only_a_beginning(starter: str, language: str) -> None:
    text = say(language, starter)
    assert only_begun(text)
    assert only_begun(text.upper().replace("…", "1.1"))
    assert not only_begun(f"{text} dat zij drie keer langsging en bleef")


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("", False),
        ("Genoeg.", False),
        ("Ze ging drie keer langs.", False),
        ("Dit is wat 1.1 vraagt, want", True),
        ("Dit is wat 1.1 vraagt, want ze ging drie keer langs.", False),
        ("In … las ik dat de kandidaat … Dit is wat … vraagt, want …", True),
        ("Dit is wat … vraagt, want … " + "x" * 1000, False),
    ],
)
def test_own_words_make_a_reason_of_it(text: str, begun: bool) -> None:
    assert only_begun(text) is begun
