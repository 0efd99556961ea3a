"""The line of procedures in words: first assessment, objection, new assessment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.objections.outcome import ANSWER_NAMES
from bekwaam.domain.procedures.following import WHY_NAMES
from bekwaam.domain.procedures.states import STATE_NAMES
from bekwaam.services.procedures.line import Line, LineEntry, LineObjection
from bekwaam.web.shared.case import Case


@dataclass(frozen=True, slots=True)
class LineStep:
    """One step of the line. ``url`` is empty for the page that one is on."""

    title: str
    at: datetime
    detail: str
    url: str
    here: bool


def line_steps(case: Case, line: Line) -> list[LineStep]:
    """Return the line as steps, oldest first."""
    return [step for entry in line.entries for step in _steps(case, entry)]


def _steps(case: Case, entry: LineEntry) -> Iterator[LineStep]:
    title = _(WHY_NAMES[entry.why]) if entry.why else _("First assessment")
    url = "" if entry.here else reverse("procedures:procedure", args=[entry.ref])
    yield LineStep(f"{title} ({entry.number})", entry.started_at, _detail(entry), url, entry.here)
    for one in entry.objections:
        seen = entry.here and case.may(Action.SEE_OBJECTION)
        page = reverse("objections:objection", args=[entry.ref]) if seen else ""
        yield LineStep(_("Objection"), one.filed_at, _answer(one), page, False)


def _detail(entry: LineEntry) -> str:
    parts = [_(STATE_NAMES[entry.state])]
    if entry.units:
        parts.append(_("about %(units)s") % {"units": ", ".join(entry.units)})
    if entry.certificate and entry.issued_at:
        said = {"number": entry.certificate, "date": _day(entry.issued_at)}
        parts.append(_("certificate %(number)s of %(date)s") % said)
    return "; ".join(parts)


def _answer(one: LineObjection) -> str:
    if one.answer is None or one.answered_at is None:
        return _("waits for an answer")
    return f"{_(ANSWER_NAMES[one.answer])}, {_day(one.answered_at)}"


def _day(at: datetime) -> str:
    return date_format(localtime(at), "j F Y")
