"""Which finding stands: the earlier one, or the one made anew."""

from __future__ import annotations

import pytest

from bekwaam.domain.assessment.carrying import standing
from bekwaam.domain.assessment.decision import MissingKind, decide
from bekwaam.domain.assessment.findings import Finding, InstrumentKind
from bekwaam.domain.assessment.instruments import InstrumentRule, InstrumentsAsked
from bekwaam.domain.procedures.scope import Scope, judged_units, outcome_units
from tests.standards import small_standard

STANDARD = small_standard()


def found(unit: str, stage: str | None, *kinds: InstrumentKind) -> Finding:
    return Finding(unit, stage, ("stuk",), kinds or (InstrumentKind.PORTFOLIO,), "gezien", "want")


@pytest.mark.parametrize(
    ("earlier", "new", "stands"),
    [
        (None, "vakbekwaam", "new"),
        (None, None, "new"),
        ("vakbekwaam", "vakbekwaam", "new"),
        ("startbekwaam", "vakbekwaam", "new"),
        ("vakbekwaam", "startbekwaam", "earlier"),
        ("startbekwaam", None, "earlier"),
    ],
)
def test_judged_again_nobody_ends_up_lower(earlier: str | None, new: str | None, stands: str) -> None:
    before, after = found("1.1", earlier), found("1.1", new)
    result = standing(STANDARD, ("1.1",), {"1.1": after}, {"1.1": before})
    assert result["1.1"] is (after if stands == "new" else before)


def test_what_is_not_judged_again_stands_as_it_was() -> None:
    before = {code: found(code, "vakbekwaam") for code in ("1.1", "1.2")}
    result = standing(STANDARD, ("1.1",), {"1.1": found("1.1", "vakvolwassen")}, before)
    assert result["1.2"] is before["1.2"]
    assert result["1.1"].stage == "vakvolwassen"


def test_what_is_judged_again_has_no_finding_until_there_is_a_new_one() -> None:
    assert standing(STANDARD, ("1.1",), {}, {"1.1": found("1.1", "vakbekwaam")}) == {}


def test_only_what_is_judged_again_is_asked_for_and_all_of_it_counts() -> None:
    scope = Scope(units=("1.2",))
    assert judged_units(STANDARD, scope) == ("1.2",)
    assert outcome_units(STANDARD, scope) == ("1.1", "1.2", "1.3")
    earlier = [found("1.1", "vakbekwaam", InstrumentKind.INTERVIEW), found("1.2", None), found("1.3", None)]
    asked = InstrumentsAsked(InstrumentRule.NONE)
    waiting = decide(STANDARD, scope, [], (), asked=asked, earlier=earlier)
    assert [(one.kind, one.subject) for one in waiting.missing] == [(MissingKind.FINDING, "1.2")]
    # An interview that an earlier finding rests on was held then, and is not missed now.
    decided = decide(STANDARD, scope, [found("1.2", "vakbekwaam")], (), asked=asked, earlier=earlier)
    assert decided.decidable and decided.met
    assert decided.stages == {"1.1": "vakbekwaam", "1.2": "vakbekwaam", "1.3": None}
