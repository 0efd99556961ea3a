"""The coverage map: what there is for each part, how recent, how varied and how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bekwaam.services.portfolio.reads import PieceHead
from bekwaam.services.portfolio.reads import dossier as read_dossier
from bekwaam.web.portfolio.crumbs import crumbs
from bekwaam.web.portfolio.desk import Desk, reading
from bekwaam.web.portfolio.overview import progress_of
from bekwaam.web.portfolio.presenting import Card, CoverageRow, cards, coverage_groups, coverage_of
from bekwaam.web.portfolio.views.dossier import who

FIRST: Final = 5


@dataclass(frozen=True, slots=True)
class MapRow:
    """A part of the standard with the first pieces there are for it, and how many ``more``."""

    row: CoverageRow
    cards: tuple[Card, ...]
    more: int


@dataclass(frozen=True, slots=True)
class MapGroup:
    """A cluster of the map."""

    name: str
    hue: int
    rows: tuple[MapRow, ...]


@reading
def coverage_map(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the map, or only what something can be added to."""
    found = read_dossier(desk.place)
    counted = coverage_of(desk, found)
    by_ref = {card.ref: card for card in cards(desk, _tied(found.pieces))}
    only_open = request.GET.get("toon") == "open"
    groups = [
        MapGroup(
            group.name,
            group.hue,
            tuple(
                MapRow(row, tuple(by_ref[ref] for ref in row.found.refs[:FIRST]), len(row.found.refs[FIRST:]))
                for row in group.rows
                if not (only_open and row.met)
            ),
        )
        for group in coverage_groups(desk, counted)
    ]
    context = {
        **who(desk),
        "map": [group for group in groups if group.rows],
        "only_open": only_open,
        "counted": counted,
        "progress": progress_of(desk, counted),
        "usual": desk.usual,
        "crumbs": crumbs(desk, _("Coverage map")),
    }
    return render(request, "portfolio/coverage.html", context)


def _tied(pieces: tuple[PieceHead, ...]) -> list[PieceHead]:
    return [piece for piece in pieces if piece.ties]
