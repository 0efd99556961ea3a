"""The interventions of one's organisations: found, and read one by one."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.domain.interventions.choosing import Search, competence_key, found_by, steps_of
from bekwaam.domain.interventions.entries import KNOWN_NAMES, Known
from bekwaam.services.growth.intervention_lists import continuum
from bekwaam.services.interventions.reads import Shelf, read_shelf
from bekwaam.web.interventions.presenting import CHOSEN, choice_url, crumbs, gap_urls, shown, with_chosen
from bekwaam.web.shared.case import language

PAGE: Final = 30
MOST_TYPED: Final = 200


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Find interventions; what was ticked stays ticked while one searches on. One query of its own."""
    person: Any = request.user
    shelf = read_shelf(person)
    steps, known, competences = _steps(), _known(), _competences(shelf)
    search = Search(
        words=request.GET.get("zoek", "")[:MOST_TYPED],
        step=_one_of(steps, request.GET.get("stap", "")),
        known=_one_of(known, request.GET.get("bekend", "")),
        competence=_one_of(competences, request.GET.get("competentie", "")),
    )
    chosen = shelf.chosen(request.GET.getlist(CHOSEN))
    found = found_by(search, shelf.interventions)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    here = {one.ref for one in page}
    asked = {"zoek": search.words, "stap": search.step, "bekend": search.known}
    asked["competentie"] = search.competence
    query = [(name, value) for name, value in asked.items() if value]
    context = {
        "crumbs": crumbs(),
        "any": bool(shelf.interventions),
        "search": search,
        "steps": steps.items(),
        "known": known.items(),
        "competences": competences.items(),
        "total": len(found),
        "rows": [shown(one, shelf) for one in page],
        "chosen": {one.ref for one in chosen},
        "elsewhere": [one for one in chosen if one.ref not in here],
        "several": len(shelf.organisations) > 1,
        "page": page,
        "query": urlencode([*query, *((CHOSEN, one.ref) for one in chosen)]),
    }
    return render(request, "interventions/index.html", context)


@login_required
@require_safe
def one(request: HttpRequest, one: str) -> HttpResponse:
    """Show one intervention. Two queries of its own; not found for who is not of its organisation."""
    person: Any = request.user
    shelf = read_shelf(person)
    found = shelf.one(one)
    context = {
        "crumbs": crumbs(found.name),
        "row": shown(found, shelf),
        "gaps": gap_urls(shelf, [(found.framework, found.codes)]),
        "framework": shelf.frameworks[found.framework].title[language()],
        "choice_url": choice_url(person, [found]),
        "compare_url": with_chosen("index", [found]),
    }
    return render(request, "interventions/one.html", context)


def _steps() -> dict[str, str]:
    guide = continuum()
    return {code: guide.name(code)[language()] for code in steps_of(guide)}


def _known() -> dict[str, str]:
    return {known.value: _(KNOWN_NAMES[known]) for known in Known}


def _competences(shelf: Shelf) -> dict[str, str]:
    """Return what the interventions ask, in the order of each framework."""
    asked = {competence_key(one.framework, code) for one in shelf.interventions for code in one.codes}
    named = (
        (competence_key(reference, item.code), f"{item.code} {item.name(language())}")
        for reference, framework in shelf.frameworks.items()
        for item in framework.items
    )
    return {key: name for key, name in named if key in asked}


def _one_of(known: dict[str, str], said: str) -> str:
    return said if said in known else ""
