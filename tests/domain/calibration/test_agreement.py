"""Agreement, held against published examples and what must always be true of it."""

from __future__ import annotations

import random

import krippendorff
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekwaam.domain.calibration.agreement import Agreement, Meaning, NoFigure, Vote, agreement

# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: four observers, twelve
# units, some judgements missing. He gives 0.743 for nominal, 0.815 for ordinal, 0.849 for interval data.
PUBLISHED = """
A 1 2 3 3 2 1 4 1 2 . . .
B 1 2 3 3 2 2 4 1 2 5 . 3
C . 3 3 3 2 3 4 2 2 5 1 .
D 1 2 3 3 2 4 4 1 2 5 1 .
"""


def votes(text: str) -> list[Vote]:
    rows = [line.split() for line in text.strip().splitlines()]
    return [
        Vote(who, subject, int(rank))
        for who, *ranks in rows
        for subject, rank in enumerate(ranks)
        if rank != "."
    ]


def test_krippendorffs_own_example() -> None:
    found = agreement(votes(PUBLISHED))
    assert found.alpha == pytest.approx(0.815, abs=0.0005)
    assert (found.assessors, found.judgements, found.subjects) == (4, 40, 11)  # one unit stands alone
    assert found.meaning is Meaning.FIRM


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A 1 2 3 1 2\nB 1 2 3 2 2", NoFigure.FEW_ASSESSORS),
        ("A 1 2\nB 1 2\nC . .", NoFigure.FEW_ASSESSORS),
        ("A 1 .\nB 2 1\nC . 1", NoFigure.FEW_JUDGEMENTS),
        ("A 1\nB 2\nC 1\nD 1\nE 3", NoFigure.ONE_SUBJECT),
        ("A 2 2\nB 2 2\nC 2 2", NoFigure.ONE_STAGE),
        ("A 1 2\nB 1 2\nC 1 .", None),
    ],
)
def test_no_figure_where_it_would_say_nothing(text: str, reason: NoFigure | None) -> None:
    found = agreement(votes(text))
    assert found.reason is reason and (found.alpha is None) is (reason is not None)
    assert (found.meaning is None) is (reason is not None)


@pytest.mark.parametrize(
    ("alpha", "meaning"),
    [
        (1.0, Meaning.FIRM),
        (0.8, Meaning.FIRM),
        (0.799, Meaning.TENTATIVE),
        (0.667, Meaning.TENTATIVE),
        (0.66, Meaning.LOOSE),
        (0.0, Meaning.CHANCE),
        (-0.4, Meaning.CHANCE),
    ],
)
def test_what_a_figure_means(alpha: float, meaning: Meaning) -> None:
    assert Agreement(alpha, None, 3, 9, 3).meaning is meaning


SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
RANKS = st.lists(st.lists(st.none() | st.integers(0, 3), min_size=4, max_size=4), min_size=2, max_size=8)


def as_votes(table: list[list[int | None]]) -> list[Vote]:
    return [
        Vote(who, subject, rank)
        for subject, row in enumerate(table)
        for who, rank in enumerate(row)
        if rank is not None
    ]


@SOME
@given(RANKS, st.randoms(use_true_random=False))
def test_the_order_and_the_names_make_no_difference(
    table: list[list[int | None]], chance: random.Random
) -> None:
    given_votes = as_votes(table)
    shuffled = [Vote(f"other {v.assessor}", f"x{v.subject}", v.rank) for v in given_votes]
    chance.shuffle(shuffled)
    one, other = agreement(given_votes), agreement(shuffled)
    assert one.reason is other.reason
    assert one.alpha == pytest.approx(other.alpha) if one.alpha is not None else other.alpha is None


@SOME
@given(st.lists(st.integers(0, 3), min_size=2, max_size=10), st.integers(3, 6))
def test_full_agreement_is_one(ranks: list[int], assessors: int) -> None:
    found = agreement(Vote(who, at, rank) for who in range(assessors) for at, rank in enumerate(ranks))
    if len(set(ranks)) == 1:
        assert found.reason is NoFigure.ONE_STAGE
    else:
        assert found.alpha == pytest.approx(1.0)


@SOME
@given(RANKS)
def test_never_above_one_and_as_from_the_whole_table(table: list[list[int | None]]) -> None:
    found = agreement(as_votes(table))
    if found.alpha is not None:
        whole = [[float("nan") if rank is None else rank for rank in row] for row in zip(*table, strict=True)]
        assert found.alpha <= 1.0 + 1e-9
        assert found.alpha == pytest.approx(
            krippendorff.alpha(reliability_data=whole, level_of_measurement="ordinal")
        )
