"""What a procedure waits for, as a table."""

from __future__ import annotations

import pytest

from bekwaam.domain.procedures.states import State
from bekwaam.domain.procedures.waiting import WAITING_NAMES, Facts, Waiting, waits_for

COMPLETE = {"has_guide": True, "assessors": 2, "assessors_needed": 2}

TABLE = [
    (State.INTAKE, {"has_guide": False, "assessors": 0, "assessors_needed": 2}, Waiting.GUIDE),
    (State.INTAKE, {"has_guide": True, "assessors": 1, "assessors_needed": 2}, Waiting.ASSESSORS),
    (State.INTAKE, {**COMPLETE, "conflicts": 1}, Waiting.CONFLICT),
    (State.INTAKE, COMPLETE, Waiting.CONSENT),
    (State.INTAKE, {"has_guide": True, "assessors": 1, "assessors_needed": 1}, Waiting.CONSENT),
    (State.PORTFOLIO, COMPLETE, Waiting.PORTFOLIO),
    (State.PORTFOLIO, {**COMPLETE, "has_guide": False}, Waiting.GUIDE),
    (State.JUDGING, {**COMPLETE, "has_guide": False, "declared": 2}, Waiting.JUDGING),
    (State.JUDGING, {**COMPLETE, "assessors": 1, "declared": 1}, Waiting.ASSESSORS),
    (State.JUDGING, {**COMPLETE, "declared": 2, "conflicts": 1}, Waiting.CONFLICT),
    (State.JUDGING, {**COMPLETE, "declared": 1}, Waiting.DECLARATIONS),
    (State.JUDGING, {**COMPLETE, "declared": 2, "finished": 1}, Waiting.JUDGING),
    (State.JUDGING, {**COMPLETE, "declared": 2, "finished": 2}, Waiting.REVEAL),
    (State.DECIDING, {**COMPLETE, "declared": 2, "finished": 2}, Waiting.FINALS),
    (State.DECIDING, {**COMPLETE, "declared": 2, "finished": 2, "conflicts": 1}, Waiting.CONFLICT),
    (State.DECIDING, {**COMPLETE, "assessors": 1, "declared": 1, "finished": 1}, Waiting.ASSESSORS),
    (State.DECIDING, {**COMPLETE, "declared": 1, "finished": 1}, Waiting.DECLARATIONS),
    (State.DECIDING, {**COMPLETE, "declared": 2, "finished": 1}, Waiting.JUDGING),
    (State.DECIDING, {**COMPLETE, "declared": 2, "finished": 2, "wants_third": True}, Waiting.THIRD),
    (State.DECIDING, {**COMPLETE, "decided": True}, Waiting.FACTS),
    (State.DECIDING, {**COMPLETE, "decided": True, "facts_unanswered": 1}, Waiting.FACTS_ANSWER),
    (State.DECIDING, {**COMPLETE, "decided": True, "facts_checked": True}, Waiting.ISSUE),
    (
        State.DECIDING,
        {**COMPLETE, "decided": True, "facts_checked": True, "facts_unanswered": 1},
        Waiting.FACTS_ANSWER,
    ),
    (State.ISSUED, {**COMPLETE, "decided": True}, Waiting.CLOSE),
    (State.CLOSED, {**COMPLETE, "decided": True}, Waiting.NOTHING),
    (State.WITHDRAWN, COMPLETE, Waiting.NOTHING),
]


@pytest.mark.parametrize(("state", "facts", "expected"), TABLE)
def test_a_procedure_waits_for_the_first_thing_that_must_happen(
    state: State, facts: dict[str, int], expected: Waiting
) -> None:
    assert waits_for(Facts(state=state, **facts)) is expected


def test_everything_that_can_be_waited_for_has_a_name() -> None:
    assert set(WAITING_NAMES) == set(Waiting)
