"""The gap between a target and a picture: per unit, gathered, in words; layers never mixed."""

from __future__ import annotations

import dataclasses

import pytest

from bekwaam.domain.growth.gap import Layer, Picture, Standing, gap, side_by_side
from bekwaam.domain.growth.gap_words import explain_gap, explain_target, explain_total, explain_unit, summary
from bekwaam.domain.growth.rating import NO_STAGE, Step
from bekwaam.domain.growth.target import target_of_profile, target_of_stage, target_of_standard
from bekwaam.domain.growth.totals import groups_in, groups_through, totals
from bekwaam.frameworks.library import load_builtin, load_crosswalk, load_profile_set
from tests.standards import indicator_standard

MBO = load_builtin("evc-sociaal-werker-mbo")
LOKAAL = load_builtin("lokaal-sociaal-werk")
WMO = load_builtin("wmo-competenties")
CROSSWALK = load_crosswalk("evc-mbo-lokaal")
MAKELAAR = load_profile_set("functienamen").by_code["sociaal-makelaar"]
STANDARD = target_of_standard(MBO)
PROFILE = target_of_profile(MBO, MAKELAAR)


@pytest.mark.parametrize(
    ("said", "standing", "steps"),
    [
        ({"4.1": "vakvolwassen"}, Standing.ENOUGH, 0),
        ({"4.1": "vakbekwaam"}, Standing.SHORT, 1),
        ({"4.1": "startbekwaam"}, Standing.SHORT, 2),
        ({"4.1": NO_STAGE}, Standing.SHORT, 3),
        ({"4.1": None}, Standing.SHORT, 3),
        ({}, Standing.UNKNOWN, 0),
        ({"4.1": "meester"}, Standing.UNKNOWN, 0),  # a stage of another version says nothing
        ({"4.1": "yes"}, Standing.UNKNOWN, 0),  # a step says nothing about what has stages
    ],
)
def test_a_unit_is_enough_or_short_by_so_many_stages_or_unknown(
    said: dict[str, str | None], standing: Standing, steps: int
) -> None:
    found = gap(MBO, PROFILE, Picture(Layer.SELF, said))
    unit = next(unit for unit in found.units if unit.code == "4.1")
    assert (unit.standing, unit.steps) == (standing, steps)


def test_more_than_is_asked_is_enough_and_no_more_than_that() -> None:
    found = gap(MBO, PROFILE, Picture(Layer.SELF, {"1.1": "vakvolwassen"}))
    (unit,) = found.of(Standing.ENOUGH)
    assert (unit.code, unit.steps) == ("1.1", 0)


def test_the_standard_asks_its_stage_of_the_21_and_keeps_its_rule() -> None:
    assert [ask.value for ask in STANDARD.asks] == ["vakbekwaam"] * 21
    shown = {item.code: "vakbekwaam" for item in MBO.competences[:17]}
    found = gap(MBO, STANDARD, Picture(Layer.JUDGEMENT, shown))
    assert found.outcome is not None
    assert (found.outcome.met, found.outcome.counted, found.outcome.needed) == (True, 17, 17)
    assert len(found.of(Standing.UNKNOWN)) == 4  # met by the rule, and still room to grow


def test_a_stage_is_asked_of_every_competence_and_life_domain() -> None:
    found = target_of_stage(MBO, "vakvolwassen")
    assert len(found.asks) == 28 and {ask.value for ask in found.asks} == {"vakvolwassen"}
    assert found.rule is None
    with pytest.raises(KeyError):
        target_of_stage(MBO, "meester")


def test_a_profile_is_asked_with_its_reasons_in_the_order_of_the_document() -> None:
    assert [ask.code for ask in PROFILE.asks] == [
        "1.1", "1.2", "2.2", "4.1", "4.2", "5.1", "5.3", "6.2", "6.3", "7.1",
    ]  # fmt: skip
    assert all(ask.reason and ask.own for ask in PROFILE.asks)


