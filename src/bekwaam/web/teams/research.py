"""Taking out what people let their organisation study: at once, or in the background where that is much."""

from __future__ import annotations

from datetime import date
from typing import Any, BinaryIO

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.teams.aggregates import FEWEST
from bekwaam.domain.teams.analysis import COLUMNS, Form
from bekwaam.services import clock
from bekwaam.services.errors import Refused
from bekwaam.services.jobs import workers
from bekwaam.services.listing import Listing
from bekwaam.services.teams.analysis import as_taken_out, parquet_is_there, take_out, taken_out
from bekwaam.services.teams.exporting import MOST_NOW, asked_for, is_large, open_file
from bekwaam.services.teams.jobs import ask_export_soon
from bekwaam.web.shared.case import language
from bekwaam.web.shared.office import Office, on_provider
from bekwaam.web.teams.organisation import crumbs_of

PAGE = 10


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.EXPORT_FOR_ANALYSIS)
def research(request: HttpRequest, office: Office) -> Any:
    """Tell what can be studied and which files were taken out; a POST takes one out."""
    if request.method != "POST":
        return _page(request, office)
    form = Form.PARQUET if request.POST.get("vorm") == Form.PARQUET else Form.CSV
    person: Any = request.user
    try:
        if is_large(office.provider):
            ask_export_soon(person, office.provider, form, language())
            return redirect("teams:research", office.provider.ref)
        row, file = take_out(person, office.provider, form, language())
    except Refused as error:
        return _refused(request, office, error)
    return _handed_over(office, file, row.form, clock.today())


@require_http_methods(["GET"])
@on_provider(Action.EXPORT_FOR_ANALYSIS)
def research_file(request: HttpRequest, office: Office, file: str) -> Any:
    """Hand over a file that was made in the background; where somebody in it withdrew there is none."""
    person: Any = request.user
    try:
        row, content = open_file(person, office.provider, file)
    except Refused as error:
        return _refused(request, office, error)
    return _handed_over(office, content, row.form, timezone.localdate(row.asked_at))


def _refused(request: HttpRequest, office: Office, error: Refused) -> HttpResponse:
    """Return the page with the reason, unless it is that one may not be here any more."""
    if not office.may(Action.EXPORT_FOR_ANALYSIS):
        raise error
    return _page(request, office, error.verdict.text(language()))


def _handed_over(office: Office, file: BinaryIO, form: str, day: date) -> FileResponse:
    name = f"{slugify(office.provider.name) or 'bekwaam'}-{day.isoformat()}-{form}.zip"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _page(request: HttpRequest, office: Office, refused: str = "") -> HttpResponse:
    page = Paginator(Listing(taken_out(office.provider), as_taken_out), PAGE).get_page(
        request.GET.get("page")
    )
    asked = asked_for(office.provider)
    waits = any(one.waits for one in asked)
    context = {
        "office": office,
        "asked": asked,
        "waits": waits,
        "nobody_works": waits and not workers().here,
        "most_now": MOST_NOW,
        "page": page,
        "columns": [(one.name, _(one.told)) for one in COLUMNS],
        "parquet": parquet_is_there(),
        "fewest": FEWEST,
        "refused": refused,
        "crumbs": crumbs_of(office, _("For research")),
    }
    return render(request, "teams/research.html", context, status=409 if refused else 200)
