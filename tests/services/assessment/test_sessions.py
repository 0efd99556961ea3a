"""Recording interviews, observations and tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bekwaam.services import clock
from bekwaam.services.assessment.reads import sessions_of
from bekwaam.services.assessment.sessions import SessionInput, record_session
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.store.models import HeldSession
from tests.cast import Cast, Point, interview_input


def test_an_empty_session_is_refused_with_every_fault(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    with pytest.raises(Invalid) as caught:
        record_session(cast.assessors[0], procedure, SessionInput("", None, "", " ", "", ""))
    assert {fault.name for fault in caught.value.faults} == {
        "kind",
        "held_on",
        "place",
        "present",
        "identity",
        "identity_by",
    }


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("held_on", clock.today() + timedelta(days=1), "future"),
        ("present", "Samira, paspoort NX1234567", "number"),
        ("identity_by", "x" * 201, "too_long"),
        ("identity", "bsn", "unknown"),
        ("kind", "portfolio", "unknown"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, name: str, value: object, reason: str) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    with pytest.raises(Invalid) as caught:
        record_session(cast.assessors[0], procedure, replace(interview_input(), **{name: value}))
    assert [(fault.name, fault.reason) for fault in caught.value.faults] == [(name, reason)]


def test_a_correction_takes_the_place_of_what_it_corrects(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    first = record_session(cast.assessors[0], procedure, interview_input())
    second = record_session(
        cast.assessors[1], procedure, replace(interview_input(), place="Assen"), first.ref
    )
    sessions = sessions_of(procedure)
    assert [entry.session.place for entry in sessions.standing] == ["Assen"]
    assert sessions.standing[0].corrected
    assert sessions.now == {first.ref: second.ref, second.ref: second.ref}
    assert HeldSession.objects.count() == 2
    with pytest.raises(NotFound):
        record_session(cast.assessors[0], procedure, interview_input(), first.ref)


def test_nothing_is_recorded_once_the_outcome_is_decided(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    for person in (cast.assessors[0], cast.coordinator):
        with pytest.raises(Refused):
            record_session(person, procedure, interview_input())
