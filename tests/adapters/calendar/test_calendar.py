"""A calendar as other programs read it: parsed back by the library, and right when the clock changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from bekwaam.adapters.calendar import render
from bekwaam.domain.agenda.calendar import Calendar, LastDay, Meeting

CHANGED = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MEETING = Meeting(
    uid="abc@evc.example.nl",
    sequence=2,
    starts_at=datetime(2026, 3, 20, 13, 30, tzinfo=UTC),
    title="Interview: kandidaat 2026-0001",
    place="Zwolle, zaal 2; achterom",
    url="https://evc.example.nl/traject/abc/afspraken/",
    changed_at=CHANGED,
)
LAST_DAY = LastDay("abc-judging@evc.example.nl", date(2026, 3, 29), "Laatste dag: x", MEETING.url, CHANGED)
WHOLE = Calendar("Mijn werk", "nl", (MEETING,), (LAST_DAY,))


def events(calendar: Calendar) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(render(calendar)).walk("VEVENT"))


def test_an_appointment_reads_back_as_it_was() -> None:
    event = events(WHOLE)[0]
    assert (str(event["UID"]), int(event["SEQUENCE"]), str(event["STATUS"])) == (MEETING.uid, 2, "CONFIRMED")
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == (MEETING.title, MEETING.place)
    assert event["DTSTART"].dt == MEETING.starts_at
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=1)
    assert event["DTSTAMP"].dt == CHANGED
    assert str(event["URL"]) == MEETING.url


def test_what_was_called_off_says_so() -> None:
    event = events(replace(WHOLE, meetings=(replace(MEETING, cancelled=True),)))[0]
    assert str(event["STATUS"]) == "CANCELLED"


def test_a_last_day_is_a_whole_day_on_which_one_is_free() -> None:
    event = events(WHOLE)[1]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 3, 29), date(2026, 3, 30))
    assert str(event["TRANSP"]) == "TRANSPARENT"


@pytest.mark.parametrize(
    ("starts_at", "there"),
    [
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), "2026-03-29T00:30:00+01:00"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "2026-03-29T03:00:00+02:00"),
        (datetime(2026, 7, 1, 12, 0, tzinfo=UTC), "2026-07-01T14:00:00+02:00"),
        (datetime(2026, 10, 24, 22, 15, tzinfo=UTC), "2026-10-25T00:15:00+02:00"),
        (datetime(2026, 10, 25, 8, 0, tzinfo=UTC), "2026-10-25T09:00:00+01:00"),
    ],
)
def test_the_time_is_that_of_the_netherlands(starts_at: datetime, there: str) -> None:
    written = render(Calendar("x", "nl", (replace(MEETING, starts_at=starts_at),)))
    (event,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert event["DTSTART"].dt.isoformat() == there
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert b"BEGIN:VTIMEZONE" in written and b"TZID:Europe/Amsterdam" in written


def test_the_same_calendar_is_the_same_bytes_and_no_line_is_too_long() -> None:
    long = replace(WHOLE, last_days=(replace(LAST_DAY, title="é" * 200),))
    assert render(WHOLE) == render(WHOLE)
    assert all(len(line) <= 75 for line in render(long).split(b"\r\n"))


def test_an_empty_calendar_is_a_calendar() -> None:
    calendar = icalendar.Calendar.from_ical(render(Calendar("Mijn werk", "nl")))
    assert calendar["VERSION"] == "2.0" and not calendar.walk("VEVENT")
