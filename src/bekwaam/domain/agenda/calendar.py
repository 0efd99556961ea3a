"""A calendar in words, before it is written in the form that other programs read (RFC 5545)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

# How long an appointment takes is not asked; a calendar has to draw something.
USUAL_LENGTH: Final = timedelta(hours=1)
# What was held or called off this long ago still stands in the calendar: until every program has fetched it.
KEPT_BACK: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Meeting:
    """An appointment. ``uid`` stays the same however often it is changed; ``sequence`` counts the changes."""

    uid: str
    sequence: int
    starts_at: datetime
    title: str
    place: str
    url: str
    changed_at: datetime
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class LastDay:
    """A whole day on which something has to be done at the latest."""

    uid: str
    on: date
    title: str
    url: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """Everything in it, under a name. Texts are worded, in ``language``."""

    name: str
    language: str
    meetings: tuple[Meeting, ...] = ()
    last_days: tuple[LastDay, ...] = ()
