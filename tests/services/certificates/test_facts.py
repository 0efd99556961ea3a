"""Correcting facts between the decision and the certificate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from bekwaam.domain.certificates.facts import Place, Spot
from bekwaam.services import clock
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.certificates.composing import draft_of
from bekwaam.services.certificates.facts import answer_request, ask_correction, confirm_facts
from bekwaam.services.certificates.issuing import issue
from bekwaam.services.certificates.reads import read_outcome
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.store.models import FactAnswer, FactRequest, FactsConfirmed, FinalJudgement, HeldSession
from tests.cast import Cast, Point, fresh, piece_refs

NAME = Spot(Place.CANDIDATE)


def refusal(call: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.verdict.reason


def test_the_draft_says_what_the_certificate_will(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECIDED, stages={"1.2": "not_shown"})
    draft = draft_of(procedure, "nl").document.to_json()
    cast.facts_right(procedure)
    issued = issue(cast.coordinator, procedure, "nl").document
    changing = {"number", "issued_on", "check_url"}
    assert {k: v for k, v in draft.items() if k not in changing} == {
        k: v for k, v in issued.items() if k not in changing
    }


def test_what_was_corrected_stands_on_the_certificate_and_on_the_outcome(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    (piece,) = piece_refs(procedure)
    session = HeldSession.objects.get().ref
    noor = cast.assessors[0]
    wishes = {
        NAME: "Samira El Idrissi",
        Spot(Place.PROVIDER_PLACE): "Haren",
        Spot(Place.ASSESSOR, noor.ref): "Noor de Assessor",
        Spot(Place.SESSION_DAY, session): "2025-06-03",
        Spot(Place.SESSION_PLACE, session): "Assen",
        Spot(Place.SESSION_PRESENT, session): "Samira en Noor",
        Spot(Place.PIECE_TITLE, piece): "De vrouw die weer buiten kwam",
        Spot(Place.PIECE_DAY, piece): "2025-03-15",
        Spot(Place.OBSERVED, "1.1"): "Noor las over Groningen.",
        Spot(Place.WHY, "1.2"): "Omdat zij het zelf deed.",
    }
    stages = dict(FinalJudgement.objects.values_list("unit", "stage"))
    for spot, text in wishes.items():
        row = ask_correction(cast.candidate, procedure, spot, f"Het is {text}")
        actor = noor if spot.place in (Place.OBSERVED, Place.WHY) else cast.coordinator
        answer_request(actor, procedure, row.ref, corrected=True, text=text, why="Je hebt gelijk.")
    cast.facts_right(procedure)
    document = issue(cast.coordinator, procedure, "nl").document
    assert (document["candidate"], document["place"]) == ("Samira El Idrissi", "Haren")
    assert document["assessors"] == ["Noor de Assessor", "Bram Assessor"]
    held = document["sessions"][0]
    assert (held["held_on"], held["place"], held["present"]) == ("2025-06-03", "Assen", "Samira en Noor")
    units = {unit["code"]: unit for unit in document["units"]}
    named = units["1.1"]["evidence"][0]
    assert (named["title"], named["dated_on"]) == ("De vrouw die weer buiten kwam", "2025-03-15")
    assert units["1.1"]["observed"] == "Noor las over Groningen."
    assert units["1.2"]["why"] == "Omdat zij het zelf deed."
    assert dict(FinalJudgement.objects.values_list("unit", "stage")) == stages
    read = read_outcome(fresh(procedure))
    assert read.finals["1.1"].finding.observed == "Noor las over Groningen."
    assert (read.sessions[0].place, read.pieces[piece]) == ("Assen", "De vrouw die weer buiten kwam")
    assert walk_chain().whole and not list(broken_contents())


def test_issuing_waits_for_the_candidate_and_for_every_answer(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECIDED)

    def issuing() -> str:
        return refusal(lambda: issue(cast.coordinator, procedure, "nl"))

    assert issuing() == "needs_facts_checked"
    row = ask_correction(cast.candidate, procedure, NAME, "El Idrissi")
    assert issuing() == "needs_facts_answered"
    assert refusal(lambda: confirm_facts(cast.candidate, procedure, "nl")) == "unanswered"
    with clock.at(clock.now() + timedelta(days=30)):
        assert issuing() == "needs_facts_answered"
    answer_request(cast.coordinator, procedure, row.ref, corrected=False, why="Zo heet je hier.")
    assert issuing() == "needs_facts_checked"
    confirm_facts(cast.candidate, procedure, "nl")
    assert issue(cast.coordinator, procedure, "nl").document["candidate"] == "Samira Kandidaat"


def test_after_the_term_it_is_issued_without_their_word(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    with clock.at(clock.now() + timedelta(days=8)):
        reason = refusal(lambda: ask_correction(cast.candidate, procedure, NAME, "te laat"))
        assert reason == "term_over"
        issue(cast.coordinator, procedure, "nl")
    assert fresh(procedure).state == "issued"


def test_who_said_that_it_is_right_asks_nothing_more(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CHECKED)
    assert refusal(lambda: ask_correction(cast.candidate, procedure, NAME, "toch")) == "confirmed"
    assert refusal(lambda: confirm_facts(cast.candidate, procedure, "nl")) == "confirmed"
    assert FactsConfirmed.objects.count() == 1


def test_a_draft_that_changed_meanwhile_is_looked_at_once_more(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    seen = draft_of(procedure, "nl").sha256
    row = ask_correction(cast.candidate, procedure, NAME, "El Idrissi")
    answer_request(cast.coordinator, procedure, row.ref, corrected=True, text="Samira El Idrissi")
    assert refusal(lambda: confirm_facts(cast.candidate, procedure, "nl", seen)) == "stale"
    now = draft_of(procedure, "nl").sha256
    assert confirm_facts(cast.candidate, procedure, "nl", now).sha256 == now != seen


@pytest.mark.parametrize(
    ("role", "spot", "corrected", "reason"),
    [
        ("candidate", NAME, True, "no_role"),
        ("guide", NAME, True, "no_role"),
        ("auditor", NAME, False, "no_role"),
        ("assessor", NAME, True, "no_role"),
        ("assessor", Spot(Place.OBSERVED, "1.1"), False, "no_role"),
        ("coordinator", Spot(Place.OBSERVED, "1.1"), True, "no_role"),
        ("candidate", Spot(Place.WHY, "1.1"), True, "no_role"),
    ],
)
def test_only_coordinators_answer_and_only_assessors_change_their_text(
    cast: Cast, role: str, spot: Spot, corrected: bool, reason: str
) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    row = ask_correction(cast.candidate, procedure, spot, "anders")
    person = cast.assessors[0] if role == "assessor" else getattr(cast, role)
    call = {"corrected": corrected, "text": "anders", "why": "daarom"}
    assert refusal(lambda: answer_request(person, procedure, row.ref, **call)) == reason
    assert not FactAnswer.objects.exists()


@pytest.mark.parametrize("point", [Point.READY, Point.ISSUED])
def test_facts_are_checked_between_deciding_and_issuing_alone(cast: Cast, point: Point) -> None:
    procedure = cast.bring_to(point)
    expected = "needs_outcome_decided" if point is Point.READY else "wrong_state"
    assert refusal(lambda: ask_correction(cast.candidate, procedure, NAME, "anders")) == expected
    assert refusal(lambda: confirm_facts(cast.candidate, procedure, "nl")) == expected


def test_a_request_is_answered_once_and_of_its_own_procedure(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    row = ask_correction(cast.candidate, procedure, NAME, "El Idrissi")
    with pytest.raises(Invalid):
        answer_request(cast.coordinator, procedure, row.ref, corrected=False)
    answer_request(cast.coordinator, procedure, row.ref, corrected=False, why="nee")
    again = refusal(lambda: answer_request(cast.coordinator, procedure, row.ref, corrected=False, why="x"))
    assert again == "answered"
    with pytest.raises(NotFound):
        answer_request(cast.coordinator, procedure, "bestaatniet1", corrected=False, why="x")


@pytest.mark.parametrize("spot", [Spot(Place.WHY, "9.9"), Spot(Place.PIECE_TITLE, "x"), Spot(Place.ASSESSOR)])
def test_what_does_not_stand_on_the_draft_cannot_be_asked_about(cast: Cast, spot: Spot) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    with pytest.raises(NotFound):
        ask_correction(cast.candidate, procedure, spot, "anders")
    with pytest.raises(Invalid):
        ask_correction(cast.candidate, procedure, NAME, "")
    assert not FactRequest.objects.exists()


def test_each_is_told_when_it_is_their_turn(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    procedure = cast.bring_to(Point.READY)

    def told(call: Callable[[], Any]) -> list[str]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            call()
        assert all("/concept/" in letter.body for letter in mail.outbox)
        return sorted(to for letter in mail.outbox for to in letter.to)

    assert told(lambda: cast.bring_on(procedure, Point.DECIDED, since=Point.READY)) == ["samira@example.org"]
    asked = []
    wish = Spot(Place.OBSERVED, "1.1")
    assert told(lambda: asked.append(ask_correction(cast.candidate, procedure, NAME, "x"))) == [
        "coordinator@example.org"
    ]
    assert told(lambda: asked.append(ask_correction(cast.candidate, procedure, wish, "x"))) == [
        "bram@example.org",
        "coordinator@example.org",
        "noor@example.org",
    ]
    first, second = asked
    refuse = {"corrected": False, "why": "nee"}
    assert told(lambda: answer_request(cast.coordinator, procedure, first.ref, **refuse)) == []
    assert told(lambda: answer_request(cast.coordinator, procedure, second.ref, **refuse)) == [
        "samira@example.org"
    ]
