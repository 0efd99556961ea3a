"""What a provider may settle for a standard, as a table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bekwaam.domain.assessment.findings import InstrumentKind
from bekwaam.domain.assessment.instruments import InstrumentRule, InstrumentsAsked
from bekwaam.domain.assessment.working import USUAL_TERMS, WayOfWorking, check_way
from bekwaam.domain.procedures.states import State

THESE, NONE = InstrumentRule.THESE, InstrumentRule.NONE


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, []),
        ({"assessors": 1}, []),
        ({"assessors": 3, "role_split": True}, []),
        ({"assessors": 0}, ["assessors"]),
        ({"assessors": 4}, ["assessors"]),
        ({"assessors": 1, "role_split": True}, ["role_split"]),
        ({"asked": InstrumentsAsked(THESE, (InstrumentKind.OBSERVATION,))}, []),
        ({"asked": InstrumentsAsked(THESE)}, ["instruments"]),
        ({"asked": InstrumentsAsked(THESE, (InstrumentKind.PORTFOLIO,))}, ["instruments"]),
        ({"asked": InstrumentsAsked(NONE, reason="Er is al een proeve.")}, []),
        ({"asked": InstrumentsAsked(NONE, reason=" ")}, ["no_instrument_reason"]),
        ({"asked": InstrumentsAsked(NONE, reason="x" * 2001)}, ["no_instrument_reason"]),
        ({"terms": {**USUAL_TERMS, State.JUDGING: 0}}, ["term_judging"]),
        ({"terms": {**USUAL_TERMS, State.JUDGING: 731}}, ["term_judging"]),
        ({"objection_days": 0}, ["objection_days"]),
        ({"answer_weeks": 53}, ["answer_weeks"]),
        ({"facts_days": 0}, ["facts_days"]),
        ({"facts_days": 91}, ["facts_days"]),
    ],
)
def test_a_way_of_working_makes_sense_unless(changed: dict[str, Any], wrong: list[str]) -> None:
    faults = check_way(replace(WayOfWorking(), **changed))
    assert [fault.name for fault in faults] == wrong
    assert all(fault.text("nl") for fault in faults)
