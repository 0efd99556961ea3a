"""Writes a calendar as iCalendar (RFC 5545), in the time of the Netherlands with the rules of its clock."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import Final

import icalendar

from bekwaam.domain.agenda.calendar import USUAL_LENGTH, Calendar, LastDay, Meeting
from bekwaam.domain.procedures.terms import AMSTERDAM

MEDIA_TYPE: Final = "text/calendar; charset=utf-8; method=PUBLISH"


def render(calendar: Calendar) -> bytes:
    """Return a calendar that another program can take over, or fetch again and again."""
    written = icalendar.Calendar()
    written.add("version", "2.0")
    written.add("prodid", f"-//Bekwaam//Bekwaam//{calendar.language.upper()}")
    written.add("method", "PUBLISH")
    written.add("x-wr-calname", calendar.name)
    written.add("x-wr-timezone", "Europe/Amsterdam")
    written.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for meeting in calendar.meetings:
        written.add_component(_meeting(meeting, calendar.language))
    for last_day in calendar.last_days:
        written.add_component(_last_day(last_day, calendar.language))
    if calendar.meetings:
        written.add_missing_timezones()
    content: bytes = written.to_ical()
    return content


def _meeting(meeting: Meeting, language: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    starts = meeting.starts_at.astimezone(AMSTERDAM)
    event.add("dtstart", starts)
    event.add("dtend", (meeting.starts_at + USUAL_LENGTH).astimezone(AMSTERDAM))
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    if meeting.place:
        event.add("location", meeting.place)
    _common(event, meeting, language)
    return event


def _last_day(last_day: LastDay, language: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", last_day.uid)
    event.add("dtstart", last_day.on)
    if last_day.on < date.max:  # a whole day is what a calendar makes of it without an end as well
        event.add("dtend", last_day.on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # the day itself stays free
    _common(event, last_day, language)
    return event


def _common(event: icalendar.Event, entry: Meeting | LastDay, language: str) -> None:
    event.add("summary", entry.title, parameters={"LANGUAGE": language})
    event.add("url", entry.url)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("class", "PRIVATE")
