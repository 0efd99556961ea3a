"""A portfolio of one's own: choosing what to lay it beside, and the whole of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.services.errors import Invalid
from bekwaam.services.portfolio.own import choices, portfolios, start_portfolio
from bekwaam.services.portfolio.reads import dossier as read_dossier
from bekwaam.web.portfolio.crumbs import crumbs
from bekwaam.web.portfolio.desk import Desk, reading
from bekwaam.web.portfolio.forms import StartForm
from bekwaam.web.portfolio.overview import overview
from bekwaam.web.portfolio.views.dossier import who
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors


@login_required
def own_portfolios(request: HttpRequest) -> HttpResponse:
    """Show one's portfolios, with what another could be laid beside; start one when that was chosen.

    Whoever has one only is taken straight to it, unless they come to start another.
    """
    person: Any = request.user
    mine, open_choices = portfolios(person), choices(person)
    form = StartForm(open_choices, language(), data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            started = start_portfolio(person, int(form.cleaned_data["standard"]))
        except Invalid as error:
            fill_errors(form, error)
        else:
            messages.success(request, _("Your portfolio is ready. It is yours alone: nobody else sees it."))
            return redirect("portfolio:own_dossier", started.ref)
    if request.method == "GET" and len(mine) == 1 and "nieuw" not in request.GET:
        return redirect("portfolio:own_dossier", mine[0].ref)
    context = {
        "portfolios": [(card, card.title[language()]) for card in mine],
        "form": form,
        "has_choices": bool(open_choices),
        "crumbs": [Crumb(_("My work"), reverse("home")), Crumb(_("My portfolio"))],
    }
    return render(request, "portfolio/own_portfolios.html", context, status=422 if form.errors else 200)


@reading
def own_portfolio(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what there is, for which competences, and what is next."""
    found = read_dossier(desk.place)
    context = {
        **overview(request, desk, found),
        **who(desk),
        "standard": desk.framework.title[language()],
        "crumbs": crumbs(desk, desk.framework.title[language()], inside=False),
    }
    return render(request, "portfolio/own_portfolio.html", context)
