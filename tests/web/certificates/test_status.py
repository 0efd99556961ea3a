"""The screens of how a certificate stands: saying it, and changing it in two steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.domain.certificates.status import Change, Status
from bekwaam.services.statuses.changing import change_status
from bekwaam.services.statuses.reads import status_of
from bekwaam.store.models import Person, Procedure, StatusChange
from tests.cast import Cast, Point

LogIn = Callable[[Person], Client]
NOTE = "Een werkgever vroeg naar het tweede verhaal; dat bleek van een ander."
GIVEN = {"reason": "fraud", "note": NOTE}


def _url(procedure: Procedure, *slug: str) -> str:
    return reverse(
        "certificates:status_change" if slug else "certificates:status", args=[procedure.ref, *slug]
    )


def _page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_a_coordinator_revokes_after_a_look_at_what_will_happen(cast: Cast, log_in: LogIn) -> None:
    procedure, client = cast.bring_to(Point.ISSUED), log_in(cast.coordinator)
    url = _url(procedure, "intrekken")
    looked = client.post(url, {**GIVEN, "step": "look"})
    page = looked.content.decode()
    assert "Dit certificaat is ingetrokken. Het bleek niet eerlijk verkregen." in page
    assert NOTE in page and 'value="do"' in page
    assert not StatusChange.objects.exists()
    done = client.post(url, {**GIVEN, "step": "do"}, follow=True)
    assert done.redirect_chain[-1][0] == _url(procedure)
    assert "Het certificaat is ingetrokken op " in done.content.decode()
    assert status_of(procedure.certificate).status is Status.REVOKED


def test_what_was_typed_is_there_when_one_goes_back_to_change_it(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    url = _url(procedure, "intrekken")
    page = log_in(cast.coordinator).post(url, {**GIVEN, "step": "edit"}).content.decode()
    assert NOTE in page and 'value="look"' in page
    assert 'value="fraud"' in page.split("checked")[0][-200:]
    assert "error-summary" not in page


@pytest.mark.parametrize("step", ["look", "do", "", "anders"])
def test_nothing_is_lost_or_done_when_something_is_missing(cast: Cast, log_in: LogIn, step: str) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    url = _url(procedure, "intrekken")
    answer = log_in(cast.coordinator).post(url, {"reason": "investigation", "note": NOTE, "step": step})
    assert answer.status_code == 422
    assert "Kies waarom." in answer.content.decode()
    assert NOTE in answer.content.decode()
    assert not StatusChange.objects.exists()


def test_who_was_second_reads_what_a_colleague_did(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    change_status(cast.coordinator, procedure, Change.REVOKED, **GIVEN)
    answer = log_in(cast.coordinator).post(_url(procedure, "schorsen"), {**GIVEN, "step": "do"})
    assert answer.status_code == 403
    assert "Dit certificaat is ingetrokken. Dat is niet terug te draaien." in answer.content.decode()
    assert _url(procedure, "schorsen") not in _page(log_in(cast.coordinator), _url(procedure))


def test_a_change_that_there_is_not_is_not_found(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    assert log_in(cast.coordinator).get(_url(procedure, "verbranden")).status_code == 404


def test_the_candidate_reads_what_and_why_and_gets_no_button(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    change_status(cast.coordinator, procedure, Change.SUSPENDED, "investigation", NOTE)
    page = _page(log_in(cast.candidate), _url(procedure))
    assert "De aanbieder zoekt er iets over uit." in page
    assert NOTE in page
    assert "Ben je het er niet mee eens?" in page
    assert _url(procedure, "hervatten") not in page


def test_the_outcome_says_it_to_everybody_involved_but_not_the_explanation(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    outcome = reverse("certificates:outcome", args=[procedure.ref])
    people = (cast.candidate, cast.guide, cast.assessors[0], cast.coordinator, cast.auditor)
    assert all('id="status"' not in _page(log_in(person), outcome) for person in people)
    assert _url(procedure) in _page(log_in(cast.coordinator), outcome)
    assert _url(procedure) not in _page(log_in(cast.candidate), outcome)
    change_status(cast.coordinator, procedure, Change.REVOKED, **GIVEN)
    for person in people:
        page = _page(log_in(person), outcome)
        assert "Het certificaat is ingetrokken op " in page
        assert "Het bleek niet eerlijk verkregen." in page
        assert NOTE not in page
        assert (_url(procedure) in page) is (person not in (cast.guide, cast.assessors[0]))


def test_the_pages_take_a_fixed_number_of_queries(
    cast: Cast, log_in: LogIn, django_assert_max_num_queries: Any
) -> None:
    procedure, client = cast.bring_to(Point.ISSUED), log_in(cast.coordinator)
    for change in (Change.SUSPENDED, Change.REINSTATED, Change.SUSPENDED):
        reason = "holder"
        change_status(cast.coordinator, procedure, change, reason, NOTE)
    for url in (
        _url(procedure),
        _url(procedure, "intrekken"),
        reverse("certificates:outcome", args=[procedure.ref]),
    ):
        client.get(url)
        with django_assert_max_num_queries(12):
            client.get(url)
