"""Milder or stricter, drift over rounds, and two assessors beside each other."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekwaam.domain.calibration.agreement import NoFigure, Vote
from bekwaam.domain.calibration.pairs import Together, all_pairs, per_pair
from bekwaam.domain.calibration.severity import Lean, Severity, drift, severities


def table(**given: str) -> list[Vote]:
    """Return votes from a row of ranks per assessor; a dot is a judgement that is missing."""
    return [
        Vote(who, at, int(rank)) for who, row in given.items() for at, rank in enumerate(row) if rank != "."
    ]


def test_by_hand() -> None:
    found = severities(table(a="22222", b="11111", c="12111"))
    # a lies 1, 0.5, 1, 1, 1 above the middle of b and c.
    assert found["a"].difference == pytest.approx(0.9) and found["a"].lean is Lean.MILDER
    assert found["b"].difference == pytest.approx((-0.5 - 1 - 0.5 - 0.5 - 0.5) / 5)
    assert found["b"].lean is Lean.STRICTER and found["b"].judgements == 5


@pytest.mark.parametrize(
    ("given", "reason", "number"),
    [
        ({"a": "11111", "b": "11111"}, NoFigure.FEW_ASSESSORS, 0),
        ({"a": "1111", "b": "1111", "c": "1111"}, NoFigure.FEW_JUDGEMENTS, 4),
        ({"a": "11111", "b": "11111", "c": "1111."}, NoFigure.FEW_JUDGEMENTS, 4),
        ({"a": "11111", "b": "11111", "c": "11111"}, None, 5),
    ],
)
def test_no_figure_of_too_little(given: dict[str, str], reason: NoFigure | None, number: int) -> None:
    found = severities(table(**given))["a"]
    assert (found.reason, found.judgements) == (reason, number)
    assert (found.difference is None) is (reason is not None)


@pytest.mark.parametrize(
    ("difference", "lean"),
    [(0.25, Lean.MILDER), (0.24, Lean.LEVEL), (-0.24, Lean.LEVEL), (-0.25, Lean.STRICTER), (None, None)],
)
def test_a_lean_is_named_from_a_quarter_of_a_stage(difference: float | None, lean: Lean | None) -> None:
    assert Severity(difference, None, 5).lean is lean


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=5, max_size=9), st.integers(1, 4))
def test_a_stage_more_everywhere_is_a_stage_milder(rows: list[tuple[int, ...]], more: int) -> None:
    before = severities(Vote(who, at, rank) for at, row in enumerate(rows) for who, rank in enumerate(row))
    after = severities(
        Vote(who, at, rank + more * (who == 0)) for at, row in enumerate(rows) for who, rank in enumerate(row)
    )
    assert before[0].difference is not None and after[0].difference is not None
    assert after[0].difference - before[0].difference == pytest.approx(more)


def test_drift_is_a_figure_per_round_and_nothing_where_one_did_not_take_part() -> None:
    rounds = [table(a="22222", b="11111", c="11111"), table(b="1", c="1"), table(a="1", b="1", c="1")]
    first, second, third = drift(rounds, "a")
    assert first is not None and first.difference == pytest.approx(1.0)
    assert second is None
    assert third is not None and third.reason is NoFigure.FEW_JUDGEMENTS


def test_pairs_are_counted_per_two_and_together() -> None:
    votes = table(a="22210", b="22112", c="2....")
    found = per_pair(votes)
    assert found[frozenset("ab")] == Together(5, 3, 0.6) and found[frozenset("ab")].enough
    assert found[frozenset("ac")] == Together(1, 1, 0.0) and not found[frozenset("ac")].enough
    assert all_pairs(votes).number == 7 and all_pairs([]) == Together(0, 0, 0.0)
