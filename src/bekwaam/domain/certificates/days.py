"""Dates as people write them."""

from __future__ import annotations

from datetime import date
from typing import Final

from bekwaam.wording import N_, say

MONTHS: Final = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def long_date(day: date, language: str) -> str:
    """Return ``day`` as in "14 April 2026"."""
    return f"{day.day} {say(language, MONTHS[day.month - 1])} {day.year}"
