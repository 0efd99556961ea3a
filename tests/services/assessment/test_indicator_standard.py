"""A standard in which each indicator is judged and 80 % of every area is asked, from start to outcome."""

from __future__ import annotations

import pytest

from bekwaam.domain.assessment.asked import asked_stage, related_codes
from bekwaam.services.assessment.findings import FindingInput
from bekwaam.services.assessment.judging import judge
from bekwaam.services.certificates.deciding import decision_now
from bekwaam.services.errors import Invalid
from bekwaam.services.frameworks.versions import framework_of, publish
from tests.cast import Cast, Point, piece_refs, units
from tests.standards import indicator_standard, small_standard


@pytest.mark.parametrize(
    ("not_shown", "met", "counted"),
    [
        (["A1.vb1", "A2.vb1", "A6.vb5"], True, 6),
        (["A3.vb1", "A3.vb2"], False, 5),
    ],
)
def test_a_procedure_over_indicators_comes_to_its_outcome(
    cast: Cast, not_shown: list[str], met: bool, counted: int
) -> None:
    standard = publish(None, indicator_standard())
    procedure = cast.bring_to(Point.READY, standard=standard, stages=dict.fromkeys(not_shown, "not_shown"))
    decision = decision_now(procedure)
    assert len(units(procedure)) == 30
    assert decision.missing == ()
    assert (decision.met, decision.outcome.counted, decision.outcome.needed) == (met, counted, 6)
    assert {short.unit for short in decision.outcome.all_short()} == set(not_shown)


def test_an_indicator_is_shown_at_its_own_stage_or_not(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED, standard=publish(None, indicator_standard(2, 2)))
    given = FindingInput("startbekwaam", piece_refs(procedure), "Gezien.", "Genoeg.")
    with pytest.raises(Invalid):
        judge(cast.assessors[0], procedure, "A1.vb1", given)


def test_what_is_asked_of_a_unit_follows_from_the_rule() -> None:
    assert asked_stage(small_standard(), "1.1") == "vakbekwaam"
    assert asked_stage(small_standard(), "L1") is None
    assert asked_stage(indicator_standard(), "A1.vb1") == "vakbekwaam"


def test_evidence_tied_above_or_below_a_unit_bears_on_it(cast: Cast) -> None:
    standard = framework_of(cast.standard)
    assert related_codes(standard, "1.1") == {"1", "1.1", "1.1.sb1", "1.1.vb1", "1.1.vv1"}
    assert related_codes(standard, "1.1.vb1") == {"1", "1.1", "1.1.vb1"}
