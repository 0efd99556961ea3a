"""One unit of the standard: what it asks, and the evidence and tips there are for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bekwaam.domain.assessment.asked import related_codes
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.model import Item
from bekwaam.services.errors import NotFound
from bekwaam.services.portfolio.reads import dossier as read_dossier
from bekwaam.services.portfolio.reads import tips
from bekwaam.web.portfolio.crumbs import crumbs
from bekwaam.web.portfolio.desk import Desk, reading, writing
from bekwaam.web.portfolio.forms import EvidenceForm
from bekwaam.web.portfolio.overview import Link, paged, progress_of
from bekwaam.web.portfolio.presenting import cards, coverage_of, judged_groups, ladder, tie_groups, worded
from bekwaam.web.portfolio.views.dossier import who
from bekwaam.web.shared.case import language


@reading
def unit(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Show one unit: what it asks, stage by stage, and what there is for it."""
    order = desk.units
    if code not in order:
        raise NotFound
    item = desk.framework.by_code[code]
    bearing = related_codes(desk.framework, code)
    found = read_dossier(desk.place)
    counted = coverage_of(desk, found)
    page = paged(request, [piece for piece in found.pieces if not bearing.isdisjoint(piece.ties)])
    at, rungs = order.index(code), ladder(desk.framework, code)
    here = next(u for group in judged_groups(desk) for u in group.units if u.code == code)
    context = {
        **who(desk),
        "crumbs": crumbs(desk, code),
        "unit": here,
        "text": item.text[language()] if item.text and item.title else "",
        "inside": _inside(desk, item),
        "ladder": rungs,
        "any_asked": any(rung.asked for rung in rungs),
        "page": page,
        "cards": cards(desk, page),
        "hints": [worded(hint) for hint in counted.units[code].hints if hint.reason != "gap"],
        "progress": progress_of(desk, counted),
        "bearing": bearing,
        "tips": () if desk.own else tips(desk.place, code),
        "before": _neighbour(desk, order[at - 1]) if at else None,
        "after": _neighbour(desk, order[at + 1]) if at + 1 < len(order) else None,
    }
    return render(request, "portfolio/unit.html", context)


@writing
def unit_ladder(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Show the part of the form in which the parts of one unit are ticked, for the script that adds it."""
    form = EvidenceForm(EvidenceKind.STORY, desk.framework, tie_groups(desk), has_file=False, opened=[code])
    row = form.ladder(code)
    if row is None:
        raise NotFound
    return render(request, "portfolio/ladder.html", {"row": row})


def _neighbour(desk: Desk, code: str) -> Link:
    return Link(desk.url("unit", code), f"{code} {desk.framework.by_code[code].name(language())}")


def _inside(desk: Desk, item: Item) -> list[tuple[str, list[str]]]:
    """Return the names of what lies in a life domain: its themes and specific competences."""
    found = []
    for kind in ("theme", "specific_competence"):
        below = desk.framework.children(item.code, kind)
        if below:
            found.append((kind_name(kind, language()).capitalize(), [i.name(language()) for i in below]))
    return found
