"""With what people rate themselves, and what changed from round to round."""

from __future__ import annotations

import pytest

from bekwaam.domain.growth.rating import (
    NO_STAGE,
    Scale,
    growth,
    is_value,
    levels,
    rated_inside,
    rated_units,
    scale_of,
)
from bekwaam.frameworks.library import builtin_ids, load_builtin
from tests.standards import indicator_standard

MBO = load_builtin("evc-sociaal-werker-mbo")
WMO = load_builtin("wmo-competenties")


@pytest.mark.parametrize(
    ("code", "scale"),
    [
        ("1.1", Scale.STAGES),
        ("L1", Scale.STAGES),
        ("1.1.vb1", Scale.STEPS),
        ("1", None),
        ("G1", None),
        ("L1.s1", Scale.STEPS),
        ("L1.t1", None),
        ("R1", None),
    ],
)
def test_each_kind_of_item_has_its_scale(code: str, scale: Scale | None) -> None:
    assert scale_of(MBO, MBO.by_code[code]) is scale


def test_competences_of_a_framework_without_stages_are_rated_in_steps() -> None:
    assert not WMO.stages
    assert {scale_of(WMO, item) for item in WMO.competences} == {Scale.STEPS}


@pytest.mark.parametrize(
    ("code", "value", "fits"),
    [
        ("1.1", "vakbekwaam", True),
        ("1.1", NO_STAGE, True),
        ("1.1", "yes", False),
        ("1.1", "", False),
        ("1.1.vb1", "partly", True),
        ("1.1.vb1", "vakbekwaam", False),
        ("1", "vakbekwaam", False),
    ],
)
def test_a_value_fits_its_scale_or_is_refused(code: str, value: str, fits: bool) -> None:
    assert is_value(MBO, MBO.by_code[code], value) is fits


def test_a_round_asks_about_competences_and_life_domains_and_not_about_indicators() -> None:
    kinds = [item.kind for item in rated_units(MBO)]
    assert kinds == ["competence"] * 21 + ["life_domain"] * 7


@pytest.mark.parametrize(
    ("unit", "kind", "number"),
    [("1.1", "indicator", len(MBO.indicators("1.1"))), ("L1", "specific_competence", 3), ("L1.s1", "", 0)],
)
def test_inside_a_unit_its_indicators_or_its_specific_competences_are_rated(
    unit: str, kind: str, number: int
) -> None:
    assert [item.kind for item in rated_inside(MBO, unit)] == [kind] * number


def test_where_each_indicator_is_judged_each_indicator_is_asked() -> None:
    standard = indicator_standard()
    assert {item.kind for item in rated_units(standard)} == {"indicator"}


@pytest.mark.parametrize("identifier", builtin_ids("framework"))
def test_every_framework_is_either_rated_or_says_that_there_is_nothing_to_rate(identifier: str) -> None:
    framework = load_builtin(identifier)
    for item in rated_units(framework):
        assert scale_of(framework, item) is not None


def test_the_wheel_gets_stages_only() -> None:
    given = {"1.1": "vakbekwaam", "1.2": NO_STAGE, "1.1.vb1": "yes"}
    assert levels(MBO, given) == {"1.1": "vakbekwaam", "1.2": None}


@pytest.mark.parametrize(
    ("code", "values", "change"),
    [
        ("1.1", ("startbekwaam", "vakbekwaam"), "up"),
        ("1.1", ("vakbekwaam", "vakbekwaam"), "same"),
        ("1.1", ("vakvolwassen", NO_STAGE), "down"),
        ("1.1", (None, "vakbekwaam"), "new"),
        ("1.1", ("vakbekwaam", None), "gone"),
        ("1.1", ("startbekwaam", None, "vakbekwaam"), "up"),
        ("1.1.vb1", ("not_yet", "partly"), "up"),
        ("1.1.vb1", ("yes", "partly"), "down"),
    ],
)
def test_growth_compares_the_last_two_rounds_in_which_something_was_rated(
    code: str, values: tuple[str | None, ...], change: str
) -> None:
    rounds = [{code: value} if value else {} for value in values]
    (grown,) = growth(MBO, rounds)
    assert (grown.code, grown.values, grown.change) == (code, values, change)


def test_growth_stands_in_the_order_of_the_document_without_what_was_never_rated() -> None:
    found = growth(MBO, [{"7.3": "vakbekwaam", "1.1": "vakbekwaam"}])
    assert [grown.code for grown in found] == ["1.1", "7.3"]
