"""Appointments: made, changed and cancelled with a reason, never overwritten, and recorded as held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bekwaam.domain.assessment.findings import InstrumentKind
from bekwaam.domain.assessment.planning import Plan
from bekwaam.services import clock
from bekwaam.services.assessment.planning import appointments, cancel_session, plan_session
from bekwaam.services.assessment.sessions import SessionInput, record_session
from bekwaam.services.audit import broken_contents
from bekwaam.services.errors import Invalid, Refused
from bekwaam.store.models import AuditEntry, PlannedSession, Procedure
from tests.cast import Cast, Point

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def plan() -> Plan:
    at = clock.now() + timedelta(days=7)
    return Plan(InstrumentKind.INTERVIEW, at, "Zwolle", "", "Samira, Noor", "Bel aan.")


def planned(cast: Cast, procedure: Procedure) -> PlannedSession:
    """Return an appointment that a coordinator made."""
    return plan_session(cast.coordinator, procedure, plan())


def test_a_change_and_a_cancellation_are_rows_that_name_the_last(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    noor = cast.assessors[0]
    first = planned(cast, procedure)
    later = replace(plan(), place="Deventer")
    with pytest.raises(Invalid):
        plan_session(noor, procedure, later, replaces=first.ref)
    second = plan_session(noor, procedure, later, replaces=first.ref, reason="De zaal was bezet.")
    with pytest.raises(Refused) as error:
        plan_session(noor, procedure, later, replaces=first.ref, reason="Nog eens.")
    assert error.value.verdict.reason == "replaced"
    (now,) = appointments(procedure)
    assert (now.plan.place, now.changed, now.reason) == ("Deventer", True, "De zaal was bezet.")
    third = cancel_session(cast.coordinator, procedure, second.ref, "Ziek.")
    (now,) = appointments(procedure)
    assert (now.ref, now.cancelled, now.reason) == (third.ref, True, "Ziek.")
    with pytest.raises(Refused):
        cancel_session(cast.coordinator, procedure, third.ref, "Weer.")
    assert PlannedSession.objects.count() == 3
    codes = AuditEntry.objects.filter(code__startswith="session.").values_list("code", flat=True)
    assert list(codes) == ["session.planned", "session.replanned", "session.cancelled"]
    PlannedSession.objects.filter(pk=first.pk).update(place="Elders")
    assert list(broken_contents())


def test_what_was_held_names_its_appointment_and_closes_it(cast: Cast) -> None:
    procedure, noor = cast.bring_to(Point.DECLARED), cast.assessors[0]
    made = planned(cast, procedure)
    given = SessionInput(
        "interview",
        date(2025, 6, 2),
        "Zwolle",
        "Samira, Noor",
        "passport",
        "Noor",
        date(2025, 6, 1),
        made.ref,
    )
    held = record_session(noor, procedure, given)
    corrected = record_session(noor, procedure, replace(given, place="Deventer", plan=""), held.ref)
    assert held.plan == corrected.plan == made
    assert [entry.held for entry in appointments(procedure)] == [True]
    with pytest.raises(Refused):
        record_session(noor, procedure, given)
    with pytest.raises(Refused):
        cancel_session(noor, procedure, made.ref, "Toch niet.")
    assert not list(broken_contents())


def test_only_who_judges_or_coordinates_plans(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    for somebody in (procedure.candidate, cast.guide, cast.auditor, cast.assessors[2], cast.outsider):
        with pytest.raises(Refused):
            plan_session(somebody, procedure, plan())
    with pytest.raises(Invalid):
        plan_session(cast.coordinator, procedure, replace(plan(), starts_at=clock.now() - timedelta(days=1)))
    assert not PlannedSession.objects.exists()
