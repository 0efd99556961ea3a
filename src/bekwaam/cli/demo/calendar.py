"""When things happened in the demo, counted back from today so that it never looks old."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

SATURDAY = 5


def working_day(ago: int, today: date) -> date:
    """Return the working day that lies ``ago`` working days before ``today`` (1 or more).

    A larger ``ago`` is always an earlier day, so steps keep their order.
    """
    day = today
    while ago > 0:
        day -= timedelta(days=1)
        if day.weekday() < SATURDAY:
            ago -= 1
    return day


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment on the clock of the installation; ``minute`` may run over the hour."""
    start = datetime.combine(day, time(hour), tzinfo=timezone.get_current_timezone())
    return start + timedelta(minutes=minute)


def months_before(day: date, months: int) -> date:
    """Return about ``months`` months before ``day``; never the same day of the month twice in a row."""
    return day - timedelta(days=months * 30 + months % 7)
