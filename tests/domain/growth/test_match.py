"""A picture beside function profiles: explained in words, without a percentage and without an order."""

from __future__ import annotations

import dataclasses
import re

import pytest

from bekwaam.domain.growth.gap import Layer, Picture
from bekwaam.domain.growth.gap_words import explain_match
from bekwaam.domain.growth.match import Fit, Match, match, matches
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.library import builtin_profiles, load_builtin, load_profile_set

MBO = load_builtin("evc-sociaal-werker-mbo")
LOKAAL = load_builtin("lokaal-sociaal-werk")
ALL = builtin_profiles(Reference("evc-sociaal-werker-mbo", "1.0"))
BEMIDDELAAR = load_profile_set("rollen").by_code["bemiddelaar"]
CODES = [demand.code for demand in BEMIDDELAAR.demands]


@pytest.mark.parametrize(
    ("values", "fit"),
    [
        (dict.fromkeys(CODES, "vakvolwassen"), Fit.ALL),
        ({**dict.fromkeys(CODES, "vakvolwassen"), "6.2": "vakbekwaam"}, Fit.PART),
        (dict.fromkeys(CODES, None), Fit.NOT_YET),
        (dict.fromkeys(CODES[:-1], "vakvolwassen"), Fit.OPEN),
        ({}, Fit.OPEN),
    ],
)
def test_how_a_picture_lies_beside_a_profile(values: dict[str, str | None], fit: Fit) -> None:
    assert match(MBO, BEMIDDELAAR, Picture(Layer.SELF, values)).fit is fit


def test_the_heart_is_what_the_profile_asks_at_its_highest_stage() -> None:
    found = match(MBO, BEMIDDELAAR, Picture(Layer.SELF, {}))
    assert [unit.code for unit in found.heart] == ["4.2", "6.2"]
    assert found.mostly_in == ("V5",)


def test_profiles_keep_the_order_in_which_they_are_given() -> None:
    found = matches(MBO, ALL, Picture(Layer.SELF, dict.fromkeys(CODES, "vakvolwassen")))
    assert [one.profile for one in found] == list(ALL)


def test_a_match_holds_no_number() -> None:
    fields = {field.name: field.type for field in dataclasses.fields(Match)}
    assert not any(kind in ("int", "float") for kind in fields.values())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_match_explains_itself_and_is_no_verdict(language: str) -> None:
    values = {"6.2": "vakvolwassen", "4.2": "vakbekwaam"}
    found = match(MBO, BEMIDDELAAR, Picture(Layer.JUDGEMENT, values))
    lines = explain_match(MBO, LOKAAL, found, language)
    text = " ".join(lines)
    assert "6.2 " in lines[1]
    assert [line[:4] for line in lines[2:-3]] == ["4.2 ", "1.1 ", "3.1 ", "3.3 ", "4.1 ", "L4 S"]
    assert LOKAAL.by_code["V5"].name(language) in lines[-2]
    assert ("geen oordeel" if language == "nl" else "no judgement") in lines[-1]
    assert not re.search(r"%|\bscore", text)


@pytest.mark.parametrize("profile", ALL, ids=lambda profile: profile.code)
def test_every_profile_that_comes_along_can_be_laid_beside_a_picture(profile) -> None:  # type: ignore[no-untyped-def]
    picture = Picture(
        Layer.SELF, {item.code: "vakbekwaam" for item in MBO.items if item.kind == "competence"}
    )
    for language in ("nl", "en"):
        assert all(explain_match(MBO, LOKAAL, match(MBO, profile, picture), language))
