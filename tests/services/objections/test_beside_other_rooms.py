"""An objection beside the facts that were corrected before it, and in the agenda of who has to answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bekwaam.domain.accounts.access import Action, Condition
from bekwaam.domain.certificates.facts import Place, Spot
from bekwaam.domain.procedures.terms import DueKind
from bekwaam.services.accounts.standing import at_procedure
from bekwaam.services.agenda.reads import agenda
from bekwaam.services.certificates.facts import answer_request, ask_correction, confirm_facts
from bekwaam.services.certificates.issuing import issue
from bekwaam.services.certificates.reads import read_outcome
from bekwaam.services.errors import Refused
from bekwaam.services.objections.handling import answer, take_up
from bekwaam.services.procedures.objecting import object_to
from bekwaam.store.models import Certificate, Person, Procedure
from tests.cast import Cast, Point, fresh, piece_refs
from tests.services.objections.objecting import GROUNDS, decided_again, judge_again, make_others, objected

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def due(person: Person) -> dict[str, tuple[DueKind, object]]:
    return {entry.ref: (entry.due.kind, entry.on) for entry in agenda(person)[0:99] if entry.due}


def correct(cast: Cast, procedure: Procedure, wishes: dict[Spot, str]) -> None:
    for spot, text in wishes.items():
        row = ask_correction(cast.candidate, procedure, spot, text)
        own = spot.place in (Place.OBSERVED, Place.WHY)
        actor = cast.assessors[0] if own else cast.coordinator
        answer_request(actor, procedure, row.ref, corrected=True, text=text, why="Dat klopt.")


def test_what_was_corrected_before_holds_on_the_new_certificate_and_what_is_judged_anew_is_new(
    cast: Cast,
) -> None:
    procedure = cast.bring_to(Point.DECIDED, stages={"1.2": "not_shown", "1.3": "not_shown"})
    (piece,) = piece_refs(procedure)
    wishes = {
        Spot(Place.CANDIDATE): "Samira El Idrissi",
        Spot(Place.PIECE_TITLE, piece): "De vrouw die weer buiten kwam",
        Spot(Place.OBSERVED, "1.1"): "Gelezen over Groningen.",
        Spot(Place.WHY, "1.2"): "Alleen de eerste keer.",
    }
    correct(cast, procedure, wishes)
    cast.facts_right(procedure)
    issue(cast.coordinator, procedure, "nl")
    others = make_others(cast)
    object_to(cast.candidate, procedure, ["1.2"], GROUNDS)
    again = take_up(others.coordinator, fresh(procedure))
    judge_again(cast, again, others, {"1.2": "vakbekwaam"})
    answer(others.coordinator, fresh(procedure), "Je hebt gelijk.", "nl")
    document = Certificate.objects.get(procedure=again).document
    assert document["candidate"] == "Samira El Idrissi"
    units = {unit["code"]: unit for unit in document["units"]}
    assert units["1.1"]["observed"] == "Gelezen over Groningen."
    assert units["1.1"]["evidence"][0]["title"] == "De vrouw die weer buiten kwam"
    assert units["1.2"]["why"] != "Alleen de eerste keer."
    read = read_outcome(fresh(again))
    assert read.finals["1.1"].finding.observed == "Gelezen over Groningen."
    assert read.pieces[piece] == "De vrouw die weer buiten kwam"


def test_the_answer_stands_in_the_agenda_of_who_gives_it_until_it_was_given(cast: Cast) -> None:
    procedure, others = objected(cast)
    last = timezone.localdate(procedure.state_since) + timedelta(weeks=6)
    assert procedure.due_on == last
    assert due(others.coordinator) == {procedure.ref: (DueKind.ANSWER, last)}
    assert due(cast.candidate) == {}
    again = take_up(others.coordinator, procedure)
    assert again.due_on == timezone.localdate(again.started_at) + timedelta(days=42)
    assert due(others.coordinator)[again.ref][0] is DueKind.ASSIGN
    judge_again(cast, again, others, {"1.2": "vakbekwaam", "1.3": "vakbekwaam"})
    assert due(others.coordinator) == {procedure.ref: (DueKind.ANSWER, last)}
    answer(others.coordinator, fresh(procedure), "Je hebt gelijk.", "nl")
    assert due(others.coordinator) == {}


def test_what_others_came_to_is_no_draft_to_read_before_the_answer(cast: Cast) -> None:
    _, again, others = decided_again(cast, {"1.2": "vakbekwaam", "1.3": "vakbekwaam"})
    for person in (cast.candidate, others.coordinator, cast.auditor):
        standing = at_procedure(person, fresh(again))
        assert Condition.OUTCOME_DECIDED not in standing.holds
        assert not standing.may(Action.SEE_DRAFT)
    with pytest.raises(Refused):
        confirm_facts(cast.candidate, fresh(again), "nl")
