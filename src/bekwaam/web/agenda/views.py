"""One's own agenda, a week at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES
from bekwaam.domain.procedures.terms import DUE_NAMES
from bekwaam.services import clock
from bekwaam.services.agenda.looking_back import LookBack
from bekwaam.services.agenda.reads import Entry
from bekwaam.services.agenda.reads import agenda as read_agenda
from bekwaam.web.shared.crumbs import Crumb

PAGE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in the agenda, in words. ``entry`` is None for a day to look back."""

    on: date
    what: str
    url: str
    entry: Entry | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What is overdue, or what is in one week."""

    title: str
    overdue: bool = False
    lines: list[Line] = field(default_factory=list)


@login_required
def agenda(request: HttpRequest) -> HttpResponse:
    """Show what somebody has to do by when, and their appointments."""
    person: Any = request.user
    page = Paginator(read_agenda(person), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "groups": _groups(page, clock.today()),
        "crumbs": [Crumb(_("My work"), reverse("home")), Crumb(_("Agenda"))],
    }
    return render(request, "agenda/agenda.html", context)


def _groups(entries: Iterable[Entry | LookBack], today: date) -> list[Group]:
    """Put entries, which are in order, under what is overdue and then under their weeks."""
    groups: dict[date | None, Group] = {}
    for entry in entries:
        late = isinstance(entry, Entry) and entry.overdue
        monday = None if late else entry.on - timedelta(days=entry.on.weekday())
        if monday not in groups:
            groups[monday] = Group(_title(monday, today), overdue=monday is None)
        groups[monday].lines.append(_line(entry))
    return list(groups.values())


def _title(monday: date | None, today: date) -> str:
    if monday is None:
        return _("Overdue")
    weeks = (monday - (today - timedelta(days=today.weekday()))).days // 7
    if weeks == 0:
        return _("This week")
    if weeks == 1:
        return _("Next week")
    return _("Week of %(day)s") % {"day": date_format(monday, "j F Y")}


def _line(entry: Entry | LookBack) -> Line:
    if isinstance(entry, LookBack):
        url = reverse("reflection:deliberation", args=[entry.ref])
        return Line(entry.on, _("Look back on a deliberation"), url, about=entry.title)
    if entry.due is not None:
        url = reverse("procedures:procedure", args=[entry.ref])
        return Line(entry.on, _(DUE_NAMES[entry.due.kind]), url, entry)
    url = reverse("assessment:plans", args=[entry.ref])
    return Line(entry.on, _(INSTRUMENT_NAMES[entry.kind]) if entry.kind else "", url, entry)
