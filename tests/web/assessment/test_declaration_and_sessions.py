"""Declaring on conflicts of interest, and recording sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.domain.procedures.states import State
from bekwaam.store.models import ConflictDeclaration, HeldSession, Person, Procedure
from tests.cast import Cast, Point

LogIn = Callable[[Person], Client]

SESSION = {
    "kind": "observation",
    "held_on": "2025-06-02",
    "place": "Groningen",
    "present": "Samira en Noor",
    "identity": "passport",
    "identity_by": "Noor",
}


def declaration(procedure: Procedure) -> str:
    return reverse("assessment:declaration", args=[procedure.ref])


def test_declaring_no_conflict_opens_the_file(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    client = log_in(cast.assessors[0])
    response = client.post(declaration(procedure), {"none": "1"})
    assert response["Location"] == reverse("assessment:judging", args=[procedure.ref])
    assert client.get(response["Location"]).status_code == 200


def test_declaring_before_the_hand_in_leads_back_to_the_queue(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.FILLED)
    response = log_in(cast.assessors[0]).post(declaration(procedure), {"none": "1"})
    assert response["Location"] == reverse("assessment:queue")


def test_a_conflict_needs_an_explanation(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    response = log_in(cast.assessors[0]).post(declaration(procedure), {"explanation": "  "})
    assert response.status_code == 422
    assert "explanation" in response.context["form"].errors
    assert not ConflictDeclaration.objects.exists()


def test_a_conflict_can_still_be_declared_later(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    client = log_in(cast.assessors[0])
    client.post(declaration(procedure), {"explanation": "Ze komt bij ons werken."})
    assert client.get(reverse("assessment:judging", args=[procedure.ref])).status_code == 403


@pytest.mark.parametrize("who", ["assessor", "coordinator"])
def test_a_session_is_recorded(cast: Cast, log_in: LogIn, who: str) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    client = log_in(cast.assessors[0] if who == "assessor" else cast.coordinator)
    response = client.post(reverse("assessment:session_new", args=[procedure.ref]), SESSION)
    room = "assessment:judging" if who == "assessor" else "procedures:procedure"
    assert response["Location"] == reverse(room, args=[procedure.ref])
    assert HeldSession.objects.get().kind == "observation"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"held_on": "2 juni"}, "held_on"),
        ({"held_on": "2099-01-01"}, "held_on"),
        ({"kind": "x"}, "kind"),
        ({"place": ""}, "place"),
        ({"present": "Samira 123456782"}, "present"),
        ({"identity": ""}, "identity"),
        ({"identity_by": "x" * 300}, "identity_by"),
    ],
)
def test_a_faulty_session_is_said_at_its_field_and_kept(
    cast: Cast, log_in: LogIn, wrong: dict[str, Any], field: str
) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    response = log_in(cast.assessors[0]).post(
        reverse("assessment:session_new", args=[procedure.ref]), {**SESSION, **wrong}
    )
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    kept = {name: value for name, value in SESSION.items() if name not in (*wrong, "kind", "identity")}
    assert all(value in response.content.decode() for value in kept.values())
    assert not HeldSession.objects.exists()


def test_a_correction_starts_from_what_was_recorded(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    first = cast.interview(procedure)
    address = reverse("assessment:session", args=[procedure.ref, first.ref])
    client = log_in(cast.assessors[1])
    assert 'value="2025-06-02"' in client.get(address).content.decode()
    client.post(address, SESSION)
    assert HeldSession.objects.get(replaces=first).place == "Groningen"
    assert client.get(address).status_code == 404
    assert client.post(address, SESSION).status_code == 404


def test_a_session_can_be_named_in_a_judgement(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    session = cast.interview(procedure)
    client = log_in(cast.assessors[0])
    client.post(
        reverse("assessment:judge", args=[procedure.ref, "1.1"]),
        {"stage": "vakbekwaam", "basis": [session.ref], "observed": "Ze vertelde.", "why": "Genoeg."},
    )
    judgement = procedure.judgements.get()
    assert (judgement.evidence, judgement.instruments) == ([session.ref], ["interview"])


def test_sessions_are_not_shown_to_the_guide(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    cast.interview(procedure)
    address = reverse("assessment:judging", args=[procedure.ref])
    assert "Samira, Noor en Bram" not in log_in(cast.guide).get(address).content.decode()
    assert "Samira, Noor en Bram" in log_in(cast.auditor).get(address).content.decode()
    assert State(procedure.state) is State.JUDGING
