"""Numbers above a team: nothing about fewer than five can be read, or worked out, from what is shown."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bekwaam.domain.teams.aggregates import (
    FEWEST,
    Band,
    Question,
    Report,
    crowds_of,
    may_follow,
    may_report,
    report,
    softened,
)

ORDER = ("none", "start", "able", "mature")


def people(first: int, last: int) -> frozenset[str]:
    return frozenset(f"p{number}" for number in range(first, last + 1))


def question(*numbers: int, first: int = 1) -> Question:
    """Give p1, p2 … the values of ORDER, so many of each."""
    values = [value for value, number in zip(ORDER, numbers, strict=True) for _ in range(number)]
    return Question("1.1", ORDER, {f"p{first + place}": value for place, value in enumerate(values)})


@pytest.mark.parametrize(
    ("numbers", "bands"),
    [
        ((5, 5, 5, 5), [5, 5, 5, 5]),
        ((4, 6, 5, 5), [10, 5, 5]),
        ((6, 5, 5, 4), [6, 5, 9]),
        ((0, 0, 20, 0), [20]),
        ((20, 0, 0, 0), [20]),
        ((1, 1, 1, 17), [20]),
        ((9, 1, 1, 9), [9, 11]),
        ((8, 2, 2, 8), [8, 12]),
        ((2, 2, 2, 2), [8]),
    ],
)
def test_neighbours_are_merged_until_every_band_holds_five(
    numbers: tuple[int, ...], bands: list[int]
) -> None:
    everybody = people(1, sum(numbers))
    shown = report({"house": everybody}, [question(*numbers)]).shown("house")["1.1"]
    assert [band.people for band in shown] == bands
    assert tuple(value for band in shown for value in band.values) == ORDER


def test_who_gave_no_answer_or_one_of_another_version_counts_with_the_first_value() -> None:
    asked = Question("1.1", ORDER, {"p1": "expert", **{f"p{n}": "able" for n in range(2, 8)}})
    shown = report({"house": people(1, 11)}, [asked]).shown("house")["1.1"]
    assert shown == (Band(("none",), 5), Band(("start", "able", "mature"), 6))


@pytest.mark.parametrize(
    ("sets", "reason"),
    [
        ({}, "too_few_people"),
        ({"team": people(1, 4)}, "too_few_people"),
        ({"team": people(1, 5)}, ""),
        ({"house": people(1, 12), "team": people(1, 5)}, ""),
        ({"house": people(1, 12), "team": people(1, 8)}, "set_apart"),  # the other four can be worked out
        ({"house": people(1, 12), "a": people(1, 5), "b": people(6, 10)}, "set_apart"),  # so can the last two
        ({"house": people(1, 10), "a": people(1, 5), "b": people(6, 10)}, ""),
        ({"a": people(1, 10), "b": people(9, 20)}, "set_apart"),  # two people are in both
        ({"a": people(1, 10), "again": people(1, 10)}, ""),
    ],
)
def test_sets_are_shown_together_only_if_they_single_out_nobody(
    sets: dict[str, frozenset[str]], reason: str
) -> None:
    verdict = may_report(sets)
    assert verdict.reason == reason
    if reason:
        assert "5" in verdict.text("nl") and verdict.text("nl") != verdict.text("en")
        with pytest.raises(ValueError, match=reason):
            report(sets, [])


def test_a_set_is_cut_where_its_crowds_allow_it() -> None:
    sets = {"house": people(1, 20), "team": people(1, 10)}
    asked = question(5, 5, 10, 0)  # all who are able or more are outside the team
    found = report(sets, [asked])
    assert [band.people for band in found.shown("house")["1.1"]] == [20]
    assert [band.people for band in found.shown("team")["1.1"]] == [10]
    assert (found.size("house"), found.size("team")) == (20, 10)
    with pytest.raises(KeyError):
        found.shown("elsewhere")


# ---- one report after another


def made(numbers: tuple[int, ...], first: int = 1) -> Report:
    return report({"house": people(first, first + sum(numbers) - 1)}, [question(*numbers, first=first)])


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ((10, 10, 0, 0), (10, 10, 0, 0), ""),
        ((10, 10, 0, 0), (9, 11, 0, 0), "few_changed"),
        ((10, 10, 0, 0), (6, 14, 0, 0), "few_changed"),
        ((10, 10, 0, 0), (5, 15, 0, 0), ""),
        ((5, 15, 0, 0), (10, 10, 0, 0), ""),
        ((8, 0, 12, 0), (5, 3, 12, 0), "few_changed"),
        ((5, 3, 12, 0), (4, 4, 12, 0), "few_changed"),  # cut elsewhere: three people could be worked out
    ],
)
def test_numbers_over_the_same_people_change_by_nobody_or_by_five(
    before: tuple[int, ...], after: tuple[int, ...], reason: str
) -> None:
    assert may_follow(made(after), [made(before)]).reason == reason


@pytest.mark.parametrize(
    ("left", "joined", "reason"),
    [(0, 0, ""), (1, 0, "set_apart"), (0, 4, "set_apart"), (5, 0, ""), (5, 5, "")],
)
def test_people_come_and_go_by_five(left: int, joined: int, reason: str) -> None:
    before = report({"house": people(1, 30)}, [])
    after = report({"house": people(1 + left, 30 + joined)}, [])
    assert may_follow(after, [before]).reason == reason


def test_of_five_who_left_no_more_is_told_than_that_they_did() -> None:
    before = made((10, 10, 0, 0))
    two_and_three = report({"house": people(3, 12) | people(16, 20)}, [question(10, 10, 0, 0)])
    assert may_follow(two_and_three, [before]).reason in ("few_changed", "set_apart")


def test_two_reports_that_each_may_stand_beside_the_new_one_may_single_out_a_few_together() -> None:
    house, one, two = (report({"x": found}, []) for found in (people(1, 23), people(1, 10), people(11, 20)))
    assert may_follow(house, [one]) and may_follow(house, [two])
    assert may_follow(house, [one, two]).reason == "set_apart"  # three are in none of the two


def test_two_teams_cut_elsewhere_than_the_house_before_tell_what_lies_between() -> None:
    house = report({"house": people(1, 40)}, [question(8, 12, 20, 0)])
    values = question(8, 12, 20, 0).answers
    halves = {"a": people(1, 4) | people(9, 14) | people(21, 30)}
    halves["b"] = people(1, 40) - halves["a"]
    teams = report(halves, [Question("1.1", ORDER, values)])
    assert [band.people for band in teams.shown("a")["1.1"]] == [10, 10]
    assert may_follow(teams, [house])  # 8 and 20 people: twelve between the two cuts
    closer = report({"house": people(1, 40)}, [question(17, 5, 18, 0)])
    later = report({"house": people(1, 40)}, [question(4, 16, 20, 0)])
    assert may_follow(later, [closer]).reason == "few_changed"  # 17 then and 20 now: three lie between


def test_every_earlier_report_counts_and_not_only_the_last() -> None:
    first, second = made((10, 10, 0, 0)), made((5, 15, 0, 0))
    third = made((9, 11, 0, 0))
    assert may_follow(second, [first])
    assert may_follow(third, [first, second]).reason == "few_changed"


# ---- nothing smaller can be worked out

MEMBERSHIP = st.lists(
    st.tuples(st.sampled_from(["ab", "a", "b", "abc", "c", ""]), st.sampled_from(ORDER)),
    min_size=0,
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(MEMBERSHIP)
def test_adding_and_taking_away_what_is_shown_never_leaves_fewer_than_five(
    rows: list[tuple[str, str]],
) -> None:
    sets = {
        name: frozenset(str(place) for place, (names, _) in enumerate(rows) if name in names)
        for name in "abc"
    }
    sets = {name: found for name, found in sets.items() if found}
    if not may_report(sets):
        return
    asked = Question("u", ORDER, {str(place): value for place, (_, value) in enumerate(rows)})
    found = report(sets, [asked])
    shown = {name: found.shown(name)["u"] for name in sets}
    for one, other in combinations(sets, 2):
        difference = sets[one] - sets[other]
        if sets[other] <= sets[one] and difference:
            for a, b in zip(shown[one], shown[other], strict=True):
                assert a.people - b.people >= FEWEST
    for crowd in crowds_of(sets.values()):
        for band in shown[next(iter(sets))]:
            assert sum(asked.answers[person] in band.values for person in crowd) >= FEWEST
    for name, bands in shown.items():
        assert sum(band.people for band in bands) == len(sets[name])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sets(st.integers(0, 12)), max_size=4))
def test_crowds_are_apart_and_hold_everybody_once(numbers: list[set[int]]) -> None:
    sets = [frozenset(map(str, found)) for found in numbers]
    crowds = crowds_of(sets)
    assert sum(map(len, crowds)) == len(frozenset().union(*sets))
    for crowd in crowds:
        assert all(crowd <= found or not crowd & found for found in sets)


def _group(letter: str, low: int, high: int) -> dict[str, str]:
    """Return people named by a letter, so many at each of two values."""
    return {f"{letter}{number}": "start" if number < low else "able" for number in range(low + high)}


def _over(*groups: dict[str, str]) -> Report:
    answers = {person: value for group in groups for person, value in group.items()}
    return report({"c": frozenset(answers)}, [Question("1.1", ORDER, answers)])


def test_what_two_reports_tell_together_is_not_taken_from_a_third() -> None:
    """Of the five in neither cohort one is at start: all minus the one cohort minus the other."""
    one, other, rest = _group("a", 5, 5), _group("b", 5, 5), _group("c", 1, 4)
    earlier = [_over(one), _over(other)]
    assert may_follow(earlier[1], earlier[:1])
    assert may_follow(_over(one, other, rest), [earlier[0]])
    assert may_follow(_over(one, other, rest), [earlier[1]])
    assert may_follow(_over(one, other, rest), earlier).reason == "few_changed"


def test_a_cohort_completes_no_sum_within_what_was_told_of_all() -> None:
    one, other, rest = _group("a", 5, 5), _group("b", 5, 5), _group("c", 1, 4)
    earlier = [_over(one, other, rest), _over(one)]
    assert may_follow(earlier[1], earlier[:1])
    assert not may_follow(_over(other), earlier)
    coarser = softened(_over(other), earlier)
    assert may_follow(coarser, earlier)
    assert [band.people for band in coarser.shown("c")["1.1"]] == [10]


def test_sums_of_two_reports_that_leave_a_crowd_are_told() -> None:
    one, other, rest = _group("a", 5, 5), _group("b", 5, 5), _group("c", 5, 6)
    assert may_follow(_over(one, other, rest), [_over(one), _over(other)])


def test_more_ways_to_add_up_than_are_looked_at_tell_nothing() -> None:
    small = [_over(_group(letter, 5, 5)) for letter in "abcdefghijklm"]
    everybody = _over(*(_group(letter, 5, 5) for letter in "abcdefghijklmz"))
    assert may_follow(everybody, small[:3])
    assert may_follow(everybody, small).reason == "few_changed"
