"""A moral deliberation: starting it, its page at every moment, and every move in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.inviting import SeatState, may_erase
from bekwaam.domain.deliberation.steps import MoveKind, Phase
from bekwaam.domain.deliberation.telling import story_of
from bekwaam.services.drafts import drop_draft
from bekwaam.services.erasing.looked_back import erase_deliberation
from bekwaam.services.errors import Invalid, NotFound, Refused, insist
from bekwaam.services.reflection.evidence import Begun
from bekwaam.services.reflection.moving import MoveInput, make_move, start_deliberation
from bekwaam.services.reflection.reads import Table, concluded_at, table_of
from bekwaam.services.reflection.state import kept_to_oneself
from bekwaam.web.reflection.concluding import MORE, ROWS, ConcludeForm
from bekwaam.web.reflection.evidence import choose_place
from bekwaam.web.reflection.forms import DeliberationForm, GoBackForm, TextForm
from bekwaam.web.reflection.home import crumbs
from bekwaam.web.reflection.presenting import (
    BACK_ID,
    STOP_ID,
    Forms,
    draft_key,
    forms_for,
    hidden_now,
    options_of,
    page_of,
)
from bekwaam.web.reflection.seated import Chair, led, seated
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import draft_data
from bekwaam.web.shared.errors import fill_errors


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Start a deliberation: alone it begins at once, with others they are invited first."""
    form = DeliberationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        alone = form.cleaned_data["company"] == "alone"
        try:
            row = start_deliberation(request.user, form.cleaned_data["title"], alone=alone)  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            return redirect("reflection:deliberation" if alone else "reflection:people", row.ref)
    context = {"form": form, "crumbs": crumbs(_("Moral deliberation"))}
    return render(request, "reflection/deliberation_new.html", context, status=422 if form.errors else 200)


