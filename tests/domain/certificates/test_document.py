"""The certificate says what was found, and nothing that must not be on it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from bekwaam.domain.assessment.decision import decide
from bekwaam.domain.certificates.document import certificate_document
from bekwaam.domain.procedures.scope import Scope
from bekwaam.frameworks.document import content_hash
from bekwaam.frameworks.wheel_parts import State
from bekwaam.trust.canonical import canonical_json
from tests.papers import INTERVIEW, ISSUE, PIECES, finding, paper
from tests.standards import indicator_standard, small_standard


def test_nothing_is_issued_while_something_is_missing() -> None:
    standard = small_standard()
    findings = [finding("1.1", "vakbekwaam")]
    decision = decide(standard, Scope(), findings, (INTERVIEW,))
    with pytest.raises(ValueError, match="before the outcome"):
        certificate_document(standard, Scope(), decision, findings, (INTERVIEW,), PIECES, ISSUE, "nl")


@pytest.mark.parametrize(
    ("shown", "met", "counted"),
    [(["1.1", "1.2", "1.3"], True, 3), (["1.1", "1.2"], True, 2), (["1.1"], False, 1)],
)
def test_it_is_issued_whether_or_not_the_standard_was_met_and_says_which(
    shown: list[str], met: bool, counted: int
) -> None:
    stages = {code: None for code in ("1.1", "1.2", "1.3") if code not in shown}
    document = paper(small_standard(), stages)
    assert (document.met, document.rule.met, document.rule.counted, document.rule.needed) == (
        met,
        met,
        counted,
        2,
    )
    assert [unit.code for unit in document.units if unit.counts] == shown
    assert document.rule.short == tuple(stages)


def test_a_finding_stands_on_it_with_its_three_legs() -> None:
    first = paper(small_standard(), {"1.1": "vakvolwassen"}).units[0]
    assert (first.code, first.title, first.group) == ("1.1", "competence 1.1", "cluster 1")
    assert (first.stage_title, first.rings, first.counts) == ("vakvolwassen", 3, True)
    assert [(e.title, e.dated_on) for e in first.evidence] == [("De maaltijd in de buurt", date(2025, 3, 14))]
    assert [len(i.held_on) for i in first.instruments] == [0, 1]
    assert (first.observed, first.why) == ("Gezien bij 1.1.", "Gewogen bij 1.1.")


def test_what_fell_short_points_to_the_indicators_between_shown_and_asked() -> None:
    document = paper(
        small_standard(), {"1.1": "startbekwaam", "1.2": None}, recommendations={"1.1": " Oefen. "}
    )
    first, second, third = document.units
    assert first.pointers == ("indicator 1.1.vb1",)
    assert second.pointers == ("indicator 1.2.sb1", "indicator 1.2.vb1")
    assert (third.pointers, first.asked_title, third.asked_title) == ((), "vakbekwaam", "")
    assert (first.recommendation, second.recommendation) == ("Oefen.", "")


def test_life_domains_stand_on_it_only_where_judged() -> None:
    assert paper(small_standard()).life_domains == ()
    (domain,) = paper(small_standard(), life_domains=("L1",)).judged_domains
    assert (domain.code, domain.state, domain.counts) == ("L1", State.SHOWN, None)


def test_a_standard_of_indicators_names_each_indicator_under_its_area() -> None:
    document = paper(indicator_standard(2, 5), {"A1.vb1": None, "A1.vb2": None})
    assert not document.met
    assert [(code, len(units)) for code, _, units in document.groups()] == [("A1", 5), ("A2", 5)]
    assert [unit.code for unit in document.fell_short] == ["A1.vb1", "A1.vb2"]
    assert len(document.rule.explanation) == 3


def test_it_names_the_version_of_the_standard_by_its_content() -> None:
    standard = small_standard()
    assert paper(standard).standard.sha256 == content_hash(standard)
    assert paper(replace(standard, version="2")).standard.sha256 != content_hash(standard)


def test_it_can_be_kept_as_json_and_hashed() -> None:
    document = paper(small_standard(), life_domains=("L1",))
    plain = document.to_json()
    assert json.loads(json.dumps(plain)) == plain
    assert canonical_json(plain) == canonical_json(paper(small_standard(), life_domains=("L1",)).to_json())
    assert (plain["issued_on"], plain["units"][0]["state"]) == ("2026-04-14", "shown")


def test_it_holds_no_content_of_evidence_and_no_dissent() -> None:
    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for entry in value.values() for key in keys(entry)}
        return {key for entry in value for key in keys(entry)} if isinstance(value, list) else set()

    found = keys(paper(small_standard()).to_json())
    assert not found & {"dissent", "content", "story", "file", "bsn", "birth_date", "document_number"}
    assert set(paper(small_standard()).to_json()["units"][0]["evidence"][0]) == {"title", "kind", "dated_on"}


def test_its_wheel_is_that_of_the_judgements() -> None:
    document = paper(small_standard(), {"1.2": None, "1.3": "startbekwaam"}, life_domains=("L1",))
    assert [(row.code, row.stage) for row in document.wheel().table()] == [
        ("1.1", "vakbekwaam"),
        ("1.2", None),
        ("1.3", "startbekwaam"),
        ("L1", "vakbekwaam"),
    ]
    assert document.wheel().asked == 2


def test_everything_on_it_is_in_its_language() -> None:
    dutch, english = (paper(small_standard(), {"1.1": None}, language=lang) for lang in ("nl", "en"))
    assert dutch.units[0].title == "competence 1.1" and english.units[0].title == "competence 1.1 en"
    assert dutch.purpose != english.purpose and dutch.sessions[0].kind != english.sessions[0].kind
    assert dutch.rule.explanation[0].text != english.rule.explanation[0].text
