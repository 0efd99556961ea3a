"""The notice of planned assessments: on the screen, and as the file that goes out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES
from bekwaam.domain.auditing.notice import notice_csv
from bekwaam.services import clock
from bekwaam.services.auditing.planned import planned_assessments
from bekwaam.web.auditing.forms import PeriodForm
from bekwaam.web.auditing.presenting import office_crumbs
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.office import Office, on_provider

SHOWN: Final = 25
_A_MONTH: Final = timedelta(days=31)


@require_safe
@on_provider(Action.SEE_NOTICE)
def notice(request: HttpRequest, office: Office) -> HttpResponse:
    """Show the first assessments of a period, with a way to take the whole list along."""
    form = PeriodForm(request.GET if {"start", "end"} & request.GET.keys() else _around(clock.today()))
    found = planned_assessments(office.provider, *_period(form)) if form.is_valid() else ()
    context = {
        "office": office,
        "form": form,
        "total": len(found),
        "rows": [
            (one, one.standard[language()], _(INSTRUMENT_NAMES[one.kind]) if one.kind else "")
            for one in found[:SHOWN]
        ],
        "query": urlencode({name: day.isoformat() for name, day in form.cleaned_data.items()}),
        "crumbs": office_crumbs(office, Crumb(_("Notice of assessments"))),
    }
    return render(request, "auditing/notice.html", context, status=422 if form.errors else 200)


@require_safe
@on_provider(Action.SEE_NOTICE)
def notice_file(request: HttpRequest, office: Office) -> HttpResponse:
    """Hand out the notice of a period as CSV; for a period that is none, back to the page that says so."""
    form = PeriodForm(request.GET if {"start", "end"} & request.GET.keys() else _around(clock.today()))
    if not form.is_valid():
        return notice(request, office.provider.ref)
    start, end = _period(form)
    content = notice_csv(planned_assessments(office.provider, start, end), language())
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="aanmelding-{start}-{end}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _around(today: date) -> dict[str, date]:
    return {"start": today - _A_MONTH, "end": today + _A_MONTH}


def _period(form: PeriodForm) -> tuple[date, date]:
    return form.cleaned_data["start"], form.cleaned_data["end"]
