"""Who has a say on a unit and when it is settled, as tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bekwaam.domain.assessment.panel import (
    DisputeFacts,
    Panel,
    check_cannot_agree,
    check_dissent,
    check_say,
)

NOOR, BRAM, FLEUR = 1, 2, 3
TWO = Panel(frozenset({NOOR, BRAM}), frozenset(), frozenset({NOOR, BRAM}), 2)
STUCK = replace(TWO, disputed=frozenset({"1.1"}))
THIRD = replace(STUCK, third=frozenset({FLEUR}), ready=frozenset({NOOR, BRAM, FLEUR}))
JUDGING = replace(THIRD, ready=frozenset({NOOR, BRAM}))
THREE = Panel(frozenset({NOOR, BRAM, FLEUR}), frozenset(), frozenset({NOOR, BRAM, FLEUR}), 3)
THREE_STUCK = replace(THREE, disputed=frozenset({"1.1"}))
HALF = replace(TWO, judges=frozenset({NOOR}), ready=frozenset({NOOR}))
LATE = replace(TWO, judges=frozenset({NOOR, FLEUR}), ready=frozenset({NOOR}))
ALONE = Panel(frozenset({NOOR}), frozenset(), frozenset({NOOR}), 1)


@pytest.mark.parametrize(
    ("panel", "unit", "agreed", "against", "settled"),
    [
        (TWO, "1.1", (), (), False),
        (TWO, "1.1", (NOOR,), (), False),
        (TWO, "1.1", (NOOR, BRAM), (), True),
        (TWO, "1.1", (NOOR,), (BRAM,), False),
        (TWO, "1.1", (NOOR, FLEUR), (), False),
        (ALONE, "1.1", (NOOR,), (), True),
        (HALF, "1.1", (NOOR,), (), False),
        (LATE, "1.1", (NOOR, BRAM), (), False),
        (LATE, "1.1", (NOOR, FLEUR), (), False),
        (STUCK, "1.1", (NOOR, BRAM), (), True),
        (STUCK, "1.1", (NOOR,), (BRAM,), False),
        (JUDGING, "1.1", (NOOR, BRAM), (), False),
        (JUDGING, "1.2", (NOOR, BRAM), (), True),
        (THIRD, "1.1", (NOOR, FLEUR), (), False),
        (THIRD, "1.1", (NOOR, FLEUR), (BRAM,), True),
        (THIRD, "1.1", (NOOR, BRAM), (FLEUR,), True),
        (THIRD, "1.1", (NOOR, BRAM, FLEUR), (), True),
        (THIRD, "1.1", (NOOR,), (BRAM, FLEUR), False),
        (THIRD, "1.2", (NOOR, FLEUR), (BRAM,), False),
        (THIRD, "1.2", (NOOR, BRAM), (), True),
        (THREE, "1.1", (NOOR, BRAM), (FLEUR,), False),
        (THREE_STUCK, "1.1", (NOOR, BRAM), (FLEUR,), True),
        (THREE_STUCK, "1.2", (NOOR, BRAM), (FLEUR,), False),
        (replace(TWO, judges=frozenset()), "1.1", (), (), False),
    ],
)
def test_a_proposal_is_settled(
    panel: Panel, unit: str, agreed: tuple[int, ...], against: tuple[int, ...], settled: bool
) -> None:
    assert panel.settled(unit, agreed, against) is settled


@pytest.mark.parametrize(
    ("panel", "wants"),
    [(TWO, False), (STUCK, True), (THIRD, False), (JUDGING, False), (THREE_STUCK, False)],
)
def test_a_third_is_wanted_where_two_cannot_agree(panel: Panel, wants: bool) -> None:
    assert panel.wants_third is wants


STUCK_FACTS = DisputeFacts(
    has_say=True,
    judges=2,
    complete=True,
    already=False,
    settled=False,
    third_finished=False,
    reason="Hij leest er meer in dan er staat.",
)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, ""),
        ({"judges": 3}, ""),
        ({"judges": 1}, "alone"),
        ({"has_say": False}, "no_say"),
        ({"complete": False}, "not_complete"),
        ({"already": True}, "already_disputed"),
        ({"settled": True}, "settled"),
        ({"third_finished": True}, "third_finished"),
        ({"reason": " "}, "needs_reason"),
    ],
)
def test_they_may_say_that_they_cannot_agree_unless(changed: dict[str, Any], reason: str) -> None:
    verdict = check_cannot_agree(replace(STUCK_FACTS, **changed))
    assert verdict.reason == reason
    assert bool(verdict.text("nl")) is bool(reason)


@pytest.mark.parametrize(
    ("panel", "unit", "actor", "text", "reason"),
    [
        (THIRD, "1.1", BRAM, "Ik zie het niet.", ""),
        (THREE_STUCK, "1.1", FLEUR, "Ik zie het niet.", ""),
        (THIRD, "1.1", BRAM, " ", "needs_dissent"),
        (THIRD, "1.2", BRAM, "Ik zie het niet.", "no_majority"),
        (STUCK, "1.1", BRAM, "Ik zie het niet.", "no_majority"),
        (THREE, "1.1", BRAM, "Ik zie het niet.", "no_majority"),
        (THIRD, "1.1", 99, "Ik zie het niet.", "no_majority"),
    ],
)
def test_one_stays_out_only_where_two_of_three_settle_it(
    panel: Panel, unit: str, actor: int, text: str, reason: str
) -> None:
    assert check_dissent(panel, unit, actor, text).reason == reason


@pytest.mark.parametrize(
    ("panel", "unit", "actor", "reason"),
    [
        (TWO, "1.1", NOOR, ""),
        (THIRD, "1.1", FLEUR, ""),
        (THIRD, "1.2", FLEUR, "no_say"),
        (THIRD, "1.2", NOOR, ""),
        (JUDGING, "1.1", NOOR, "not_complete"),
        (JUDGING, "1.2", NOOR, ""),
        (LATE, "1.1", NOOR, "not_complete"),
        (HALF, "1.1", NOOR, "not_complete"),
    ],
)
def test_one_may_propose_or_agree_unless(panel: Panel, unit: str, actor: int, reason: str) -> None:
    assert check_say(panel, unit, actor).reason == reason
