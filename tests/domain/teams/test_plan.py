"""The plan of a team: why a unit stands in it as it does, and what would be there if all plans succeeded."""

from __future__ import annotations

from datetime import date

import pytest

from bekwaam.domain.growth.gap import Layer, Picture
from bekwaam.domain.growth.target import target_of_stage
from bekwaam.domain.growth.ways import Way
from bekwaam.domain.teams.coverage import coverage
from bekwaam.domain.teams.goals import check_team_goal
from bekwaam.domain.teams.members import Member
from bekwaam.domain.teams.plan import Aim, PlanLine, Reason, TeamPlan, Work, team_plan
from bekwaam.domain.teams.plan_words import explain_now, explain_plan, explain_reason, explain_then
from bekwaam.domain.teams.starting import beside_model, missing
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.library import builtin_profiles, load_builtin, load_team_models
from tests.standards import small_standard

SMALL = small_standard(3)
TARGET = target_of_stage(SMALL, "vakbekwaam", ("competence",))
TODAY = date(2026, 11, 26)
BEFORE, SOON, LATER = date(2026, 11, 25), date(2027, 1, 15), date(2027, 6, 1)
ABLE, START, MATURE = "vakbekwaam", "startbekwaam", "vakvolwassen"


def member(ref: str, value: str | None = None) -> Member:
    """Somebody who shares their own word on 1.1, or nothing at all of how they stand."""
    if value is None:
        return Member(ref, frozenset())
    return Member(ref, frozenset({Layer.SELF}), (Picture(Layer.SELF, {"1.1": value}, ref),))


def plan_of(members: dict[str, str | None], works: list[Work] = (), aims: list[Aim] = ()) -> TeamPlan:  # type: ignore[assignment]
    found = coverage(SMALL, TARGET, [member(ref, value) for ref, value in members.items()], Layer.SELF)
    return team_plan(SMALL, found, works, aims, TODAY)


def first(plan: TeamPlan) -> PlanLine:
    return plan.lines[0]


def work(ref: str, value: str = ABLE, by: date | None = None, *codes: str) -> Work:
    return Work(ref, codes or ("1.1",), value, by, (Way.SUPERVISION,))


