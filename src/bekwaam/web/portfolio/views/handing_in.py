"""Handing in."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.services.drafts import draft_keys
from bekwaam.services.portfolio.handing_in import hand_in as freeze
from bekwaam.services.portfolio.privacy import place_seen
from bekwaam.services.portfolio.reads import dossier as read_dossier
from bekwaam.web.portfolio.crumbs import crumbs
from bekwaam.web.portfolio.desk import desk_of
from bekwaam.web.portfolio.overview import in_view
from bekwaam.web.portfolio.presenting import cards, coverage_groups, coverage_of
from bekwaam.web.portfolio.views.privacy import names_not_here
from bekwaam.web.shared.case import Case, language, on_procedure


@on_procedure(Action.HAND_IN)
def hand_in(request: HttpRequest, case: Case) -> HttpResponse:
    """Show what goes to the assessors and what is still empty; freeze it when the candidate says so."""
    desk = desk_of(case)
    if request.method == "POST":
        freeze(request.user, case.procedure)  # type: ignore[arg-type]
        messages.success(request, _("You have handed in your dossier. The assessors can begin."))
        return redirect("portfolio:dossier", case.procedure.ref)
    found = read_dossier(case.procedure)
    counted = coverage_of(desk, found)
    seen = place_seen(case.procedure)
    rows = [row for group in coverage_groups(desk, counted) for row in group.rows]
    context = {
        "case": case,
        "standard": case.framework.title[language()],
        "ready": any(piece.ties for piece in found.pieces),
        "counted": counted,
        "total": len(counted.counts),
        "gaps": [row for row in rows if not row.count],
        "thin": [row for row in rows if row.count and not row.met],
        "untied": cards(desk, [piece for piece in found.pieces if not piece.ties]),
        "marked": [(one, desk.url("evidence", one.ref)) for one in seen.marked],
        "looking": seen.waiting,
        "names": "" if seen.names else names_not_here(),
        "compared": settings.COMPARE_TEXTS,
        "unfinished": len(draft_keys(request.user, desk.key())),  # type: ignore[arg-type]
        "crumbs": crumbs(desk, _("Hand in")),
        **in_view(desk, found),
    }
    return render(request, "portfolio/hand_in.html", context)
