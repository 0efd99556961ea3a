"""When somebody can be judged again on what fell short."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bekwaam.domain.procedures.following import ReassessmentFacts, check_reassessment, check_units

POSSIBLE = ReassessmentFacts(short=("1.2",))


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (POSSIBLE, ""),
        (replace(POSSIBLE, short=()), "nothing_short"),
        (replace(POSSIBLE, issued=False), "not_issued"),
        (replace(POSSIBLE, candidate_gone=True), "candidate_gone"),
        (replace(POSSIBLE, superseded_by="2026-0002"), "superseded"),
        (replace(POSSIBLE, running="2026-0002"), "running"),
        (replace(POSSIBLE, objection_until=date(2026, 6, 16)), "may_object"),
    ],
)
def test_a_reassessment_starts_or_says_why_not(facts: ReassessmentFacts, reason: str) -> None:
    verdict = check_reassessment(facts)
    assert verdict.reason == reason
    assert bool(verdict) is not bool(reason)


def test_the_refusal_names_the_day_and_the_procedure() -> None:
    assert "16-06-2026" in check_reassessment(replace(POSSIBLE, objection_until=date(2026, 6, 16))).text("en")
    assert "2026-0002" in check_reassessment(replace(POSSIBLE, running="2026-0002")).text("en")


def test_units_are_chosen_from_what_fell_short() -> None:
    assert [fault.reason for fault in check_units([], ["1.1"], "units")] == ["empty"]
    assert [fault.reason for fault in check_units(["1.2"], ["1.1"], "units")] == ["unknown"]
    assert check_units(["1.1"], ["1.1"], "units") == ()