@pytest.mark.parametrize(
    ("members", "works", "aims", "reason", "now", "then", "by"),
    [
        # Enough already: whoever works on it or what the team wants changes nothing about that.
        ({"a": ABLE, "b": MATURE}, [], [], Reason.COVERED, "ab", "ab", None),
        ({"a": ABLE, "b": ABLE, "c": START}, [work("c", ABLE, SOON)], [], Reason.COVERED, "ab", "abc", SOON),
        ({"a": ABLE, "b": ABLE}, [], [Aim("x", ("1.1",), BEFORE)], Reason.COVERED, "ab", "ab", None),
        # Thin, and nobody is known to work on it.
        ({"a": START, "b": None}, [], [], Reason.NOBODY, "", "", None),
        ({"a": ABLE}, [work("a", MATURE, SOON, "1.2")], [Aim("x", ("1.3",))], Reason.NOBODY, "a", "a", None),
        # Thin, and somebody works on it: one more, or two.
        ({"a": ABLE, "b": START}, [work("b", ABLE, SOON)], [], Reason.WORKED, "a", "ab", SOON),
        ({"a": START, "b": START}, [work("b"), work("a", MATURE)], [], Reason.WORKED, "", "ab", None),
        # Somebody who shares what they work on and not how they stand counts once they would be there.
        ({"a": ABLE, "b": None}, [work("b", ABLE, LATER)], [], Reason.WORKED, "a", "ab", LATER),
        # Of who works on it the first day that is still to come is told; a day of the team's is not theirs.
        (
            {"a": START, "b": START},
            [work("a", ABLE, LATER), work("b", ABLE, BEFORE)],
            [Aim("x", ("1.1",), SOON)],
            Reason.WORKED,
            "",
            "ab",
            LATER,
        ),
        ({"a": START}, [work("a")], [Aim("x", ("1.1",), SOON)], Reason.WORKED, "", "a", None),
        ({"a": START}, [work("a", ABLE, BEFORE)], [Aim("x", ("1.1",), SOON)], Reason.WORKED, "", "a", None),
        # A goal below what is asked does not bring it there; the same person counts once.
        ({"a": ABLE, "b": None}, [work("b", START, SOON)], [], Reason.WORKED, "a", "a", SOON),
        ({"a": ABLE, "b": START}, [work("a", MATURE, SOON)], [], Reason.WORKED, "a", "a", SOON),
        # A value of another version says nothing.
        ({"a": ABLE, "b": START}, [work("b", "meester")], [], Reason.WORKED, "a", "a", None),
        # The team has a goal, and nobody says that they work on it.
        ({"a": ABLE}, [], [Aim("x", ("1.1", "1.2"), SOON)], Reason.AIMED, "a", "a", SOON),
        ({"a": ABLE}, [], [Aim("x", ("1.1",))], Reason.AIMED, "a", "a", None),
        # The day of every goal on it has passed; a day of today has not.
        ({"a": ABLE}, [], [Aim("x", ("1.1",), BEFORE)], Reason.PASSED, "a", "a", None),
        ({"a": ABLE, "b": START}, [work("b", ABLE, BEFORE)], [], Reason.PASSED, "a", "ab", None),
        ({"a": ABLE, "b": START}, [work("b", ABLE, TODAY)], [], Reason.WORKED, "a", "ab", TODAY),
        ({"a": ABLE, "b": START}, [work("b")], [Aim("x", ("1.1",), BEFORE)], Reason.WORKED, "a", "ab", None),
        # Who is not in the team is not looked for.
        ({"a": ABLE}, [work("z", ABLE, SOON)], [], Reason.NOBODY, "a", "a", None),
        # A team of nobody.
        ({}, [], [], Reason.NOBODY, "", "", None),
    ],
)
def test_a_unit_stands_in_the_plan_for_a_reason(
    members: dict[str, str | None],
    works: list[Work],
    aims: list[Aim],
    reason: Reason,
    now: str,
    then: str,
    by: date | None,
) -> None:
    line = first(plan_of(members, works, aims))
    assert (line.reason, "".join(line.now), "".join(line.then), line.by) == (reason, now, then, by)
    for language in ("nl", "en"):
        told = [explain_now(line, language), explain_reason(line, language)]
        assert all(told) and bool(explain_then(line, language)) is (now != then)
    assert explain_reason(line, "nl") != explain_reason(line, "en")


def test_members_stay_in_the_order_given_and_so_do_those_who_would_cover() -> None:
    line = first(plan_of({"c": START, "a": ABLE, "b": START}, [work("b"), work("c")]))
    assert line.then == ("c", "a", "b")
    assert [one.work.member for one in line.workers] == ["b", "c"]


def test_the_plan_tells_in_how_many_places_it_would_still_be_thin() -> None:
    both = plan_of({"a": START, "b": START}, [work("a"), work("b")])
    assert (len(both.thin), both.thin_then, len(both.covered)) == (3, 2, 0)
    assert "dan wordt dat 2" in explain_plan(both, "nl")
    assert "verandert dat niet" in explain_plan(plan_of({"a": START}), "nl")
    assert "2 leden dit: genoeg" in explain_then(first(both), "nl")
    one = plan_of({"a": START, "b": START}, [work("a")])
    assert "dekt 1 lid dit van de 2" in explain_then(first(one), "nl")


