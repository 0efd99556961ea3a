"""Days that people fill in, and which of them can only be a slip of the pen. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.wording import N_

MOST_YEARS_AHEAD: Final = 10
MOST_YEARS_BACK: Final = 60
"""Longer than somebody's working life."""

_FAR: Final = N_("This day is more than {years} years away. Look whether the year is right.")
_LONG_AGO: Final = N_("This day is more than {years} years ago. Look whether the year is right.")


def check_year(name: str, day: date | None, today: date) -> tuple[Fault, ...]:
    """Return what is wrong with the year of ``day``, in the field ``name``: nobody means one so far off."""
    if day is not None and day.year > today.year + MOST_YEARS_AHEAD:
        return (Fault(name, "far", _FAR, {"years": MOST_YEARS_AHEAD}),)
    if day is not None and day.year < today.year - MOST_YEARS_BACK:
        return (Fault(name, "long_ago", _LONG_AGO, {"years": MOST_YEARS_BACK}),)
    return ()
