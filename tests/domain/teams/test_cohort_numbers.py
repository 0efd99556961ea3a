"""Numbers over a cohort, again and again: who is counted, and how far a unit is told beside earlier ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekwaam.domain.teams.aggregates import Question, Report, countable, may_follow, report, softened


def of(letters: str) -> frozenset[str]:
    return frozenset(letters)


@pytest.mark.parametrize(
    ("now", "before", "counted"),
    [
        ("abcdef", [], "abcdef"),
        ("abcd", [], ""),
        ("abcdef", ["abcde"], "abcde"),
        ("abcdefghij", ["abcde"], "abcdefghij"),
        ("abcdefg", ["gvwxyz"], "abcdef"),
        ("abcde", ["abcdef"], "abcde"),
        ("abcdefgh", ["abcdvwxyz"], ""),
        ("abcdefghi", ["abcdvwxyz"], "efghi"),
    ],
)
def test_who_would_stand_apart_with_a_few_is_not_counted(now: str, before: list[str], counted: str) -> None:
    earlier = [report({f"{n}": of(one)}, []) for n, one in enumerate(before)]
    assert countable(of(now), earlier) == of(counted)


def told(answers: dict[str, str], order: str = "nsvm") -> Report:
    """Return a report of one set over one unit; ``answers`` give by value who is there."""
    said = {person: value for value, some in answers.items() for person in some}
    return report({"c": frozenset(said)}, [Question("1.1", tuple(order), said)])


TEN, MORE = "abcdefghij", "klmnopqrst"


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [
        # Ten went on from n to s: both are told in full.
        ({"n": TEN + MORE}, {"n": TEN, "s": MORE}, [("n", 10), ("svm", 10)]),
        ({"n": TEN, "s": MORE}, {"s": TEN, "v": MORE}, [("nsvm", 20)]),
        # Three went on: their number would be known, so the unit is told as one.
        ({"n": TEN, "s": MORE}, {"n": TEN[:7], "s": TEN[7:] + MORE}, [("nsvm", 20)]),
        ({"n": TEN, "s": MORE}, {"n": TEN[:5], "s": TEN[5:] + MORE}, [("n", 5), ("svm", 15)]),
        # Nothing changed: nothing more is told than before, and nothing less.
        ({"n": TEN, "s": MORE}, {"n": TEN, "s": MORE}, [("n", 10), ("svm", 10)]),
    ],
)
def test_a_unit_is_told_in_as_much_detail_as_can_follow(
    before: dict[str, str], now: dict[str, str], shown: list[tuple[str, int]]
) -> None:
    earlier = told(before)
    found = softened(told(now), [earlier])
    assert may_follow(found, [earlier])
    bands = found.shown("c")["1.1"]
    assert [("".join(band.values), band.people) for band in bands] == shown


@given(st.data())
def test_what_is_softened_follows_over_the_same_people(data: st.DataObject) -> None:
    order = ("n", "s", "v", "m")
    crowd = [f"p{n}" for n in range(data.draw(st.integers(5, 25)))]
    kept: list[Report] = []
    for _ in range(4):
        units = [
            Question(unit, order, {one: data.draw(st.sampled_from(order)) for one in crowd})
            for unit in ("1.1", "1.2")
        ]
        new = softened(report({"c": frozenset(crowd)}, units), kept)
        assert may_follow(new, kept)
        kept.append(new)
