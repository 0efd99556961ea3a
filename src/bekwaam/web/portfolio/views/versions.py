"""What a piece of evidence said earlier, and putting that back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bekwaam.domain.portfolio.kinds import labelled
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import NotFound
from bekwaam.services.portfolio.evidence import put_back
from bekwaam.services.portfolio.reads import piece as read_piece
from bekwaam.services.portfolio.reads import tied_pieces
from bekwaam.services.portfolio.versions import version as read_version
from bekwaam.services.portfolio.versions import versions as read_versions
from bekwaam.web.portfolio.crumbs import crumbs
from bekwaam.web.portfolio.desk import Desk, writing
from bekwaam.web.portfolio.overview import in_view
from bekwaam.web.portfolio.presenting import translated
from bekwaam.web.shared.crumbs import Crumb

PAGE = 25


@writing
def versions(request: HttpRequest, desk: Desk, piece: str) -> HttpResponse:
    """Show when a piece was saved, newest first."""
    tied = tied_pieces(desk.place)
    found = read_piece(desk.place, piece, tied)
    listed = read_versions(desk.place, piece)
    above = Crumb(found.head.title, desk.url("evidence", piece))
    context = {
        "desk": desk,
        "piece": found.head,
        "page": Paginator(listed, PAGE).get_page(request.GET.get("page")),
        "newest": listed[0].number if listed else 0,
        "rows": [
            (head, desk.url("version", piece, str(head.number)))
            for head in Paginator(listed, PAGE).get_page(request.GET.get("page"))
        ],
        "crumbs": crumbs(desk, _("Earlier texts"), above=above),
        **in_view(desk, tied),
    }
    return render(request, "portfolio/versions.html", context)


@writing
def version(request: HttpRequest, desk: Desk, piece: str, number: int) -> HttpResponse:
    """Show what a piece said then; put it back when asked."""
    tied = tied_pieces(desk.place)
    found = read_piece(desk.place, piece, tied)
    if request.method == "POST":
        put_back(request.user, desk.place, piece, number)  # type: ignore[arg-type]
        drop_draft(request.user, desk.key(piece))  # type: ignore[arg-type]
        messages.success(request, _("The earlier text is back. What it replaced is kept as well."))
        return redirect(desk.url("evidence", piece))
    earlier = read_version(desk.place, piece, number)
    listed = read_versions(desk.place, piece)
    if not listed:
        raise NotFound
    above = Crumb(found.head.title, desk.url("evidence", piece))
    context = {
        "desk": desk,
        "piece": found.head,
        "version": earlier,
        "is_newest": listed[0].number == number,
        "versions_url": desk.url("versions", piece),
        "parts": [
            (translated(field.label), text)
            for text, field in labelled(found.head.kind, dict(earlier.said.texts))
        ],
        "crumbs": crumbs(desk, _("Earlier text"), above=above),
        **in_view(desk, tied),
    }
    return render(request, "portfolio/version.html", context)
