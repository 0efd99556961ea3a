"""The rules on a file for research, as tables and for anything that may come."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.teams.analysis import (
    COLUMNS,
    Agreed,
    Said,
    Shape,
    agreed_layers,
    countable,
    may_export,
    named_teams,
    pseudonym,
    quarter_name,
)
from bekwaam.domain.teams.analysis_words import dictionary
from bekwaam.domain.teams.members import Share
from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize(
    ("shares", "layers"),
    [
        ({Share.SELF, Share.JUDGEMENT}, set()),
        ({Share.ANALYSIS}, set()),
        ({Share.ANALYSIS, Share.PLAN, Share.KNOWLEDGE}, set()),
        ({Share.ANALYSIS, Share.SELF, Share.PLAN}, {Layer.SELF}),
        (set(Share), set(Layer)),
    ],
)
def test_only_layers_that_are_shared_with_the_team_as_well(shares: set[Share], layers: set[Layer]) -> None:
    assert agreed_layers(shares) == layers


@pytest.mark.parametrize(("people", "allowed"), [(0, False), (4, False), (5, True), (500, True)])
def test_of_fewer_than_five_people_there_is_nothing(people: int, allowed: bool) -> None:
    assert bool(may_export(people)) is allowed
    known = {(1, Layer.SELF): frozenset(range(people)), (2, Layer.SELF): frozenset(range(4))}
    assert bool(countable(known)) is allowed and (2, Layer.SELF) not in countable(known)


@given(st.dictionaries(st.integers(1, 40), st.sets(st.integers(1, 6), min_size=1, max_size=3), max_size=40))
def test_nobody_is_one_of_fewer_than_five_with_the_same_code_or_without_one(
    places: dict[int, set[int]],
) -> None:
    agreed = [Agreed(person, team, frozenset(Layer)) for person, teams in places.items() for team in teams]
    inside = [person for person in places if person % 7]
    found = named_teams(agreed, inside)
    assert set(found) == set(inside)
    assert all(team is None or team in places[person] for person, team in found.items())
    counts = Counter(found.values())
    assert all(number >= 5 for team, number in counts.items() if team is not None)
    assert counts[None] >= 5 or counts[None] == 0 or counts[None] == len(inside)


def test_codes_hang_on_the_secret_and_on_what_they_are_of() -> None:
    codes = {
        pseudonym(secret, kind, key)
        for secret in ("a", "b")
        for kind in ("person", "team")
        for key in range(50)
    }
    assert len(codes) == 200 and all(len(code) == 20 for code in codes)
    assert pseudonym("a", "person", 1) == pseudonym("a", "person", 1)


def test_a_row_says_how_far_it_is_and_whether_that_is_enough() -> None:
    shape = Shape(load_builtin("evc-sociaal-werker-mbo"))
    values = (None, "startbekwaam", "vakvolwassen", "expert")
    rows = [shape.row(Said("1.1", value)) for value in values]
    assert [found and found[4:] for found in rows] == [
        ("none", 0, False),
        ("startbekwaam", 1, False),
        ("vakvolwassen", 3, True),
        None,
    ]
    row = shape.row(Said("1.1.sb1", "yes"))
    assert row is not None and row[3:] == ("1", "yes", 2, None)
    assert shape.row(Said("99", "startbekwaam")) is None


def test_the_day_is_told_as_its_quarter() -> None:
    assert quarter_name(clock.today().replace(year=2026, month=4, day=1)) == "2026-Q2"


def test_the_data_dictionary_in_the_docs_is_the_one_that_goes_along() -> None:
    written = (DOCS / "export.md").read_text(encoding="utf-8")
    assert written.endswith(dictionary("nl"))
    assert all(f"| `{column.name}` |" in written for column in COLUMNS)
    assert dictionary("en") != dictionary("nl")
