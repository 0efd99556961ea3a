"""The screens of appointments and of the questions for an interview."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from bekwaam.services.assessment.judging import judge
from bekwaam.store.models import HeldSession, Person, PlannedSession
from tests.cast import Cast, Point, finding, piece_refs, units

LogIn = Callable[[Person], Client]
PLAN = {
    "kind": "interview",
    "starts_at": "2027-07-05T14:30",
    "place": "Zwolle, kamer 2",
    "video_url": "https://video.example.org/kamer",
    "participants": "Samira en Noor",
    "notes": "Bel aan.",
}


def test_an_appointment_is_made_seen_by_all_and_recorded_from_what_was_planned(
    cast: Cast, log_in: LogIn, django_assert_max_num_queries: Any
) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    noor = log_in(cast.assessors[0])
    plans = reverse("assessment:plans", args=[procedure.ref])
    answer = noor.post(reverse("assessment:plan_new", args=[procedure.ref]), PLAN)
    assert answer["Location"] == plans
    made = PlannedSession.objects.get()
    assert localtime(made.starts_at).strftime("%H:%M") == "14:30"
    assert made.starts_at.strftime("%H:%M") == "12:30"  # summer time
    for somebody in (procedure.candidate, cast.guide, cast.assessors[1], cast.coordinator, cast.auditor):
        client = log_in(somebody)
        with django_assert_max_num_queries(12):
            assert "Bel aan." in client.get(plans).content.decode()
    dossier = log_in(procedure.candidate).get(reverse("portfolio:dossier", args=[procedure.ref]))
    assert "14:30" in dossier.content.decode()
    new = reverse("assessment:session_new", args=[procedure.ref])
    form = noor.get(new, {"plan": made.ref}).content.decode()
    assert 'value="2027-07-05"' in form and 'value="Zwolle, kamer 2"' in form
    recorded = {
        "kind": "interview",
        "held_on": "2025-06-02",
        "place": "Zwolle",
        "present": "Samira en Noor",
        "identity": "passport",
        "identity_by": "Noor",
        "plan": made.ref,
    }
    assert noor.post(new, recorded).status_code == 302
    assert HeldSession.objects.get().plan == made
    again = noor.post(new, recorded)
    assert again.status_code == 422
    assert "Er is al vastgelegd dat dit is gehouden." in again.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"starts_at": "2020-01-01T10:00"}, "starts_at"),
        ({"starts_at": "2027-03-28T02:30"}, "starts_at"),  # that night the clock skips this hour
        ({"starts_at": "morgen"}, "starts_at"),
        ({"video_url": "http://video.example.org"}, "video_url"),
        ({"place": "", "video_url": ""}, "place"),
        ({"participants": "Samira 123456782"}, "participants"),
    ],
)
def test_a_faulty_appointment_is_said_at_its_field_and_kept(
    cast: Cast, log_in: LogIn, wrong: dict[str, str], field: str
) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    address = reverse("assessment:plan_new", args=[procedure.ref])
    answer = log_in(cast.coordinator).post(address, {**PLAN, **wrong})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Bel aan." in answer.content.decode()
    assert not PlannedSession.objects.exists()


def test_changing_and_cancelling_ask_for_a_reason(cast: Cast, log_in: LogIn) -> None:
    procedure, client = cast.bring_to(Point.DECLARED), log_in(cast.coordinator)
    client.post(reverse("assessment:plan_new", args=[procedure.ref]), PLAN)
    made = PlannedSession.objects.get()
    change = reverse("assessment:plan", args=[procedure.ref, made.ref])
    assert 'value="2027-07-05T14:30"' in client.get(change).content.decode()
    assert client.post(change, PLAN).status_code == 422
    assert client.post(change, {**PLAN, "place": "Deventer", "reason": "Ziek"}).status_code == 302
    changed = PlannedSession.objects.get(replaces=made)
    assert client.get(change).status_code == 404
    cancel = reverse("assessment:plan_cancel", args=[procedure.ref, changed.ref])
    assert client.post(cancel, {"reason": ""}).status_code == 422
    assert client.post(cancel, {"reason": "Nog ziek"}).status_code == 302
    shown = client.get(reverse("assessment:plans", args=[procedure.ref])).content.decode()
    assert "Nog ziek" in shown and "afgezegd" in shown


def test_the_questions_come_from_ones_own_judgements_alone(
    cast: Cast, log_in: LogIn, django_assert_max_num_queries: Any
) -> None:
    procedure, (noor, other, _) = cast.bring_to(Point.DECLARED), cast.assessors
    address = reverse("assessment:questions", args=[procedure.ref])
    client, unit = log_in(noor), units(procedure)[0]
    before = client.get(address)
    given = finding("not_shown", piece_refs(procedure), said_by=other, about=unit)
    judge(other, procedure, unit, given)
    with django_assert_max_num_queries(12):
        after = client.get(address)
    assert after.context["units"] == before.context["units"]
    assert given.observed not in after.content.decode()
    judge(noor, procedure, unit, finding("not_shown", piece_refs(procedure), said_by=noor, about=unit))
    mine = client.get(address, {"deel": unit}).context["units"]
    assert [entry["code"] for entry in mine] == [unit]
    assert "je hebt dit nog niet gezien" in mine[0]["why"]
