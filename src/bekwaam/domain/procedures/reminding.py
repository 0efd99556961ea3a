"""When somebody is reminded: a while before the last day, shortly before it, and once when it has passed.

Whoever was not reminded in time, because nothing ran, is reminded of what counts now and not of all that
was missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.domain.procedures.terms import AMSTERDAM, day_of, is_overdue
from bekwaam.wording import N_

USUAL_FIRST: Final = 7
USUAL_LAST: Final = 1
MOST_DAYS: Final = 60
# Of what is longer past than this nobody is reminded any more: the coordinator sees it in the overview.
FORGOTTEN_AFTER: Final = timedelta(days=30)
# Nobody gets mail of ours at night.
FIRST_HOUR: Final = 7
LAST_HOUR: Final = 20


class Stage(StrEnum):
    """Which reminder it is."""

    FIRST = "first"
    LAST = "last"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class RemindSettings:
    """How many days before the last day a provider has people reminded, and whether at all."""

    on: bool = True
    first: int = USUAL_FIRST
    last: int = USUAL_LAST


def check_settings(settings: RemindSettings) -> tuple[Fault, ...]:
    """Return everything that makes no sense about when reminders go out."""
    faults = [
        Fault(name, "out_of_range", N_("Choose a number from 1 to {most}."), {"most": MOST_DAYS})
        for name in ("first", "last")
        if not 1 <= getattr(settings, name) <= MOST_DAYS
    ]
    if not faults and settings.last >= settings.first:
        message = N_("The second reminder comes after the first: choose fewer days than above.")
        faults.append(Fault("last", "not_later", message))
    return tuple(faults)


def stage_of(on: date, today: date, settings: RemindSettings) -> Stage | None:
    """Return which reminder is due ``today`` for a last day; None where it is too early, or off."""
    if not settings.on or today > on + FORGOTTEN_AFTER:
        return None
    if is_overdue(on, today):
        return Stage.PAST
    left = (on - today).days
    if left <= settings.last:
        return Stage.LAST
    return Stage.FIRST if left <= settings.first else None


def reminds_of_meeting(starts_at: datetime, planned_at: datetime, now: datetime) -> bool:
    """Tell whether people are reminded now of an appointment: from the day before, until it begins.

    Not of what was only planned then: they had a mail just before.
    """
    eve = day_of(starts_at) - timedelta(days=1)
    return eve <= day_of(now) and now < starts_at and day_of(planned_at) < eve


def is_decent_hour(now: datetime) -> bool:
    """Tell whether it is a time of the day, in the Netherlands, at which mail may go out by itself."""
    return FIRST_HOUR <= now.astimezone(AMSTERDAM).hour <= LAST_HOUR
