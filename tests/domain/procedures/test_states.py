"""The procedure's table of steps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekwaam.domain.procedures.states import (
    FINISHED,
    MAIN_LINE,
    TRANSITIONS,
    Need,
    State,
    Step,
    after,
    check_step,
)

EVERYTHING = frozenset(Need)

#  step            from                                      to
STEPS = """
open_portfolio   intake                                    portfolio
hand_in          portfolio                                 judging
give_back        judging                                   portfolio
reveal           judging                                   deciding
issue            deciding                                  issued
close            issued                                    closed
withdraw         intake,portfolio,judging,deciding         withdrawn
erase            issued,closed                             erased
object           issued,closed                             objection
take_back        objection                                 issued
not_take_up      objection                                 issued
dismiss          objection                                 issued
uphold           objection                                 closed
confirm          deciding                                  closed
"""
EXPECTED = {
    Step(step): ({State(s) for s in sources.split(",")}, State(target))
    for step, sources, target in (line.split() for line in STEPS.strip().splitlines())
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_a_step_is_possible_from_exactly_these_states(step: Step, state: State) -> None:
    sources, target = EXPECTED[step]
    assert bool(check_step(step, state, EVERYTHING)) is (state in sources)
    assert after(step) is target


@pytest.mark.parametrize(
    ("step", "need"), [(row.step, need) for row in TRANSITIONS.values() for need in row.needs]
)
def test_a_need_that_does_not_hold_is_the_reason_given(step: Step, need: Need) -> None:
    state = next(iter(TRANSITIONS[step].sources))
    verdict = check_step(step, state, EVERYTHING - {need})
    assert verdict.reason == f"needs_{need}"
    assert verdict.text("nl") != verdict.text("en") != ""


@given(st.lists(st.tuples(st.sampled_from(Step), st.frozensets(st.sampled_from(Need)))))
def test_no_course_issues_without_every_phase_before_it(course: list[tuple[Step, frozenset[Need]]]) -> None:
    state, seen = State.INTAKE, [State.INTAKE]
    for step, holds in course:
        if check_step(step, state, holds):
            assert state not in FINISHED or (state is State.CLOSED and step in (Step.ERASE, Step.OBJECT))
            state = after(step)
            seen.append(state)
    if State.ISSUED in seen:
        assert [s for s in MAIN_LINE if s in seen] == list(MAIN_LINE)
        assert seen.index(State.ISSUED) > seen.index(State.DECIDING) > seen.index(State.JUDGING)
