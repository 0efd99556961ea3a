"""What stands beside a judgement on its screen: one's notes, the VRAAK checklists, the indicators."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.asked import asked_stage
from bekwaam.domain.assessment.jottings import SEEN, one_line, passage_hash, stands_in
from bekwaam.services.assessment.jottings import Check, Desk, Note, drop_note, keep_checks, write_note
from bekwaam.services.assessment.reads import HandedIn
from bekwaam.services.errors import Invalid
from bekwaam.web.assessment.forms import NoteForm
from bekwaam.web.assessment.presenting import PieceView, check_view
from bekwaam.web.shared.case import Case, language
from bekwaam.web.shared.errors import fill_errors

BY_SCRIPT: Final = "X-Beside"
_BACK: Final = re.compile(r"piece-[a-z0-9]{1,20}|asks|notes")


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note on the screen. ``astray``: the passage does not stand in what is handed in now."""

    note: Note
    piece: str
    here: bool
    astray: bool


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator with what its assessor saw of it."""

    code: str
    text: str
    seen: bool
    remark: str


def note_form(portfolio: HandedIn, data: QueryDict | None = None) -> NoteForm:
    """Return the form for a note on anything in the portfolio."""
    return NoteForm(data, pieces=[(piece.ref, piece.title) for piece in portfolio.pieces])


def take(request: HttpRequest, case: Case, code: str, form: NoteForm) -> HttpResponse | None:
    """Keep what was sent of all this; returns the way on, or None when something is wrong with it.

    A script that keeps a tick at once gets an empty answer.
    """
    person: Any = request.user
    do = request.POST.get("do", "")
    form.is_valid()
    try:
        if do.startswith("drop:"):
            drop_note(person, case.procedure, do.removeprefix("drop:"))
            messages.success(request, _("Your note is gone."))
        elif do == "note":
            write_note(person, case.procedure, code, form.given())
            messages.success(request, _("Your note is kept. Only you can read it."))
        else:
            keep_checks(person, case.procedure, _pieces(request.POST), _indicators(request.POST))
    except Invalid as error:
        fill_errors(form, error)
        return None
    if BY_SCRIPT in request.headers:
        return HttpResponse(status=204)
    back = do if _BACK.fullmatch(do) else "notes"
    return redirect(reverse("assessment:judge", args=[case.procedure.ref, code]) + f"#{back}")


def _pieces(data: QueryDict) -> dict[str, Check]:
    return {
        ref: Check(frozenset(data.getlist(f"check-{ref}")), data.get(f"remark-{ref}", ""))
        for ref in data.getlist("piece")
    }


def _indicators(data: QueryDict) -> dict[str, Check]:
    seen = data.getlist("seen")
    return {
        code: Check(frozenset({SEEN} if code in seen else ()), data.get(f"saw-{code}", ""))
        for code in data.getlist("indicator")
    }


def context(case: Case, code: str, portfolio: HandedIn, desk: Desk, form: NoteForm) -> dict[str, Any]:
    """Return what the screen of one unit shows of one's own desk."""
    pieces = {piece.ref: piece for piece in portfolio.pieces}
    views = []
    for note in desk.notes:
        piece = pieces.get(note.piece)
        stands = piece is not None and stands_in(note.quote, [piece.title, *piece.texts.values()])
        sound = passage_hash(one_line(note.quote)) == note.quote_sha256
        here = note.unit == code or (piece is not None and code in piece.ties)
        title = piece.title if piece else ""
        views.append(NoteView(note, title, here, bool(note.quote) and not (stands and sound)))
    return {
        "note_form": form if case.may(Action.WRITE_NOTE) else None,
        "notes_here": [view for view in views if view.here],
        "notes_elsewhere": [view for view in views if not view.here],
        "indicators": _indicator_views(case, code, desk) if case.may(Action.JUDGE) else (),
    }


def _indicator_views(case: Case, code: str, desk: Desk) -> tuple[IndicatorView, ...]:
    """Return the indicators at the stage that is asked, with what was seen of each."""
    framework = case.framework
    asked = asked_stage(framework, code)
    below = [i for i in framework.children(code) if i.kind == "indicator" and i.stage == asked and i.text]
    none = Check()
    return tuple(
        IndicatorView(
            item.code,
            item.text[language()] if item.text else "",
            SEEN in desk.indicators.get(item.code, none).marks,
            desk.indicators.get(item.code, none).remark,
        )
        for item in below
    )


def with_checks(views: list[PieceView], desk: Desk) -> list[PieceView]:
    """Return pieces with one's own checklist of each, and how many of one's notes are about it."""
    count = Counter(note.piece for note in desk.notes)
    return [
        replace(
            view,
            own_check=check_view(desk.checks.get(view.piece.ref, Check())),
            notes=count[view.piece.ref],
        )
        for view in views
    ]


def elsewhere(case: Case, views: list[PieceView], units: tuple[str, ...]) -> list[PieceView]:
    """Return pieces that belong to other units, each with the way to where its checklist is filled in.

    Forty checklists on a page weigh more than what they are about. What belongs nowhere keeps its own.
    """
    found = []
    for view in views:
        at = next((code for code in view.piece.ties if code in units), "")
        url = reverse("assessment:judge", args=[case.procedure.ref, at]) if at else ""
        found.append(replace(view, check_url=f"{url}#piece-{view.piece.ref}") if url else view)
    return found


def with_all_checks(views: list[PieceView], checks: dict[str, list[tuple[str, Check]]]) -> list[PieceView]:
    """Return pieces with everybody's checklist of each; for after the reveal."""
    return [
        replace(
            view,
            checks=tuple((name, check_view(check)) for name, check in checks.get(view.piece.ref, ())),
        )
        for view in views
    ]
