"""Interventions laid beside each other, and joined: chosen by the address, so that it can be shared."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.domain.interventions.choosing import lightest_first
from bekwaam.domain.interventions.combining import explain_together, may_combine, together
from bekwaam.domain.interventions.comparing import explain_comparison, may_compare
from bekwaam.domain.interventions.entries import Intervention
from bekwaam.domain.verdict import Verdict
from bekwaam.services.growth.intervention_lists import continuum
from bekwaam.services.interventions.reads import Shelf, read_shelf
from bekwaam.web.interventions.presenting import CHOSEN, choice_url, crumbs, gap_urls, shown, with_chosen
from bekwaam.web.shared.case import language


@login_required
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Lay two to four interventions beside each other, lightest first. Two queries of its own."""
    person: Any = request.user
    shelf = read_shelf(person)
    found = lightest_first(shelf.chosen(request.GET.getlist(CHOSEN)), continuum())
    if _more_than_chosen(request):
        return redirect(with_chosen("compare", found))
    title, verdict = _("Beside each other"), may_compare(len(found))
    if not verdict:
        return _not_so_many(request, title, verdict, found)
    context = {
        **_shared(request, title, shelf, found),
        "rows": [shown(one, shelf) for one in found],
        "sentences": explain_comparison(found, continuum(), language()),
        "combine_url": with_chosen("combine", found),
    }
    return render(request, "interventions/compare.html", context)


@login_required
@require_safe
def combine(request: HttpRequest) -> HttpResponse:
    """Show what several interventions ask and say together, and what nobody knows. Two queries of its own."""
    person: Any = request.user
    shelf = read_shelf(person)
    found = lightest_first(shelf.chosen(request.GET.getlist(CHOSEN)), continuum())
    if _more_than_chosen(request):
        return redirect(with_chosen("combine", found))
    title, verdict = _("Combined"), may_combine(len(found))
    if not verdict:
        return _not_so_many(request, title, verdict, found)
    whole = together(found, continuum())
    context = {
        **_shared(request, title, shelf, found),
        "rows": [shown(one, shelf) for one in whole.members],
        "clashes": bool(whole.clashing),
        "sentences": explain_together(whole, continuum(), language()),
        "asked": [
            (one.code, shelf.frameworks[one.framework].by_code[one.code].name(language()), one.by)
            for one in whole.asked
        ],
        "compare_url": with_chosen("compare", found) if may_compare(len(found)) else "",
    }
    return render(request, "interventions/combine.html", context)


def _more_than_chosen(request: HttpRequest) -> bool:
    """Tell whether the address says more than what was chosen, as it does when it comes from a search."""
    return bool(set(request.GET) - {CHOSEN})


def _shared(
    request: HttpRequest, title: str, shelf: Shelf, found: tuple[Intervention, ...]
) -> dict[str, Any]:
    asked = set(request.GET.getlist(CHOSEN))
    return {
        "crumbs": crumbs(title),
        "title": title,
        "choice_url": choice_url(request.user, found),
        "gone": len(asked) > len(found),
        "gaps": gap_urls(shelf, [(one.framework, one.codes) for one in found]),
        "again_url": with_chosen("index", found),
    }


def _not_so_many(
    request: HttpRequest, title: str, verdict: Verdict, found: tuple[Intervention, ...]
) -> HttpResponse:
    context = {
        "crumbs": crumbs(title),
        "title": title,
        "reason": verdict.text(language()),
        "found": found,
        "again_url": with_chosen("index", found),
    }
    return render(request, "interventions/not_so_many.html", context, status=422)