def test_an_indicator_that_is_judged_by_itself_is_asked_with_yes() -> None:
    standard = indicator_standard()
    target = target_of_standard(standard)
    assert {ask.value for ask in target.asks} == {Step.YES}
    codes = [ask.code for ask in target.asks]
    stage = standard.by_code[codes[0]].stage
    found = gap(standard, target, Picture(Layer.SELF, {codes[0]: "yes", codes[1]: "partly"}))
    assert [(unit.standing, unit.steps) for unit in found.units[:3]] == [
        (Standing.ENOUGH, 0),
        (Standing.SHORT, 1),
        (Standing.UNKNOWN, 0),
    ]
    judged = gap(standard, target, Picture(Layer.JUDGEMENT, {codes[0]: stage, codes[1]: None}))
    assert [unit.standing for unit in judged.units[:2]] == [Standing.ENOUGH, Standing.SHORT]


def test_a_target_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="about evc"):
        gap(WMO, PROFILE, Picture(Layer.SELF, {}))
    with pytest.raises(ValueError, match="not about wmo"):
        target_of_profile(WMO, MAKELAAR)
    with pytest.raises(ValueError, match="no rule"):
        target_of_standard(WMO)


# ---- layers


def test_pictures_stand_beside_each_other_and_none_changes_another() -> None:
    pictures = [
        Picture(Layer.SELF, {"4.1": "vakvolwassen"}),
        Picture(Layer.FEEDBACK, {"4.1": "startbekwaam"}, "a"),
        Picture(Layer.FEEDBACK, {"4.1": "vakvolwassen"}, "b"),
        Picture(Layer.JUDGEMENT, {}),
    ]
    rows = side_by_side([gap(MBO, PROFILE, picture) for picture in pictures])
    row = next(row for row in rows if row.ask.code == "4.1")
    assert [(unit.standing, unit.steps) for unit in row.gaps] == [
        (Standing.ENOUGH, 0),
        (Standing.SHORT, 2),
        (Standing.ENOUGH, 0),
        (Standing.UNKNOWN, 0),
    ]


def test_gaps_of_different_targets_are_never_laid_side_by_side() -> None:
    nothing = Picture(Layer.SELF, {})
    with pytest.raises(ValueError, match="different targets"):
        side_by_side([gap(MBO, PROFILE, nothing), gap(MBO, STANDARD, nothing)])


def test_values_are_frozen() -> None:
    found = gap(MBO, PROFILE, Picture(Layer.SELF, {}))
    for value in (found, found.units[0], PROFILE, PROFILE.asks[0]):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, dataclasses.fields(value)[0].name, "x")


# ---- totals


def test_clusters_and_life_domains_count_what_is_asked_in_them() -> None:
    found = gap(MBO, PROFILE, Picture(Layer.SELF, {"4.1": "vakbekwaam", "4.2": "vakbekwaam", "1.1": None}))
    by_code = {total.group.code: total for total in totals(found, groups_in(MBO))}
    assert list(by_code) == ["1", "2", "4", "5", "6", "7"]  # nothing of cluster 3 is asked
    four, one = by_code["4"], by_code["1"]
    assert (four.asked, four.enough, four.short, four.unknown, four.steps) == (2, 1, 1, 0, 1)
    assert (one.asked, one.enough, one.short, one.unknown, one.steps) == (2, 0, 1, 1, 2)


def test_a_life_domain_counts_itself() -> None:
    found = gap(MBO, target_of_stage(MBO, "vakbekwaam"), Picture(Layer.SELF, {"L1": "vakbekwaam"}))
    by_code = {total.group.code: total for total in totals(found, groups_in(MBO, ("life_domain",)))}
    assert list(by_code) == [f"L{number}" for number in range(1, 8)]
    assert (by_code["L1"].asked, by_code["L1"].enough) == (1, 1)


