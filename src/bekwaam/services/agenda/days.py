"""Days and moments as they are written in mail."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from bekwaam.domain.procedures.terms import AMSTERDAM
from bekwaam.wording import N_, say


def day(on: date, language: str) -> str:
    """Return a day, as in "Thursday 3 December 2026"."""
    with override(language):
        return date_format(on, "l j F Y")


def moment(at: datetime, language: str) -> str:
    """Return a day and a time, in the Netherlands."""
    there = timezone.localtime(at, AMSTERDAM)
    return say(language, N_("{day} at {time}"), day=day(there.date(), language), time=f"{there:%H:%M}")
