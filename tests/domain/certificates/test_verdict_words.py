"""Every answer has its sentence, in both languages."""

from __future__ import annotations

import pytest

from bekwaam.adapters.web.faults import FetchFault
from bekwaam.cli.verify.text import FETCH_FAULTS
from bekwaam.domain.certificates.handed import HandedKind, Unknown
from bekwaam.domain.certificates.papers import PaperCode
from bekwaam.domain.certificates.report import Aspect, AspectCheck, Verification
from bekwaam.domain.certificates.signed import PaperOutcome, Standing
from bekwaam.domain.certificates.verdict_words import (
    OF_ANOTHER,
    claimed_words,
    line_words,
    lines_words,
    not_proven,
    outcome_words,
    successor_words,
)
from bekwaam.domain.certificates.verifying import NAME_OTHER, NAME_UNKNOWN, asked_of
from bekwaam.trust.credentials import NO_STATUS
from bekwaam.trust.reasons import Reason
from bekwaam.trust.verdicts import OK, Check, Outcome, Question, Verdict
from bekwaam.wording import LANGUAGES, say
from tests.issued import checked, issued

OF_PAPER = [*(str(it) for it in Standing if it is not Standing.AS_ISSUED), *(str(it) for it in PaperCode), OK]
OF_OTHERS = [*(str(it) for it in Reason), *(str(it) for it in Unknown), NO_STATUS]


def of(check: Check | None = None, *aspects: AspectCheck) -> Verification:
    return Verification(HandedKind.PDF, Verdict((check,) if check else ()), aspects=aspects)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence(language: str) -> None:
    lines = [
        *(of(None, AspectCheck(Aspect.PAPER, Outcome.INVALID, code)) for code in OF_PAPER),
        *(
            of(None, AspectCheck(Aspect.NAME, Outcome.INVALID, code))
            for code in (OK, NAME_OTHER, NAME_UNKNOWN)
        ),
        *(of(Check(Question.SIGNATURE, Outcome.INVALID, code)) for code in OF_OTHERS),
        *(of(Check.of(question, None)) for question in Question if question is not Question.STATUS),
        *(of(Check.of(Question.STATUS, None, purpose=it)) for it in ("revocation", "suspension")),
        *(
            of(None, AspectCheck(Aspect.PAPER, Outcome.UNKNOWN, "unreadable", {"detail": it}))
            for it in PaperOutcome
        ),
    ]
    for found in lines:
        (line,) = found.lines
        sentence = line_words(line, found, language)
        assert sentence.endswith(".") and "{" not in sentence


def test_every_fault_of_fetching_has_a_sentence() -> None:
    assert set(FETCH_FAULTS) == set(FetchFault)


def test_the_log_names_the_day_and_the_issuer_its_host() -> None:
    found = checked(issued().pdf)
    told = lines_words(found, Outcome.VALID, "nl")
    assert "Het staat in het openbare logboek, sinds 20 november 2026." in told
    assert "De sleutels zijn die van de aanbieder op evc.example." in told
    assert lines_words(found, Outcome.INVALID, "nl") == ()


def test_what_a_certificate_says_is_told_with_the_host_beside_the_name() -> None:
    facts = checked(issued(shows_name=True, replaces="2024-AAAA-BBBB").json).facts
    assert facts is not None
    assert list(claimed_words(facts, "nl")) == [
        "Ervaringscertificaat: Standaard klein, nummer 2026-7KQ4-XM2P",
        "Uitgegeven door EVC Huis Noord, bekend op evc.example, op 20 november 2026.",
        "Op naam van Samira Kandidaat.",
        "Standaard: Standaard klein (klein), versie 1.",
        "De hele standaard is gehaald.",
        "3 van de 3 tellen mee; 2 waren nodig.",
        "Het vervangt certificaat 2024-AAAA-BBBB.",
    ]


def test_a_genuine_certificate_of_another_is_not_called_a_forgery() -> None:
    assert outcome_words(asked_of(checked(issued().pdf), "Iemand Anders"), "en") == OF_ANOTHER
    unsure = outcome_words(asked_of(checked(issued().json), "Iemand Anders"), "en")
    assert unsure == "This certificate is not of the person whose name you gave."


def test_the_successor_and_what_is_not_proven_are_told() -> None:
    found = checked(issued().pdf, superseded={issued().entry.of: "2027-NIEU"})
    assert "2027-NIEU" in successor_words(found, "nl") and successor_words(checked(b""), "nl") == ""
    assert len(not_proven("nl")) == 3 and say("nl", "This certificate is genuine.") == outcome_words(
        found, "nl"
    )