def test_quadrants_and_verbs_count_through_the_crosswalk_and_a_competence_may_count_twice() -> None:
    groups = groups_through(MBO, CROSSWALK, LOKAAL)
    units = {group.code: group.units for group in groups}
    assert list(units) == ["Q1", "Q2", "Q3", "Q4", "V1", "V2", "V3", "V4", "V5"]
    assert units["V5"] == ("1.2", "4.1", "4.2", "4.3", "6.4")
    assert units["Q4"] == ("1.2", "2.3", "4.1", "4.2", "5.1")
    assert {code for codes in units.values() for code in codes} == {
        item.code for item in MBO.competences
    } - {"6.1", "6.2", "7.2", "7.3"}  # fmt: skip
    found = gap(MBO, STANDARD, Picture(Layer.SELF, {"4.1": "vakbekwaam"}))
    counted = {total.group.code: (total.asked, total.enough) for total in totals(found, groups)}
    assert (counted["V5"], counted["Q4"], counted["V1"]) == ((5, 1), (5, 1), (3, 0))


def test_a_crosswalk_may_lead_the_other_way() -> None:
    theirs = groups_through(LOKAAL, CROSSWALK, MBO, ("competence",))
    assert theirs[0].code == "1.1" and theirs[0].units == ("Q1", "V1")


# ---- words


@pytest.mark.parametrize(
    ("language", "said", "sentence"),
    [
        ("nl", "vakbekwaam", "vakbekwaam; gevraagd is vakvolwassen, 1 stap verder. "),
        ("nl", None, "nog niet; gevraagd is vakvolwassen, 3 stappen verder. "),
        ("en", "vakvolwassen", "mature, and that is enough; asked is mature. "),
    ],
)  # fmt: skip
def test_a_unit_says_what_is_asked_what_is_there_and_why(
    language: str, said: str | None, sentence: str
) -> None:
    found = gap(MBO, PROFILE, Picture(Layer.SELF, {"4.1": said}))
    unit = next(unit for unit in found.units if unit.code == "4.1")
    text = explain_unit(MBO, unit, language)
    assert text.startswith(f"4.1 {MBO.by_code['4.1'].name(language)}: {sentence}")
    assert unit.ask.reason and unit.ask.reason[language] in text
    assert ("van ons" if language == "nl" else "Our demand") in text


def test_a_gap_begins_with_its_layer_and_numbers_and_goes_on_with_what_is_not_enough() -> None:
    found = gap(MBO, STANDARD, Picture(Layer.FEEDBACK, {"4.1": "vakbekwaam", "4.2": "startbekwaam"}))
    lines = explain_gap(MBO, found, "en")
    assert lines[0] == ("What others see: asked 21, of which enough 1, short 1 and unknown 19.")
    assert len(lines) == 21
    assert not any(line.startswith("4.1 ") for line in lines)
    assert summary(found, "nl") != lines[0]


@pytest.mark.parametrize(
    ("said", "nl"),
    [
        ({}, "Verbinden: er is nog niets bekend van wat gevraagd is (5)."),
        ({"4.1": "vakbekwaam"}, "Verbinden: 1 van de 5 genoeg, 4 onbekend."),
        ({"4.1": "startbekwaam", "4.2": None},
         "Verbinden: 0 van de 5 genoeg, 3 onbekend, 2 nog te groeien: samen 3 stappen."),
        (dict.fromkeys(("1.2", "4.1", "4.2", "4.3", "6.4"), "vakbekwaam"),
         "Verbinden: alles wat gevraagd is, is genoeg (5)."),
    ],
)  # fmt: skip
def test_a_total_speaks(said: dict[str, str | None], nl: str) -> None:
    found = gap(MBO, STANDARD, Picture(Layer.SELF, said))
    total = next(t for t in totals(found, groups_through(MBO, CROSSWALK, LOKAAL)) if t.group.code == "V5")
    assert explain_total(total, "nl") == nl
    assert explain_total(total, "en").startswith("Connecting: ")


@pytest.mark.parametrize("target", [STANDARD, PROFILE, target_of_stage(MBO, "vakvolwassen")])
def test_a_target_says_what_it_is_in_both_languages(target) -> None:  # type: ignore[no-untyped-def]
    assert target.name.nl in explain_target(target, "nl")
    assert explain_target(target, "nl") != explain_target(target, "en")
