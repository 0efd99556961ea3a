"""The right to have facts corrected, as tables."""

from __future__ import annotations

from datetime import date

import pytest

from bekwaam.domain.assessment.findings import Finding, InstrumentKind
from bekwaam.domain.assessment.instruments import IdentityCheck, Session
from bekwaam.domain.certificates.facts import (
    MOST_REQUESTS,
    PLACE_NAMES,
    Checking,
    Place,
    Spot,
    answer_faults,
    corrected_finding,
    corrected_session,
    last_day,
    spot_of,
    wish_faults,
)
from bekwaam.domain.procedures.states import Need

LAST = date(2026, 3, 10)
BOTH = {Need.FACTS_ANSWERED, Need.FACTS_CHECKED}


def test_the_term_counts_from_the_day_after_the_decision_and_its_last_day_whole() -> None:
    assert last_day(date(2026, 3, 3), 7) == LAST
    assert not Checking(LAST).over(LAST)
    assert Checking(LAST).over(date(2026, 3, 11))


@pytest.mark.parametrize(
    ("checking", "today", "may_ask", "needs"),
    [
        (Checking(LAST), LAST, True, {Need.FACTS_ANSWERED}),
        (Checking(LAST), date(2026, 3, 11), False, BOTH),
        (Checking(LAST, confirmed=True), LAST, False, BOTH),
        (Checking(LAST, asked=1, unanswered=1), LAST, True, set()),
        (Checking(LAST, asked=1, unanswered=1), date(2026, 3, 11), False, {Need.FACTS_CHECKED}),
        (Checking(LAST, asked=1), LAST, True, {Need.FACTS_ANSWERED}),
        (Checking(LAST, asked=MOST_REQUESTS), LAST, False, {Need.FACTS_ANSWERED}),
    ],
)
def test_issuing_waits_for_the_word_or_the_term_and_for_every_answer(
    checking: Checking, today: date, may_ask: bool, needs: set[Need]
) -> None:
    assert checking.may_ask(today) is may_ask
    assert checking.needs(today) == needs


@pytest.mark.parametrize(
    ("place", "corrected", "text", "why", "reasons"),
    [
        (Place.CANDIDATE, True, "Samira El Idrissi", "", []),
        (Place.CANDIDATE, True, " ", "", ["empty"]),
        (Place.CANDIDATE, True, "x" * 201, "", ["too_long"]),
        (Place.CANDIDATE, False, "", "", ["empty"]),
        (Place.CANDIDATE, False, "", "Zo staat het in de basisregistratie.", []),
        (Place.SESSION_DAY, True, "2026-03-02", "", []),
        (Place.SESSION_DAY, True, "2 maart", "", ["no_date"]),
        (Place.SESSION_PRESENT, True, "x" * 500, "", []),
        (Place.OBSERVED, True, "Noor las over de buurt.", "", ["empty"]),
        (Place.OBSERVED, True, "x" * 5000, "De wijk heette anders.", []),
        (Place.WHY, False, "", "w" * 1001, ["too_long"]),
    ],
)
def test_an_answer_says_what_it_becomes_or_why_not(
    place: Place, corrected: bool, text: str, why: str, reasons: list[str]
) -> None:
    faults = answer_faults(place, corrected=corrected, text=text, why=why)
    assert [fault.reason for fault in faults] == reasons
    assert all(fault.text("nl") != fault.text("en") for fault in faults)


def test_what_is_asked_for_is_written_down_and_not_endless() -> None:
    assert [fault.reason for fault in wish_faults(" ")] == ["empty"]
    assert [fault.reason for fault in wish_faults("x" * 1001)] == ["too_long"]
    assert wish_faults("Het was in Assen.") == ()


def test_a_correction_changes_a_fact_and_never_a_stage_or_a_basis() -> None:
    finding = Finding("1.1", "vakbekwaam", ("a",), (InstrumentKind.PORTFOLIO,), "gezien", "want")
    session = Session("s", InstrumentKind.INTERVIEW, LAST, "Assen", "Noor", IdentityCheck.KNOWN, "Noor", None)
    corrections = {
        Spot(Place.OBSERVED, "1.1"): "beter gezien",
        Spot(Place.WHY, "1.2"): "van een ander",
        Spot(Place.SESSION_DAY, "s"): "2026-03-02",
        Spot(Place.SESSION_PLACE, "s"): "Groningen",
        Spot(Place.SESSION_PRESENT, "t"): "van een ander",
    }
    assert corrected_finding(finding, corrections) == Finding(
        "1.1", "vakbekwaam", ("a",), (InstrumentKind.PORTFOLIO,), "beter gezien", "want"
    )
    found = corrected_session(session, corrections)
    assert (found.held_on, found.place, found.present) == (date(2026, 3, 2), "Groningen", "Noor")
    assert (found.identity, found.identity_by) == (IdentityCheck.KNOWN, "Noor")


@pytest.mark.parametrize("place", Place)
def test_every_place_has_a_name_and_is_found_back_by_its_key(place: Place) -> None:
    assert PLACE_NAMES[place]
    for about in ("", "1.1"):
        assert spot_of(Spot(place, about).key) == Spot(place, about)


def test_a_key_that_names_nothing_is_none() -> None:
    assert spot_of("stage:1.1") is None
