"""One piece of evidence: adding, reading, changing and removing it, and its file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.portfolio.evidence import link_host
from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind, FieldForm, labelled
from bekwaam.domain.verdict import refused
from bekwaam.services.errors import NotFound, Refused, insist
from bekwaam.services.portfolio.evidence import remove_evidence
from bekwaam.services.portfolio.files import open_file
from bekwaam.services.portfolio.reads import Dossier, Piece, tied_pieces
from bekwaam.services.portfolio.reads import piece as read_piece
from bekwaam.services.portfolio.taking import leave_out, open_dossiers
from bekwaam.web.portfolio.crumbs import crumbs
from bekwaam.web.portfolio.desk import Desk, reading, writing
from bekwaam.web.portfolio.forms import initial_of
from bekwaam.web.portfolio.overview import in_view
from bekwaam.web.portfolio.presenting import cards, translated
from bekwaam.web.portfolio.referees import told_by_others
from bekwaam.web.portfolio.views.evidence_form import (
    add,
    change,
    empty_form,
    form_for,
    form_page,
    kept_draft,
    prefill,
    saved,
    values_of,
)
from bekwaam.web.shared.sending import locked_up, send
from bekwaam.wording import N_


@writing
def evidence_kinds(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show every kind of evidence, with what it is for."""
    code = request.GET.get("code", "")
    context = {
        "desk": desk,
        "code": code,
        "kinds": [
            {
                "name": translated(spec.name),
                "lead": translated(spec.lead),
                "icon": spec.icon,
                "url": desk.url("evidence_new", kind.value),
            }
            for kind, spec in KINDS.items()
        ],
        "crumbs": crumbs(desk, _("Add evidence")),
        **in_view(desk),
    }
    return render(request, "portfolio/evidence_kinds.html", context)


@writing
def evidence_new(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """Show an empty form, or what was typed in it before; add the piece when it is sent."""
    if kind not in list(EvidenceKind):
        raise NotFound
    key = desk.key(f"new:{kind}")
    if request.method == "POST":
        return add(request, desk, EvidenceKind(kind), key)
    draft = kept_draft(request, key)
    initial = values_of(draft) if draft is not None else {}
    prefill(request, initial)
    form = empty_form(desk, EvidenceKind(kind), initial=initial)
    return form_page(request, desk, form, key, drafted=draft is not None)


@reading
def evidence(request: HttpRequest, desk: Desk, piece: str) -> HttpResponse:
    """Show a piece: as a form to who may change it, and otherwise to read."""
    if request.method == "POST" and not desk.may_write:
        insist(desk.standing.may(Action.WRITE_EVIDENCE))
    tied = tied_pieces(desk.place)
    found = read_piece(desk.place, piece, tied)
    if not desk.may_write:
        return render(request, "portfolio/evidence.html", _to_read(desk, found, tied))
    key = desk.key(piece)
    if request.method == "POST":
        return change(request, desk, found, key)
    initial, draft = initial_of(found), kept_draft(request, key)
    if draft is not None:
        initial.update({"ties": [], **values_of(draft)})
    form = form_for(desk, found, initial=initial)
    return form_page(request, desk, form, key, found=found, drafted=draft is not None, tied=tied)


def _to_read(desk: Desk, found: Piece, tied: Dossier | None) -> dict[str, Any]:
    fields = labelled(found.head.kind, dict(found.texts))
    links = [text for text, field in fields if field.form is FieldForm.LINK]
    card = cards(desk, [found.head])[0]
    return {
        "desk": desk,
        "card": card,
        "parts": [(translated(f.label), text) for text, f in fields if f.form is not FieldForm.LINK],
        "link": links[0] if links else "",
        "link_host": link_host(links[0]) if links else "",
        "piece": found.head,
        "may_tip": desk.may(Action.GIVE_TIP),
        "confirmations": told_by_others(desk, found.head.ref),
        "crumbs": crumbs(desk, card.title),
        **in_view(desk, tied),
    }


@writing
def evidence_remove(request: HttpRequest, desk: Desk, piece: str) -> HttpResponse:
    """Ask whether a piece should be left out of the dossier, or really go; do what is chosen."""
    found = read_piece(desk.place, piece)
    title = {"title": found.head.title}
    if request.method == "POST":
        key = desk.key(piece)
        if "leave_out" in request.POST and not desk.own:
            leave_out(request.user, desk.place, piece)  # type: ignore[arg-type]
            text = _("“%(title)s” is left out of this dossier. In your portfolio it is still there.")
            return saved(request, desk, key, text % title)
        _insist_that_is_known(request, desk, piece)
        remove_evidence(request.user, desk.place, piece)  # type: ignore[arg-type]
        text = (
            _("“%(title)s” is no longer in your portfolio.")
            if desk.own
            else _("“%(title)s” is no longer in your dossier.")
        )
        return saved(request, desk, key, text % title)
    context = {
        "desk": desk,
        "piece": found.head,
        "piece_url": desk.url("evidence", piece),
        "others": _other_dossiers(request, desk, piece),
        "crumbs": crumbs(desk, _("Remove evidence")),
        **in_view(desk),
    }
    return render(request, "portfolio/evidence_remove.html", context)


def _other_dossiers(request: HttpRequest, desk: Desk, piece: str) -> list[Any]:
    """Return the open dossiers that a piece would be gone from as well."""
    return [found for found in open_dossiers(request.user, piece) if found.ref != desk.ref]  # type: ignore[arg-type]


def _insist_that_is_known(request: HttpRequest, desk: Desk, piece: str) -> None:
    """Refuse when the piece came into a dossier of which the page that asked did not tell."""
    told = set(request.POST.getlist("told"))
    if any(found.ref not in told for found in _other_dossiers(request, desk, piece)):
        message = N_("Meanwhile this piece came into a dossier. Look again before you remove it.")
        raise Refused(refused("not_told", message))


@reading
@locked_up
def evidence_file(request: HttpRequest, desk: Desk, piece: str) -> HttpResponse:
    """Send the file of a piece: in the browser what it shows safely, the rest to be saved."""
    file = open_file(desk.place, piece)
    return send(request, file.content, file.name, file.media_type)
