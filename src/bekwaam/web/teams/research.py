"""Taking out what people let their organisation study."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.teams.aggregates import FEWEST
from bekwaam.domain.teams.analysis import COLUMNS, Form
from bekwaam.services import clock
from bekwaam.services.errors import Refused
from bekwaam.services.listing import Listing
from bekwaam.services.teams.analysis import as_taken_out, parquet_is_there, take_out, taken_out
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
        row, file = take_out(person, office.provider, form, language())
    except Refused as error:
        if not office.may(Action.EXPORT_FOR_ANALYSIS):
            raise
        return _page(request, office, error.verdict.text(language()))
    name = f"{slugify(office.provider.name) or 'bekwaam'}-{clock.today().isoformat()}-{row.form}.zip"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _page(request: HttpRequest, office: Office, refused: str = "") -> HttpResponse:
    page = Paginator(Listing(taken_out(office.provider), as_taken_out), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "office": office,
        "page": page,
        "columns": [(one.name, _(one.told)) for one in COLUMNS],
        "parquet": parquet_is_there(),
        "fewest": FEWEST,
        "refused": refused,
        "crumbs": crumbs_of(office, _("For research")),
    }
    return render(request, "teams/research.html", context, status=409 if refused else 200)