@pytest.mark.parametrize(
    ("codes", "words", "way", "doing", "by", "before", "wrong"),
    [
        (("1.1",), "Samen", "", "", None, None, []),
        (("1.1",), "Samen", "supervision", "", TODAY, None, []),
        ((), "Samen", "", "", None, None, [("codes", "unknown")]),
        (("9.9",), "Samen", "", "", None, None, [("codes", "unknown")]),
        (("1",), "Samen", "", "", None, None, [("codes", "unknown")]),
        (("1.1",), "  ", "", "", None, None, [("words", "empty")]),
        (("1.1",), "x" * 2001, "", "", None, None, [("words", "too_long")]),
        (("1.1",), "Samen", "zomaar", "", None, None, [("way", "unknown")]),
        (("1.1",), "Samen", "other", "", None, None, [("doing", "empty")]),
        (("1.1",), "Samen", "", "x" * 2001, None, None, [("doing", "too_long")]),
        (("1.1",), "Samen", "", "", BEFORE, None, [("by", "past")]),
        (("1.1",), "Samen", "", "", BEFORE, BEFORE, []),
        ((), "", "no", "", BEFORE, None,
         [("codes", "unknown"), ("words", "empty"), ("way", "unknown"), ("by", "past")]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_goal_of_a_team_is_told(
    codes: tuple[str, ...],
    words: str,
    way: str,
    doing: str,
    by: date | None,
    before: date | None,
    wrong: list[tuple[str, str]],
) -> None:
    found = check_team_goal(SMALL, codes, words, way, doing, by, TODAY, by_before=before)
    assert [(fault.name, fault.reason) for fault in found] == wrong


def test_more_than_eight_parts_are_two_goals() -> None:
    wide = small_standard(9)
    codes = [f"1.{number}" for number in range(1, 10)]
    assert [f.reason for f in check_team_goal(wide, codes, "Alles", "", "", None, TODAY)] == ["many"]
    assert check_team_goal(wide, codes[:8], "Alles", "", "", None, TODAY) == ()


MBO = load_builtin("evc-sociaal-werker-mbo")
PROFILES = {one.code: one for one in builtin_profiles(Reference("evc-sociaal-werker-mbo", "1.0"))}
MODELS = {model.code: model for model in load_team_models().models}


def _bringing(ref: str, profile: str, *without: str) -> Member:
    values = {demand.code: demand.stage for demand in PROFILES[profile].demands if demand.code not in without}
    return Member(ref, frozenset({Layer.SELF}), (Picture(Layer.SELF, values, ref),))


def _all_of(profile: str) -> set[str]:
    return set(PROFILES[profile].by_code)


@pytest.mark.parametrize(
    ("model", "members", "asked"),
    [
        # Without anybody everything is missing, whatever the model.
        ("een-generalist", [], _all_of("wijkcoach")),
        ("twee-beroepen", [], _all_of("maatschappelijk-werker") | _all_of("opbouwwerker")),
        ("team-als-generalist", [], _all_of("wijkcoach")),
        # Everybody can do all: nothing is.
        ("een-generalist", [("wijkcoach", ())], set()),
        # One of two lacks something: for a team of generalists that is missing, together it is not.
        ("een-generalist", [("wijkcoach", ()), ("wijkcoach", ("1.1",))], {"1.1"}),
        ("team-als-generalist", [("wijkcoach", ()), ("wijkcoach", ("1.1",))], set()),
        ("team-als-generalist", [("wijkcoach", ("1.1", "1.2")), ("wijkcoach", ("1.1",))], {"1.1"}),
        # Nobody fills a profile alone, though for each part there is somebody: what not everybody shows.
        (
            "twee-beroepen",
            [("opbouwwerker", ("4.1",)), ("opbouwwerker", ("5.1",))],
            {"4.1", "5.1"} | _all_of("maatschappelijk-werker") - {"3.3"},
        ),
        # Once somebody fills it, nothing of it is missing.
        (
            "twee-beroepen",
            [("opbouwwerker", ("4.1",)), ("opbouwwerker", ())],
            _all_of("maatschappelijk-werker") - {"3.3"},
        ),
    ],
)
def test_a_model_says_what_a_team_still_misses(
    model: str, members: list[tuple[str, tuple[str, ...]]], asked: set[str]
) -> None:
    team = [_bringing(f"m{number}", *(profile, *gone)) for number, (profile, gone) in enumerate(members)]
    found = missing(beside_model(MBO, MODELS[model], PROFILES, team, Layer.SELF))
    codes = [ask.code for ask in found]
    assert len(codes) == len(set(codes))
    assert set(codes) == asked
