"""Numbers over time: what is shown follows from the bands, and says no more than they do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekwaam.domain.growth.target import Ask, Target, TargetKind
from bekwaam.domain.growth.totals import Group
from bekwaam.domain.teams.aggregates import Band, Question, report
from bekwaam.domain.teams.series import (
    Moment,
    Reach,
    group_lines,
    reach,
    series_of,
    unit_lines,
    whole_percent,
)
from bekwaam.domain.teams.words import reach_count, reach_share
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.model import Text

ORDER = ("none", "start", "able", "mature")
DAY = datetime(2026, 5, 1, 9, tzinfo=UTC)


def bands(**numbers: int) -> tuple[Band, ...]:
    """Return bands from keywords such as ``none_start=5``."""
    return tuple(Band(tuple(values.split("_")), number) for values, number in numbers.items())


def target(*asks: tuple[str, str]) -> Target:
    made = tuple(Ask(code, value) for code, value in asks)
    return Target(TargetKind.STANDARD, Reference("x", "1"), Text("x", "x"), made)


@pytest.mark.parametrize(
    ("found", "asked", "low", "high", "told", "words"),
    [
        (bands(none=5, start=6, able=7, mature=8), "able", 15, 15, True, "15"),
        (bands(none=5, start=6, able=7, mature=8), "mature", 8, 8, True, "8"),
        (bands(none_start=5, able_mature=7), "able", 7, 7, True, "7"),
        (bands(none_start=5, able_mature=7), "mature", 0, 7, True, "between 0 and 7"),
        (bands(none_start=5, able_mature=7), "start", 7, 12, True, "between 7 and 12"),
        (bands(none=5, start_able=6, mature=7), "able", 7, 13, True, "between 7 and 13"),
        (bands(none_start_able_mature=12), "able", 0, 12, False, "cannot be told"),
    ],
)
def test_a_band_on_both_sides_of_what_is_asked_gives_a_number_between_two(
    found: tuple[Band, ...], asked: str, low: int, high: int, told: bool, words: str
) -> None:
    point = reach(found, asked)
    assert point == Reach(low, high, sum(band.people for band in found))
    assert (point.told, reach_count(point, "en")) == (told, words)


def test_a_stage_of_another_version_is_not_counted() -> None:
    assert reach(bands(none=5, start=5), "expert") is None
    assert reach((), "start") is None
    assert reach_share(None, "en") == "not counted"


@pytest.mark.parametrize(
    ("point", "words"),
    [
        (Reach(10, 10, 30), "33%"),
        (Reach(10, 20, 30), "between 33 and 67%"),
        (Reach(0, 30, 30), "cannot be told"),
    ],
)
def test_shares_are_in_whole_percents_and_between_two_is_never_made_narrower(
    point: Reach, words: str
) -> None:
    assert reach_share(point, "en") == words


@given(
    st.lists(st.sampled_from(ORDER), min_size=5, max_size=40),
    st.sampled_from(ORDER),
)
def test_the_true_number_always_lies_between_the_two(said: list[str], asked: str) -> None:
    answers = {f"p{place}": value for place, value in enumerate(said)}
    shown = report({"all": frozenset(answers)}, [Question("1.1", ORDER, answers)]).shown("all")["1.1"]
    true = sum(ORDER.index(value) >= ORDER.index(asked) for value in said)
    point = reach(shown, asked)
    assert point is not None and point.low <= true <= point.high
    assert point.low == 0 or point.low >= 5
    assert point.high == point.people or point.people - point.high >= 5


def moment(hours: int, people: int, **numbers: int) -> Moment:
    return Moment(DAY + timedelta(hours=hours), people, {"1.1": bands(**numbers)})


def test_of_one_day_the_last_counts_unless_an_earlier_one_of_as_many_people_tells_more() -> None:
    fine, coarse = moment(0, 12, none=5, start_able_mature=7), moment(1, 12, none_start_able_mature=12)
    more, later = moment(2, 20, none_start_able_mature=20), moment(48, 12, none_start_able_mature=12)
    assert series_of([coarse, fine]).moments == (fine,)
    assert series_of([later, fine, coarse, more]).moments == (more, later)


def test_a_unit_that_was_not_counted_at_some_moment_has_a_gap_there() -> None:
    found = series_of([moment(0, 12, none=5, start=7), Moment(DAY + timedelta(days=9), 12, {})])
    (line,) = unit_lines(found, target(("1.1", "start"), ("9.9", "start")))
    assert line.points == (Reach(7, 7, 12), None)


def test_a_group_counts_somebody_once_for_every_unit_and_leaves_out_what_is_not_asked() -> None:
    both = {"1.1": bands(none=5, start=7), "1.2": bands(none_start=12), "1.3": bands(none=12)}
    lines = unit_lines(series_of([Moment(DAY, 12, both)]), target(("1.1", "start"), ("1.2", "start")))
    groups = [
        Group("cluster", "1", Text("Een", "One"), ("1", "1.1", "1.2", "1.3")),
        Group("cluster", "2", Text("Twee", "Two"), ("2.1",)),
    ]
    (line,) = group_lines(lines, groups)
    assert (line.group.code, line.asked, line.points) == ("1", 2, (Reach(7, 19, 24),))


@pytest.mark.parametrize(
    ("part", "people", "percent"),
    [(0, 1_000, 0), (5, 5_000, 1), (995, 1_000, 99), (1_000, 1_000, 100), (6, 10, 60)],
)
def test_nobody_and_everybody_are_told_only_where_it_is_so(part: int, people: int, percent: int) -> None:
    assert whole_percent(part, people) == percent
    assert Reach(part, part, people).percents == (percent, percent)
