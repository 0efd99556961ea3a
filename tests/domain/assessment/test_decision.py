"""A decision names everything that blocks it, and is met only when nothing does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bekwaam.domain.assessment.decision import Decision, Missing, MissingKind, decide
from bekwaam.domain.assessment.explain import explain_asked, explain_missing
from bekwaam.domain.assessment.findings import Finding, InstrumentKind, Leg
from bekwaam.domain.assessment.instruments import (
    IdentityCheck,
    InstrumentRule,
    InstrumentsAsked,
    Session,
    SessionField,
)
from bekwaam.domain.procedures.scope import Scope
from bekwaam.frameworks.rules import Count, UnitSet
from tests.domain.assessment.standards import framework, of_competences

STANDARD = of_competences(2, Count(UnitSet("competence"), 2, "middle"))
INTERVIEW = Session(
    "S1",
    InstrumentKind.INTERVIEW,
    date(2026, 5, 1),
    "Zwolle",
    "Twee assessoren",
    IdentityCheck.PASSPORT,
    "Een",
)
PORTFOLIO = Session("S2", InstrumentKind.PORTFOLIO, date(2026, 5, 1), "x", "x", IdentityCheck.KNOWN, "x")


def finding(unit: str, stage: str | None = "middle", **changed: object) -> Finding:
    whole = Finding(unit, stage, ("E1",), (InstrumentKind.PORTFOLIO,), "Gezien.", "Genoeg.")
    return replace(whole, **changed)  # type: ignore[arg-type]


def outcome(*findings: Finding, sessions: tuple[Session, ...] = (INTERVIEW,)) -> Decision:
    return decide(STANDARD, Scope(), findings, sessions)


def test_with_all_legs_and_a_second_instrument_it_is_decided() -> None:
    decision = outcome(finding("c1"), finding("c2"))
    assert decision.decidable
    assert decision.met
    assert decision.stages == {"c1": "middle", "c2": "middle"}


def test_not_met_is_a_decision_too() -> None:
    decision = outcome(finding("c1"), finding("c2", None))
    assert decision.decidable
    assert not decision.met


@pytest.mark.parametrize(
    ("changed", "leg"),
    [
        ({"evidence": ()}, Leg.BASIS),
        ({"instruments": ()}, Leg.INSTRUMENT),
        ({"observed": " "}, Leg.OBSERVED),
        ({"why": ""}, Leg.WHY),
    ],
)
def test_a_missing_leg_blocks(changed: dict[str, object], leg: Leg) -> None:
    decision = outcome(finding("c1"), finding("c2", **changed))
    assert decision.missing == (Missing(MissingKind.LEG, "c2", leg),)
    assert not decision.met
    assert decision.outcome.met


def test_what_was_not_shown_may_rest_on_no_evidence_but_needs_the_other_legs() -> None:
    assert outcome(finding("c1"), finding("c2", None, evidence=())).decidable
    assert not outcome(finding("c1"), finding("c2", None, evidence=(), why="")).decidable


def test_a_unit_without_a_finding_blocks() -> None:
    assert outcome(finding("c1")).missing == (Missing(MissingKind.FINDING, "c2"),)


@pytest.mark.parametrize("sessions", [(), (PORTFOLIO,)])
def test_without_a_second_instrument_nothing_is_decided(sessions: tuple[Session, ...]) -> None:
    decision = outcome(finding("c1"), finding("c2"), sessions=sessions)
    assert Missing(MissingKind.SECOND_INSTRUMENT) in decision.missing


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"held_on": None}, SessionField.DATE),
        ({"place": ""}, SessionField.PLACE),
        ({"present": " "}, SessionField.PRESENT),
        ({"identity": None}, SessionField.IDENTITY),
        ({"identity_by": ""}, SessionField.IDENTITY_BY),
    ],
)
def test_a_session_with_a_gap_blocks_and_does_not_count_as_held(
    changed: dict[str, object], field: SessionField
) -> None:
    session = replace(INTERVIEW, **changed)  # type: ignore[arg-type]
    decision = outcome(finding("c1"), finding("c2"), sessions=(session,))
    assert decision.missing == (
        Missing(MissingKind.SESSION_FIELD, "S1", field),
        Missing(MissingKind.SECOND_INSTRUMENT),
    )


INTERVIEW_KIND, OBSERVATION = InstrumentKind.INTERVIEW, InstrumentKind.OBSERVATION
ANY_ONE = Missing(MissingKind.SECOND_INSTRUMENT)


def these(*kinds: InstrumentKind) -> InstrumentsAsked:
    return InstrumentsAsked(InstrumentRule.THESE, kinds)


@pytest.mark.parametrize(
    ("asked", "sessions", "lacking"),
    [
        (InstrumentsAsked(), (INTERVIEW,), ()),
        (InstrumentsAsked(), (), (ANY_ONE,)),
        (InstrumentsAsked(InstrumentRule.NONE, reason="Alles staat erin."), (), ()),
        (these(INTERVIEW_KIND), (INTERVIEW,), ()),
        (these(OBSERVATION), (INTERVIEW,), (Missing(MissingKind.INSTRUMENT, part=OBSERVATION),)),
        (
            these(OBSERVATION, INTERVIEW_KIND),
            (),
            (
                Missing(MissingKind.INSTRUMENT, part=INTERVIEW_KIND),
                Missing(MissingKind.INSTRUMENT, part=OBSERVATION),
            ),
        ),
    ],
)
def test_the_decision_waits_for_the_instruments_that_the_provider_asks(
    asked: InstrumentsAsked, sessions: tuple[Session, ...], lacking: tuple[Missing, ...]
) -> None:
    decision = decide(STANDARD, Scope(), [finding("c1"), finding("c2")], sessions, asked=asked)
    assert decision.missing == lacking
    assert decision.met is not bool(lacking)
    for entry in lacking:
        assert explain_missing(STANDARD, entry, "nl")


def test_what_is_missing_is_named() -> None:
    entry = Missing(MissingKind.INSTRUMENT, part=OBSERVATION)
    assert "Praktijkobservatie" in explain_missing(STANDARD, entry, "nl")
    assert "praktijkobservatie" in explain_asked(these(OBSERVATION), "nl")
    assert explain_asked(InstrumentsAsked(InstrumentRule.NONE), "nl") == ""


@pytest.mark.parametrize(
    ("findings", "says"),
    [
        ([finding("c9")], "unknown unit c9"),
        ([finding("c1"), finding("c1", None)], "two final judgements on c1"),
        ([finding("c1", "top")], "unknown stage top"),
    ],
)
def test_findings_that_cannot_be_are_refused(findings: list[Finding], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        decide(STANDARD, Scope(), findings, (INTERVIEW,))


def test_a_framework_without_a_rule_decides_nothing() -> None:
    with pytest.raises(ValueError, match="without a rule"):
        decide(framework([], None), Scope(), [], ())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_everything_that_is_missing_has_a_sentence(language: str) -> None:
    entries = [
        Missing(MissingKind.FINDING, "c1"),
        *(Missing(MissingKind.LEG, "c1", leg) for leg in Leg),
        *(Missing(MissingKind.SESSION_FIELD, "S1", field) for field in SessionField),
        Missing(MissingKind.SECOND_INSTRUMENT),
    ]
    sentences = [explain_missing(STANDARD, entry, language) for entry in entries]
    assert len(set(sentences)) == len(entries)
    assert all("{" not in sentence for sentence in sentences)
    assert sentences[0].startswith("c1 Competence 1")


def test_a_finding_on_a_session_that_was_not_recorded_blocks() -> None:
    observed = finding("c1", instruments=(InstrumentKind.PORTFOLIO, InstrumentKind.OBSERVATION))
    decision = outcome(observed, finding("c2"))
    assert decision.missing == (Missing(MissingKind.NOT_HELD, "c1", "observation"),)
    assert "praktijkobservatie" in explain_missing(STANDARD, decision.missing[0], "nl").lower()
