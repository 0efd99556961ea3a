"""What a piece may show: suggestions for its writer, taken over or waved away one by one."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekwaam.services.portfolio.reads import Piece
from bekwaam.services.portfolio.suggestions import suggestions, take_suggestion, wave_away
from bekwaam.web.portfolio.desk import Desk, Pages, writing
from bekwaam.web.portfolio.presenting import judged_groups
from bekwaam.web.shared.units import Unit


@dataclass(frozen=True, slots=True)
class Hint:
    """A suggested competence on the screen, with the writer's own words that led there."""

    unit: Unit
    words: tuple[str, ...]


def hints(desk: Desk, piece: Piece) -> list[Hint]:
    """Return what a piece of the visitor's own may show besides what it is tied to. One query."""
    known = {unit.code: unit for group in judged_groups(desk) for unit in group.units}
    found = suggestions(desk.place, piece, known)
    return [Hint(known[one.code], one.words) for one in found]


def _suggestion(request: HttpRequest, desk: Desk, piece: str) -> HttpResponse:
    """Take a suggestion over, or wave it away, as the button says."""
    code = request.POST.get("code", "")
    if "take" in request.POST:
        take_suggestion(request.user, desk.place, piece, code)  # type: ignore[arg-type]
        text = _("Tied to %(code)s. Say in one sentence why, then it counts for more.")
        messages.success(request, text % {"code": code})
    else:
        wave_away(request.user, desk.place, piece, code)  # type: ignore[arg-type]
    return redirect(desk.url("evidence", piece))


_pages = writing(_suggestion)
suggestion = Pages(require_POST(_pages.dossier), require_POST(_pages.own))
