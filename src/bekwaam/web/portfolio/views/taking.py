"""Choosing from one's portfolio for the dossier of a procedure."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.services.errors import Invalid
from bekwaam.services.portfolio.reads import takeable
from bekwaam.services.portfolio.taking import take_into_dossier
from bekwaam.web.portfolio.crumbs import crumbs
from bekwaam.web.portfolio.desk import desk_of
from bekwaam.web.portfolio.overview import in_view
from bekwaam.web.portfolio.presenting import cards
from bekwaam.web.shared.case import Case, on_procedure

PAGE: Final = 50


@on_procedure(Action.WRITE_EVIDENCE)
def take(request: HttpRequest, case: Case) -> HttpResponse:
    """Show what is in the portfolio and not in this dossier; put in what is chosen."""
    desk = desk_of(case)
    fault = ""
    if request.method == "POST":
        try:
            number = take_into_dossier(request.user, case.procedure, request.POST.getlist("pieces"))  # type: ignore[arg-type]
        except Invalid as error:
            fault = error.faults[0].text(get_language() or "nl")
        else:
            text = ngettext(
                "%(number)s piece is in the dossier now.", "%(number)s pieces are in the dossier now.", number
            )
            messages.success(request, text % {"number": number})
            return redirect(desk.home)
    page = Paginator(takeable(case.procedure), PAGE).get_page(request.GET.get("page"))
    context = {
        "desk": desk,
        "page": page,
        "cards": cards(desk, page),
        "fault": fault,
        "crumbs": crumbs(desk, _("Choose from my portfolio")),
        **in_view(desk),
    }
    return render(request, "portfolio/take.html", context, status=422 if fault else 200)
