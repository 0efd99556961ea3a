"""Every kind of rule, on, above and below its line; and what must hold of any rule at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekwaam.domain.assessment.explain import explain, explain_short
from bekwaam.domain.assessment.rules import Outcome, Short, evaluate, needed_for
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.rules import AllOf, AnyOf, Count, Rule, Share, UnitSet
from tests.domain.assessment.standards import STAGES, of_areas, of_competences

COMPETENCES = UnitSet("competence")
INDICATORS = UnitSet("indicator")
ALL_SIX = (5, 7, 4, 10, 5, 9)


def shown(*stages: str | None) -> dict[str, str | None]:
    """Return what was shown of c1, c2, ... in that order."""
    return {f"c{n}": stage for n, stage in enumerate(stages, 1)}


def outcome_of(standard: Framework, rule: Rule, found: dict[str, str | None]) -> Outcome:
    return evaluate(standard, rule, found)


@pytest.mark.parametrize(
    ("high_enough", "met", "lacking"),
    [(0, False, 17), (16, False, 1), (17, True, 0), (18, True, 0), (21, True, 0)],
)
def test_a_count_is_met_from_its_line_on(high_enough: int, met: bool, lacking: int) -> None:
    standard = of_competences(21)
    found = shown(*["middle"] * high_enough, *["low"] * (21 - high_enough))
    outcome = outcome_of(standard, Count(COMPETENCES, 17, "middle"), found)
    assert (outcome.met, outcome.counted, outcome.needed, outcome.total) == (met, high_enough, 17, 21)
    assert outcome.lacking == lacking
    assert len(outcome.short) == 21 - high_enough


@pytest.mark.parametrize(
    ("stage", "counts"),
    [("high", True), ("middle", True), ("low", False), (None, False)],
)
def test_a_later_stage_counts_and_an_earlier_one_does_not(stage: str | None, counts: bool) -> None:
    outcome = outcome_of(of_competences(1), Count(COMPETENCES, 1, "middle"), shown(stage))
    assert outcome.met is counts
    assert outcome.short == (() if counts else (Short("c1", stage, "middle"),))


def test_what_was_not_judged_counts_as_not_shown() -> None:
    outcome = outcome_of(of_competences(2), Count(COMPETENCES, 1, "low"), {"c1": "low"})
    assert outcome.met
    assert outcome.short == (Short("c2", None, "low", judged=False),)


def test_without_a_stage_being_shown_is_enough() -> None:
    outcome = outcome_of(of_competences(3), Count(COMPETENCES, 2), shown("low", "high", None))
    assert (outcome.met, outcome.counted) == (True, 2)


def test_a_set_may_be_narrowed_to_codes_or_to_what_lies_within() -> None:
    standard = of_competences(6)
    found = shown("low", "middle", "middle", None, "middle", "middle")
    by_codes = outcome_of(standard, Count(UnitSet("competence", codes=("c1", "c2")), 2, "middle"), found)
    within = outcome_of(standard, Count(UnitSet("competence", within=("k2",)), 2, "middle"), found)
    assert (by_codes.counted, by_codes.total, by_codes.met) == (1, 2, False)
    assert (within.counted, within.total, within.met) == (2, 3, True)


@pytest.mark.parametrize(
    ("percent", "total", "needed"),
    [(80, 5, 4), (80, 9, 8), (80, 10, 8), (80, 7, 6), (80, 4, 4), (100, 3, 3), (1, 3, 1), (50, 5, 3),
     (33, 3, 1), (34, 3, 2), (80, 0, 0)],
)  # fmt: skip
def test_a_share_is_rounded_up(percent: int, total: int, needed: int) -> None:
    assert needed_for(percent, total) == needed


@pytest.mark.parametrize(
    ("total", "counted", "met"), [(5, 4, True), (9, 7, False), (9, 8, True), (5, 3, False)]
)
def test_four_of_five_is_eighty_percent_and_seven_of_nine_is_not(total: int, counted: int, met: bool) -> None:
    standard = of_competences(total)
    found = shown(*["middle"] * counted, *[None] * (total - counted))
    outcome = outcome_of(standard, Share(COMPETENCES, 80, "middle"), found)
    assert outcome.met is met
    assert (outcome.counted, outcome.total, outcome.percent) == (counted, total, 80)


def of_six(missed: dict[str, int]) -> tuple[Framework, dict[str, str | None]]:
    """Return six areas and what was shown: everything but the last ``missed`` of an area."""
    standard = of_areas(ALL_SIX)
    found: dict[str, str | None] = {item.code: "middle" for item in standard.of_kind("indicator")}
    for area, number in missed.items():
        for item in standard.children(area)[-number:]:
            found[item.code] = None
    return standard, found


@pytest.mark.parametrize(
    ("missed", "met", "areas"),
    [
        ({}, True, 6),
        ({"a1": 1, "a2": 1, "a4": 2, "a5": 1, "a6": 1}, True, 6),
        ({"a3": 1}, False, 5),
        ({"a1": 2}, False, 5),
        ({"a2": 2, "a6": 2}, False, 4),
    ],
)
def test_a_share_in_every_area_is_met_only_when_each_area_is(
    missed: dict[str, int], met: bool, areas: int
) -> None:
    standard, found = of_six(missed)
    outcome = outcome_of(standard, Share(INDICATORS, 80, per="area"), found)
    assert (outcome.met, outcome.counted, outcome.needed, outcome.total) == (met, areas, 6, 6)
    assert [part.group for part in outcome.parts] == ["a1", "a2", "a3", "a4", "a5", "a6"]
    assert [part.total for part in outcome.parts] == list(ALL_SIX)
    assert len(outcome.all_short()) == sum(missed.values())


def test_a_good_average_does_not_make_up_for_one_weak_area() -> None:
    standard, found = of_six({"a3": 2})
    assert outcome_of(standard, Share(INDICATORS, 80), found).met
    assert not outcome_of(standard, Share(INDICATORS, 80, per="area"), found).met


HAS = Count(UnitSet("competence", codes=("c1",)), 1, "low")
LACKS = Count(UnitSet("competence", codes=("c2",)), 1, "low")


@pytest.mark.parametrize(
    ("rule", "met", "counted", "needed"),
    [
        (AllOf((HAS, HAS)), True, 2, 2),
        (AllOf((HAS, LACKS)), False, 1, 2),
        (AnyOf((HAS, LACKS)), True, 1, 1),
        (AnyOf((LACKS, LACKS)), False, 0, 1),
        (AllOf((HAS, AnyOf((LACKS, HAS)))), True, 2, 2),
        (AnyOf((AllOf((HAS, LACKS)), LACKS)), False, 0, 1),
    ],
)
def test_rules_combine(rule: Rule, met: bool, counted: int, needed: int) -> None:
    outcome = outcome_of(of_competences(2), rule, shown("low", None))
    assert (outcome.met, outcome.counted, outcome.needed) == (met, counted, needed)


def test_what_fell_short_in_two_parts_is_named_once() -> None:
    outcome = outcome_of(of_competences(2), AllOf((LACKS, LACKS, HAS)), shown("low", None))
    assert [entry.unit for entry in outcome.all_short()] == ["c2"]


EXPLAINED = [
    (
        Count(COMPETENCES, 2, "middle"),
        "2 van de 3 competenties aangetoond op middle of hoger; 2 nodig. Lager of niet aangetoond: c3.",
        "2 of 3 competences shown at middle (en) or higher; 2 needed. Short: c3.",
    ),
    (
        Count(COMPETENCES, 3, "middle"),
        "2 van de 3 competenties aangetoond op middle of hoger; 3 nodig. 1 te weinig. "
        "Lager of niet aangetoond: c3.",
        "2 of 3 competences shown at middle (en) or higher; 3 needed. 1 too few. Short: c3.",
    ),
    (
        Count(COMPETENCES, 3),
        "3 van de 3 competenties aangetoond; 3 nodig.",
        "3 of 3 competences shown; 3 needed.",
    ),
    (
        Share(COMPETENCES, 50, "middle"),
        "2 van de 3 competenties aangetoond op middle of hoger; 2 (50 %) nodig. "
        "Lager of niet aangetoond: c3.",
        "2 of 3 competences shown at middle (en) or higher; 2 (50 %) needed. Short: c3.",
    ),
]


@pytest.mark.parametrize(("rule", "dutch", "english"), EXPLAINED)
def test_an_outcome_explains_itself_in_both_languages(rule: Rule, dutch: str, english: str) -> None:
    standard = of_competences(3)
    outcome = outcome_of(standard, rule, shown("middle", "high", "low"))
    assert explain(standard, outcome, "nl")[0].text == dutch
    assert explain(standard, outcome, "en")[0].text == english


def test_a_combined_rule_explains_the_whole_and_then_every_part() -> None:
    standard = of_competences(2)
    outcome = outcome_of(standard, AllOf((HAS, AnyOf((LACKS, HAS)))), shown("low", None))
    lines = explain(standard, outcome, "nl")
    assert [(line.depth, line.met) for line in lines] == [
        (0, True),
        (1, True),
        (1, True),
        (2, False),
        (2, True),
    ]
    assert lines[0].text == "2 van de 2 onderdelen gehaald; allemaal nodig."
    assert lines[2].text == "1 van de 2 mogelijkheden gehaald; één is genoeg."


def test_a_share_over_areas_names_each_area() -> None:
    standard, found = of_six({"a3": 1})
    lines = explain(standard, outcome_of(standard, Share(INDICATORS, 80, per="area"), found), "nl")
    assert lines[0].text == "In 5 van de 6 gebieden is ten minste 80 % aangetoond; het is in allemaal nodig."
    assert lines[3].text.startswith("a3 Area 3: 3 van de 4 gedragsindicatoren aangetoond; 4 (80 %) nodig.")


def test_what_fell_short_says_by_how_much() -> None:
    standard = of_competences(2)
    outcome = outcome_of(standard, Count(COMPETENCES, 2, "high"), shown("low", None))
    sentences = [explain_short(standard, entry, "nl") for entry in outcome.short]
    assert sentences == [
        "c1 Competence 1: aangetoond op low; gevraagd is high",
        "c2 Competence 2: niet aangetoond; gevraagd is high",
    ]


# What must hold of any rule, over any judgements.

CODES = [f"c{n}" for n in range(1, 10)]
STANDARD = of_competences(9)
stages = st.none() | st.sampled_from(STAGES)
judged = st.fixed_dictionaries(dict.fromkeys(CODES, stages))
sets = st.builds(
    UnitSet,
    st.just("competence"),
    st.lists(st.sampled_from(CODES), max_size=5).map(tuple),
    st.just(()) | st.just(("k1",)) | st.just(("k1", "k3")),
)
leaves = st.builds(Count, sets, st.integers(1, 9), stages) | st.builds(
    Share, sets, st.integers(1, 100), stages, st.none() | st.just("cluster")
)
rules = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        .map(tuple)
        .flatmap(lambda parts: st.sampled_from([AllOf(parts), AnyOf(parts)]))
    ),
    max_leaves=8,
)


@given(rules, judged, st.sampled_from(CODES), stages)
def test_a_higher_stage_never_makes_a_met_rule_unmet(
    rule: Rule, found: dict[str, str | None], code: str, stage: str | None
) -> None:
    before = evaluate(STANDARD, rule, found)
    ranks = {None: 0} | {each.code: each.rank for each in STANDARD.stages}
    if ranks[stage] >= ranks[found[code]]:
        after = evaluate(STANDARD, rule, {**found, code: stage})
        assert after.met or not before.met
        assert after.counted >= before.counted


@given(rules, judged)
def test_what_counts_and_what_falls_short_make_up_the_whole(rule: Rule, found: dict[str, str | None]) -> None:
    def walk(outcome: Outcome) -> None:
        assert 0 <= outcome.counted <= outcome.total
        assert outcome.met is (outcome.counted >= outcome.needed)
        assert outcome.lacking == max(0, outcome.needed - outcome.counted)
        if not outcome.parts and outcome.kind in ("count", "share"):
            assert len(outcome.units) == outcome.counted
            assert outcome.counted + len(outcome.short) == outcome.total
            assert not set(outcome.units) & {entry.unit for entry in outcome.short}
        for part in outcome.parts:
            walk(part)

    walk(evaluate(STANDARD, rule, found))


@given(rules, judged)
def test_every_outcome_has_a_sentence_in_both_languages(rule: Rule, found: dict[str, str | None]) -> None:
    outcome = evaluate(STANDARD, rule, found)
    for language in ("nl", "en"):
        lines = explain(STANDARD, outcome, language)
        assert all(line.text and "{" not in line.text for line in lines)


def test_what_has_no_final_judgement_yet_is_not_said_to_be_not_shown() -> None:
    standard = of_competences(3, Count(COMPETENCES, 2, "middle"))
    assert standard.rule is not None
    outcome = evaluate(standard, standard.rule, {"c1": "middle", "c2": None})
    said = [explain_short(standard, entry, "nl") for entry in outcome.short]
    assert "niet aangetoond" in said[0]
    assert "nog geen eindoordeel" in said[1] and "niet aangetoond" not in said[1]
