"""The last day of a state: set with the state, by the terms that held when the procedure started."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from bekwaam.domain.assessment.working import USUAL_TERMS, WayOfWorking
from bekwaam.domain.procedures.states import State
from bekwaam.domain.procedures.terms import day_of
from bekwaam.services import clock
from bekwaam.services.procedures.reads import count_overdue, overview
from bekwaam.services.procedures.working import set_working
from bekwaam.store.models import Procedure
from tests.cast import Cast, Point, fresh

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.mark.parametrize(
    "point",
    [Point.STARTED, Point.FILLED, Point.DECLARED, Point.REVEALED, Point.DECIDED, Point.ISSUED, Point.CLOSED],
)
def test_every_state_has_the_last_day_of_its_term(cast: Cast, point: Point) -> None:
    procedure = cast.bring_to(point)
    days = USUAL_TERMS.get(State(procedure.state))
    expected = day_of(procedure.state_since) + timedelta(days=days) if days else None
    assert procedure.due_on == expected


def test_who_stops_has_no_last_day(cast: Cast) -> None:
    assert cast.withdrawn().due_on is None


def test_a_running_procedure_keeps_the_terms_that_it_started_with(cast: Cast) -> None:
    def settle(days: int) -> None:
        terms = {**USUAL_TERMS, State.INTAKE: days, State.PORTFOLIO: days}
        set_working(cast.coordinator, cast.provider, "klein", replace(WayOfWorking(), terms=terms))

    settle(10)
    procedure = cast.start()
    settle(99)
    assert procedure.due_on == clock.today() + timedelta(days=10)
    cast.bring_on(procedure, Point.CONSENTED)
    assert fresh(procedure).due_on == clock.today() + timedelta(days=10)


def test_what_ran_before_there_were_last_days_gets_one(cast: Cast) -> None:
    running, over = cast.bring_to(Point.DECLARED), cast.withdrawn(candidate=cast.auditor)
    expected = running.due_on
    Procedure.objects.update(due_on=None)
    import_module("bekwaam.store.migrations.0018_mail").set_last_days(apps, None)
    assert (fresh(running).due_on, fresh(over).due_on) == (expected, None)


def test_what_is_overdue_is_found_the_longest_ago_first(cast: Cast, log_in: Any) -> None:
    first, second = cast.start(), cast.start(candidate=cast.auditor)
    assert first.due_on is not None
    Procedure.objects.filter(pk=second.pk).update(due_on=first.due_on + timedelta(days=1))
    url = reverse("procedures:overview", args=[cast.provider.ref])
    with clock.at(clock.now() + timedelta(days=USUAL_TERMS[State.INTAKE])):
        assert count_overdue(cast.provider) == 0  # the last day itself still counts
        page = log_in(cast.coordinator).get(url).content.decode()
        assert "Te laat" not in page and "Laatste dag" in page
    with clock.at(clock.now() + timedelta(days=USUAL_TERMS[State.INTAKE] + 1)):
        rows = list(overview(cast.provider, overdue=True)[0:9])
        assert [row.ref for row in rows] == [first.ref] and rows[0].overdue
        page = log_in(cast.coordinator).get(url + "?stand=te-laat").content.decode()
        assert first.ref in page and second.ref not in page and "Te laat" in page
    with clock.at(clock.now() + timedelta(days=USUAL_TERMS[State.INTAKE] + 5)):
        rows = list(overview(cast.provider, overdue=True)[0:9])
        assert [row.ref for row in rows] == [first.ref, second.ref]


@pytest.mark.parametrize(
    ("point", "turn"),
    [
        (Point.STARTED, "de kandidaat, de coördinator"),
        (Point.FILLED, "de kandidaat"),
        (Point.HALF_JUDGED, "Bram Assessor"),
        (Point.DECIDED, "de coördinator"),
    ],
)
def test_the_page_says_until_when_and_whose_turn_it_is(
    cast: Cast, log_in: Any, point: Point, turn: str
) -> None:
    procedure = cast.bring_to(point)
    url = reverse("procedures:procedure", args=[procedure.ref])
    page = log_in(cast.coordinator).get(url).content.decode()
    assert f"Aan zet: {turn}</p>" in page
    assert "Laatste dag:" in page and "Te laat" not in page


def test_a_candidate_sees_the_last_day_of_their_own_part_alone(cast: Cast, log_in: Any) -> None:
    procedure = cast.bring_to(Point.FILLED)
    assert "Laatste dag:" in log_in(cast.candidate).get("/").content.decode()
    assert procedure.due_on is not None
    with clock.at(clock.now() + timedelta(days=183)):
        assert "Te laat" in log_in(cast.candidate).get("/").content.decode()
    cast.bring_on(procedure, Point.HANDED_IN, since=Point.FILLED)
    assert "Laatste dag:" not in log_in(cast.candidate).get("/").content.decode()
