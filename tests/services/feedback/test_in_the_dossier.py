"""A confirmation counts in the coverage and goes to the assessors with the piece, as long as it stands."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from bekwaam.services.assessment.reads import handed_in
from bekwaam.services.audit import broken_contents
from bekwaam.services.feedback.answering import AnswerInput, answer
from bekwaam.services.feedback.asking import Referee, ask_to_confirm
from bekwaam.services.portfolio.evidence import change_evidence
from bekwaam.services.portfolio.handing_in import hand_in
from bekwaam.services.portfolio.reads import dossier
from bekwaam.store.models import Evidence, Procedure
from tests.cast import Cast, Point, story

NEL = Referee("Nel de Wit", "nel@example.org", "colleague")


@pytest.fixture
def confirmed(cast: Cast, django_capture_on_commit_callbacks) -> Procedure:
    procedure = cast.bring_to(Point.FILLED)
    with django_capture_on_commit_callbacks(execute=True):
        ask_to_confirm(procedure.candidate, Evidence.objects.get().ref, NEL)
    token = re.search(r"/referent/([^/\s]+)/", str(mail.outbox[-1].body))
    assert token
    answer(token.group(1), AnswerInput(name="Nel de Wit", said="yes", text="Ik was erbij."))
    return procedure


def test_the_coverage_counts_it(confirmed: Procedure) -> None:
    assert [piece.confirmed for piece in dossier(confirmed).pieces] == [1]


def test_assessors_get_it_with_the_piece(confirmed: Procedure) -> None:
    hand_in(confirmed.candidate, confirmed)
    confirmed.refresh_from_db()
    (piece,) = handed_in(confirmed).pieces
    assert [(one["name"], one["said"], one["text"]) for one in piece.confirmations] == [
        ("Nel de Wit", "yes", "Ik was erbij.")
    ]
    assert not list(broken_contents())


def test_after_a_change_it_neither_counts_nor_goes_along(confirmed: Procedure) -> None:
    piece = Evidence.objects.get()
    change_evidence(confirmed.candidate, confirmed, piece.ref, story("Iets anders", ["1.1", "1.2", "1.3"]))
    assert [one.confirmed for one in dossier(confirmed).pieces] == [0]
    hand_in(confirmed.candidate, confirmed)
    confirmed.refresh_from_db()
    assert handed_in(confirmed).pieces[0].confirmations == ()