def _table(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Show a deliberation as who sits there may read it. At most twelve queries."""
    found = table_of(chair.seat, language())
    forms = forms_for(chair, found, _typed(request, chair, found))
    return _page(request, chair, found, forms)


table = seated(_table)


def _typed(request: HttpRequest, chair: Chair, found: Table) -> QueryDict | None:
    """Return what was typed before and not sent; nothing for a guest, of whom no draft is kept."""
    writes = found.state.phase is Phase.APART or (found.state.phase is Phase.SHARED and chair.seat.is_host)
    return draft_data(request, draft_key(chair, found)) if writes and not chair.is_guest else None


def _page(
    request: HttpRequest,
    chair: Chair,
    found: Table,
    forms: Forms,
    error: str = "",
    status: int = 200,
    lost: list[str] | None = None,
) -> HttpResponse:
    """Return the page; ``lost`` is what was typed in a form that it does not show any more."""
    context = {**page_of(chair, found), "forms": forms, "error": error, "lost": lost}
    if chair.seat.state is SeatState.LEFT:
        context["to_oneself"] = kept_to_oneself(chair.seat)
    if not chair.is_guest:
        context["crumbs"] = crumbs(chair.seat.deliberation.title)
    return render(request, "reflection/table.html", context, status=status)


def _move(request: HttpRequest, chair: Chair, kind: str) -> HttpResponse:
    """Make a move. What is refused comes back with all that was typed, and the reason."""
    if request.method != "POST":
        return redirect(chair.home)
    if kind not in list(MoveKind):
        raise NotFound
    move = MoveKind(kind)
    found = table_of(chair.seat, language())
    form = _sent(request, move, found)
    if form is not None and "more" in request.POST:
        return _more_rows(request, chair, found)
    if form is not None and not form.is_valid():
        return _back(request, chair, move, form)
    try:
        make_move(chair.seat, _given(request, move, form))
    except Invalid as error:
        if form is not None:
            fill_errors(form, error)
        return _back(request, chair, move, form)
    except Refused as error:
        return _back(request, chair, move, form, error.verdict.text(language()))
    return _done(request, chair, move, found)


move = seated(_move)


def _sent(request: HttpRequest, move: MoveKind, found: Table) -> Any:
    """Return the form that was sent; None for a move that is a button alone."""
    match move:
        case MoveKind.WRITE | MoveKind.ADD:
            return TextForm(_("What you write"), request.POST, auto_id=f"{move}_%s")
        case MoveKind.STOP:
            return TextForm(_("Why does it stop here?"), request.POST, auto_id=STOP_ID, rows=3)
        case MoveKind.GO_BACK:
            return GoBackForm(found.state.step, request.POST, auto_id=BACK_ID)
        case MoveKind.CONCLUDE:
            step = _at(request)
            sent = step[0] if step else found.state.step
            return ConcludeForm(sent, options_of(found), request.POST, rows=_rows(request))
    return None


def _rows(request: HttpRequest) -> int:
    told = request.POST.get("rows", "")
    return int(told) if told.isdecimal() and len(told) < 4 else ROWS


def _at(request: HttpRequest) -> tuple[Step, int] | None:
    """Return the step and round that somebody had before them; None where the page did not say."""
    step, _colon, number = request.POST.get("at", "").partition(":")
    if step not in list(Step) or not number.isdecimal() or len(number) > 6:
        return None
    return Step(step), int(number)


def _given(request: HttpRequest, move: MoveKind, form: Any) -> MoveInput:
    data = form.cleaned_data if form is not None else {}
    concludes = move is MoveKind.CONCLUDE
    return MoveInput(
        move,
        at=_at(request),
        text="" if concludes else data.get("text", ""),
        answer=form.answer() if concludes else None,
        to=Step(data["to"]) if data.get("to") else None,
        day=data.get("day"),
        whom=request.POST.get("whom", ""),
        finish="finish" in request.POST,
        looked=bool(data.get("looked")),
    )


def _more_rows(request: HttpRequest, chair: Chair, found: Table) -> HttpResponse:
    """Show the same form with more rows, and all that was typed."""
    form = ConcludeForm(
        found.state.step, options_of(found), initial=request.POST.dict(), rows=_rows(request) + MORE
    )
    return _page(request, chair, found, forms_for(chair, found).with_sent(MoveKind.CONCLUDE, form))


def _back(request: HttpRequest, chair: Chair, move: MoveKind, form: Any, refused: str = "") -> HttpResponse:
    """Show where the deliberation stands now, why the move was not made, and what was typed."""
    found = table_of(chair.seat, language())
    forms, status = forms_for(chair, found), 409 if refused else 422
    if form is None:
        return _page(request, chair, found, forms, refused, status)
    lost = hidden_now(chair, found, move, form)
    if lost:
        reason = refused or _("This cannot be done at this moment of the deliberation.")
        return _page(request, chair, found, forms, reason, status, lost)
    if refused:
        form.add_error(None, refused)
    return _page(request, chair, found, forms.with_sent(move, form), status=status)


def _done(request: HttpRequest, chair: Chair, move: MoveKind, found: Table) -> HttpResponse:
    if move in (MoveKind.WRITE, MoveKind.CONCLUDE) and not chair.is_guest:
        drop_draft(chair.seat.row.person, draft_key(chair, found))  # type: ignore[arg-type]
    text = {
        MoveKind.JOIN: _("You take part. As soon as it begins, you can write."),
        MoveKind.LEAVE: _("You have left. What you had shared stays with the others."),
        MoveKind.WRITE: _("Kept. Nobody else reads it until it is shared."),
        MoveKind.STOP: _("The deliberation has stopped. What was said stays to be read."),
    }.get(move)
    if text:
        messages.success(request, text)
    return redirect(chair.home)


def _erase(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Ask whether a deliberation may really go; erase it when that is said."""
    title = chair.seat.deliberation.title
    insist(may_erase(Phase(chair.seat.deliberation.phase)))
    if request.method == "POST":
        erase_deliberation(chair.seat)
        messages.success(request, _("“%(title)s” is gone.") % {"title": title})
        return redirect("reflection:home")
    home = Crumb(title, reverse("reflection:deliberation", args=[chair.ref]))
    context = {"chair": chair, "title": title, "crumbs": crumbs(home, _("Remove"))}
    return render(request, "reflection/deliberation_erase.html", context)


erase = require_http_methods(["GET", "HEAD", "POST"])(led(_erase))


def _to_evidence(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Begin a piece of evidence with what was concluded, for one's own part in it to be told."""
    if chair.seat.deliberation.phase != Phase.CLOSED or not chair.takes_part:
        raise NotFound
    told = {one.step: one.text for one in concluded_at(chair.seat, language())}
    title = chair.seat.deliberation.title
    back = Crumb(title, reverse("reflection:deliberation", args=[chair.ref]))
    return choose_place(request, Begun(title, story_of(told, language())), back)


to_evidence = seated(_to_evidence).member
