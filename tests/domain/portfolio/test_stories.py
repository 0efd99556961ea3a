"""The labelled stories in tests/data/stories are fit to measure suggestions with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bekwaam.frameworks.library import load_builtin

FOLDER = Path(__file__).parents[2] / "data" / "stories"


def told_in(folder: Path) -> list[dict[str, Any]]:
    return [
        story for file in sorted(folder.glob("*.yaml")) for story in yaml.safe_load(file.read_text("utf-8"))
    ]


STORIES = told_in(FOLDER)
LATER = told_in(FOLDER / "later")
STANDARD = load_builtin("evc-sociaal-werker-mbo")
COMPETENCES = STANDARD.competences
SETTINGS = {
    "opbouwwerk",
    "jongerenwerk",
    "ouderenwerk",
    "maatschappelijk werk",
    "sociaal-cultureel werk",
    "wijkteam",
    "opvang",
    "verslavingszorg",
    "schuldhulp",
    "eenzaamheid",
    "statushouders",
    "ggz",
    "sport",
    "school",
    "gezin",
    "straatwerk",
    "vrijwilligerscoördinatie",
    "dementie",
    "mantelzorg",
    "huisvesting",
}
EVERY = STORIES + LATER


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


def runs(text: str, length: int) -> Iterator[str]:
    found = words(text)
    return (" ".join(found[at : at + length]) for at in range(len(found) - length + 1))


def phrases_of_the_standard() -> set[str]:
    texts = [text.nl for item in STANDARD.items for text in (item.title, item.text) if text]
    return {run for text in texts for run in runs(text, 5)}


PHRASES = phrases_of_the_standard()


def test_stories_are_numbered_in_the_order_of_the_competences() -> None:
    assert [story["number"] for story in STORIES] == list(range(1, 127))
    assert [story["codes"][0] for story in STORIES] == [item.code for item in COMPETENCES for _ in range(6)]


def those(wrong: Callable[[dict[str, Any]], Any]) -> dict[int, Any]:
    """Return what is wrong with stories, by their number."""
    return {story["number"]: what for story in EVERY if (what := wrong(story))}


def test_a_story_has_exactly_these_fields() -> None:
    fields = ["number", "codes", "setting", "text"]
    assert not [story for story in EVERY if list(story) != fields]


def test_a_story_names_one_to_three_different_competences_that_exist() -> None:
    known = {item.code for item in COMPETENCES}
    assert not those(lambda story: set(story["codes"]) - known)
    assert not those(lambda story: len(set(story["codes"])) != len(story["codes"]))
    assert not those(lambda story: not 1 <= len(story["codes"]) <= 3)


def test_later_stories_are_six_and_then_two_for_each_competence() -> None:
    assert [story["number"] for story in LATER] == list(range(127, 295))
    six_of_each = [item.code for item in COMPETENCES for _ in range(6)]
    two_of_each = [item.code for item in COMPETENCES for _ in range(2)]
    assert [story["codes"][0] for story in LATER] == six_of_each + two_of_each


@pytest.mark.parametrize("half", [0, 1], ids=["even", "odd"])
def test_each_half_of_the_later_stories_has_all_competences_and_short_and_long_ones(half: int) -> None:
    stories = [story for story in LATER if story["number"] % 2 == half]
    assert Counter(story["codes"][0] for story in stories) == {item.code: 4 for item in COMPETENCES}
    lengths = [len(story["text"].split()) for story in stories]
    assert sum(length < 60 for length in lengths) >= 10
    assert sum(length > 150 for length in lengths) >= 10


@pytest.mark.parametrize(
    ("stories", "least", "most"), [(STORIES, 60, 220), (LATER, 20, 260)], ids=["first", "later"]
)
def test_stories_are_of_the_length_of_a_story(stories: list[dict[str, Any]], least: int, most: int) -> None:
    lengths = {story["number"]: len(story["text"].split()) for story in stories}
    assert not {number: length for number, length in lengths.items() if not least <= length <= most}


def test_a_story_has_no_mail_address_telephone_number_or_postcode() -> None:
    private = re.compile(r"@|\d[\d -]{7,}\d|\b\d{4} ?[A-Z]{2}\b")
    assert not those(lambda story: private.findall(story["text"]))


def test_a_story_does_not_take_over_the_phrases_of_the_standard() -> None:
    assert not those(lambda story: PHRASES & set(runs(story["text"], 5)))


def test_a_story_does_not_name_a_competence() -> None:
    names = {item.code: " ".join(words(item.name("nl"))) for item in COMPETENCES}

    def named(story: dict[str, Any]) -> list[str]:
        text = " ".join(words(story["text"]))
        return [code for code, name in names.items() if name in text]

    assert not those(named)


def test_the_settings_are_the_twenty_that_were_meant_and_all_occur() -> None:
    assert {story["setting"] for story in STORIES} == SETTINGS


def test_short_and_long_stories_both_occur() -> None:
    lengths = [len(story["text"].split()) for story in STORIES]
    assert sum(length < 100 for length in lengths) >= 20
    assert sum(length > 180 for length in lengths) >= 10


def test_no_two_stories_share_a_run_of_seven_words() -> None:
    seen = Counter(run for story in STORIES + LATER for run in set(runs(story["text"], 7)))
    assert not [run for run, times in seen.items() if times > 1]
