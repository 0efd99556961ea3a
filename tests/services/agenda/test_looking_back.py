"""The day to look back on a deliberation: in the agenda, in other calendars, and in one mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from click.testing import CliRunner
from django.core import mail
from django.test import Client
from django.urls import reverse

from bekwaam.cli.remind import remind as command
from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.steps import MoveKind
from bekwaam.services import clock
from bekwaam.services.agenda.feed import feed
from bekwaam.services.agenda.links import make_link
from bekwaam.services.agenda.looking_back import remind_to_look_back
from bekwaam.services.reflection.moving import MoveInput, make_move
from bekwaam.services.reflection.state import Seat
from bekwaam.store.models import Deliberation, Person
from tests.cast import Cast
from tests.services.reflection.table import do, pass_step, started

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def waiting(cast: Cast) -> list[Seat]:
    """Return the seats of a deliberation that is to be looked back on in thirty days."""
    seats = started(cast, cast.candidate)
    make_move(seats[0], MoveInput(MoveKind.BEGIN))
    for _step in list(Step)[:-1]:
        pass_step(seats)
    return seats


def day_of(seats: list[Seat]) -> Any:
    return Deliberation.objects.get(pk=seats[0].deliberation.pk).look_back_on


def test_it_stands_in_the_calendar_of_the_host_alone_and_says_nothing_of_the_matter(cast: Cast) -> None:
    seats = waiting(cast)
    (event,) = icalendar.Calendar.from_ical(feed(make_link(cast.guide))).walk("VEVENT")
    assert event["DTSTART"].dt == day_of(seats)
    assert str(event["SUMMARY"]) == "Terugkijken op een beraad"
    assert "naar binnen" not in feed(make_link(cast.guide)).decode()
    assert not icalendar.Calendar.from_ical(feed(make_link(cast.candidate))).walk("VEVENT")
    do(seats[0], MoveKind.LOOK_BACK)
    assert not icalendar.Calendar.from_ical(feed(make_link(cast.guide))).walk("VEVENT")


def test_it_stands_in_the_agenda_of_the_host(cast: Cast, log_in: Callable[[Person], Client]) -> None:
    seats = waiting(cast)
    page = log_in(cast.guide).get(reverse("agenda:agenda")).content.decode()
    assert "Terugkijken op een beraad" in page and "Wel of niet naar binnen" in page
    assert reverse("reflection:deliberation", args=[seats[0].deliberation.ref]) in page
    other = log_in(cast.candidate).get(reverse("agenda:agenda")).content.decode()
    assert "Wel of niet naar binnen" not in other


@pytest.mark.parametrize(("later", "number"), [(-1, 0), (0, 1), (30, 1), (31, 0)])
def test_the_host_is_reminded_from_that_day_on(
    cast: Cast, django_capture_on_commit_callbacks: Any, later: int, number: int
) -> None:
    waiting(cast)
    mail.outbox.clear()
    with clock.at(clock.now() + timedelta(days=30 + later)):
        assert remind_to_look_back(dry_run=True) == (cast.guide.name,) * number
        with django_capture_on_commit_callbacks(execute=True):
            assert remind_to_look_back() == (cast.guide.name,) * number
        assert remind_to_look_back() == ()
    assert [one.to for one in mail.outbox] == [[cast.guide.email]] * number
    assert all("naar binnen" not in one.body + one.subject for one in mail.outbox)


def test_who_looked_back_in_time_is_not_reminded(cast: Cast) -> None:
    seats = waiting(cast)
    do(seats[0], MoveKind.LOOK_BACK)
    with clock.at(clock.now() + timedelta(days=31)):
        assert remind_to_look_back() == ()


def test_the_command_reminds_of_it_as_well(cast: Cast) -> None:
    day = f"{day_of(waiting(cast)):%Y-%m-%d}"
    done = CliRunner().invoke(command, ["--lang", "nl", "--on", day, "--dry-run"])
    assert done.exit_code == 0
    assert f"{cast.guide.name}: 1 ding" in done.output
