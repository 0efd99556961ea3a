"""What a goal and an activity need, and how targets are called by name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bekwaam.domain.growth.choosing import key_of, stages_to_reach, target_named
from bekwaam.domain.growth.gap_words import explain_target
from bekwaam.domain.growth.plan import (
    MAX_WORDS,
    Phase,
    Progress,
    check_activity,
    check_agreement,
    check_closing,
    check_done,
    check_goal,
    phase_of,
    progress,
    values_to_reach,
)
from bekwaam.domain.growth.rating import rated_units
from bekwaam.domain.growth.target import TargetKind
from bekwaam.domain.growth.ways import WAYS, Way
from bekwaam.domain.takeout.checking import schema
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.library import builtin_ids, builtin_profiles, load_builtin

MBO = load_builtin("evc-sociaal-werker-mbo")
CARD = load_builtin("wmo-competenties")
PROFILES = builtin_profiles(Reference(MBO.id, MBO.version))
TODAY = date(2026, 11, 26)
BEFORE, LATER = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def test_every_target_is_found_again_by_its_name() -> None:
    keys = ["standaard", *(f"stadium-{code}" for code in stages_to_reach(MBO))]
    keys += [f"functie-{profile.code}" for profile in PROFILES]
    found = [target_named(MBO, key, PROFILES) for key in keys]
    assert [key_of(target) for target in found if target] == keys
    assert len(keys) == 1 + 3 + 26


@pytest.mark.parametrize(
    "key", ["", "standaard", "stadium-meester", "stadium-", "functie-wijkcoach", "functie-", "x"]
)
def test_a_name_that_means_nothing_on_a_framework_finds_nothing(key: str) -> None:
    assert target_named(CARD, key, PROFILES) is None


@pytest.mark.parametrize("identifier", builtin_ids())
def test_whatever_can_be_rated_can_be_a_target_and_a_goal(identifier: str) -> None:
    framework = load_builtin(identifier)
    units = {item.code for item in rated_units(framework)}
    keys = ["standaard", "geheel", *(f"stadium-{code}" for code in stages_to_reach(framework))]
    found = [target for key in keys if (target := target_named(framework, key, ()))]
    assert bool(found) == bool(units)
    for target in found:
        assert key_of(target) in keys and set(target.by_code) <= units
        for ask in target.asks:
            assert check_goal(framework, [ask.code], ask.value, "Leren.", None, TODAY) == ()
        assert explain_target(target, "nl") != explain_target(target, "en")


@pytest.mark.parametrize("identifier", builtin_ids())
def test_a_stage_is_a_target_only_where_it_asks_something(identifier: str) -> None:
    framework = load_builtin(identifier)
    for code in stages_to_reach(framework):
        target = target_named(framework, f"stadium-{code}", ())
        assert target is not None and target.kind is TargetKind.STAGE and target.asks


def goal(
    codes: tuple[str, ...] = ("1.1",), value: str = "vakbekwaam", words: str = "Leren.", **days: date
) -> list[str]:
    faults = check_goal(MBO, codes, value, words, days.get("by"), TODAY, by_before=days.get("before"))
    return [f"{fault.name} {fault.reason}" for fault in faults]


def test_a_goal_needs_parts_a_stage_and_words_and_a_day_that_is_to_come() -> None:
    assert goal() == goal(by=TODAY) == goal(by=LATER) == goal(by=BEFORE, before=BEFORE) == []
    assert goal(by=BEFORE) == goal(by=BEFORE, before=LATER) == ["by past"]
    assert goal(codes=()) == goal(codes=("9.9",)) == goal(codes=("1.1", "1")) == ["codes unknown"]
    assert goal(codes=tuple(item.code for item in MBO.competences[:9])) == ["codes many"]
    assert goal(value="yes") == goal(value="") == ["value unknown"]
    assert goal(words="  ") == ["words empty"]
    assert goal(codes=(), words="x" * (MAX_WORDS + 1), by=BEFORE) == [
        "codes unknown",
        "words too_long",
        "by past",
    ]


def test_a_goal_aims_for_a_stage_or_where_there_are_none_for_yes() -> None:
    assert values_to_reach(MBO, ["1.1", "L1"]) == ("startbekwaam", "vakbekwaam", "vakvolwassen")
    assert values_to_reach(CARD, [CARD.of_kind("competence")[0].code]) == ("yes",)


def test_what_no_document_names_has_to_be_told() -> None:
    assert check_activity(Way.SUPERVISION, "", None, TODAY) == ()
    assert [fault.reason for fault in check_activity(Way.OTHER, " ", None, TODAY)] == ["empty"]
    assert [fault.reason for fault in check_activity("hopen", "", BEFORE, TODAY)] == ["unknown", "past"]
    assert [fault.reason for fault in check_activity(Way.EXAMPLES, "x" * 2001, None, TODAY)] == ["too_long"]


def test_done_and_agreed_lie_in_the_past_or_today() -> None:
    assert (
        check_done(TODAY, "", TODAY)
        == check_done(BEFORE, "Veel.", TODAY)
        == check_agreement("Nel", TODAY, TODAY)
        == ()
    )
    assert [fault.reason for fault in check_done(LATER, "x" * 2001, TODAY)] == ["ahead", "too_long"]
    assert [fault.reason for fault in check_done(None, "", TODAY)] == ["empty"]
    assert [fault.reason for fault in check_agreement(" ", LATER, TODAY)] == ["empty", "ahead"]
    assert [fault.reason for fault in check_agreement("x" * 201, None, TODAY)] == ["too_long", "empty"]
    assert check_closing("") == () and [fault.reason for fault in check_closing("x" * 2001)] == ["too_long"]


def test_a_year_that_can_only_be_a_slip_of_the_pen_is_told() -> None:
    far, long_ago = date(9999, 12, 31), date(206, 3, 1)
    assert [fault.reason for fault in check_activity(Way.SUPERVISION, "", far, TODAY)] == ["far"]
    assert check_activity(Way.SUPERVISION, "", far, TODAY, by_before=far) == ()
    assert [fault.reason for fault in check_done(long_ago, "", TODAY)] == ["long_ago"]
    assert [fault.reason for fault in check_agreement("Nel", long_ago, TODAY)] == ["long_ago"]
    edge = (TODAY.replace(year=TODAY.year + 10), TODAY.replace(year=TODAY.year - 60))
    assert check_activity(Way.SUPERVISION, "", edge[0], TODAY) == check_done(edge[1], "", TODAY) == ()


def test_a_day_that_passed_shows_until_it_is_done() -> None:
    assert phase_of(None, None, TODAY) is phase_of(TODAY, None, TODAY) is Phase.TO_DO
    assert phase_of(BEFORE, None, TODAY) is Phase.OVERDUE
    assert phase_of(BEFORE, TODAY, TODAY) is Phase.DONE
    assert progress([(True, True), (True, False), (False, False)]) == Progress(3, 2, 1)


def test_every_way_has_its_source_and_a_package_knows_them_all() -> None:
    assert set(WAYS) == set(Way)
    assert [way for way, facts in WAYS.items() if not (facts.document and facts.section)] == [Way.OTHER]
    activity = schema()["$defs"]["goal"]["properties"]["activities"]["items"]["properties"]
    assert activity["way"]["enum"] == list(Way)
