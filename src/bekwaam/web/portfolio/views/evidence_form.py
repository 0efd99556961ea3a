"""The form for a piece of evidence, sent and shown: new or there already, alone or overtaken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.growth.ways import WAYS
from bekwaam.domain.portfolio.evidence import words
from bekwaam.domain.portfolio.kinds import EvidenceKind, FieldForm, FileRule
from bekwaam.domain.portfolio.names import ROLE_NAMES
from bekwaam.services.drafts import drop_draft, save_draft
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.growth.activities import tie_evidence_back
from bekwaam.services.growth.plan_reads import read_activity
from bekwaam.services.portfolio.evidence import OVERTAKEN, add_evidence, change_evidence
from bekwaam.services.portfolio.reads import Dossier, Piece
from bekwaam.services.portfolio.reads import piece as read_piece
from bekwaam.services.portfolio.resuming import Whole, coming, forget_upload, whole
from bekwaam.web.portfolio.crumbs import crumbs
from bekwaam.web.portfolio.desk import Desk
from bekwaam.web.portfolio.forms import EvidenceForm, initial_of
from bekwaam.web.portfolio.overview import in_view
from bekwaam.web.portfolio.presenting import tie_groups, translated
from bekwaam.web.portfolio.referees import told_by_others
from bekwaam.web.portfolio.views.privacy import shown_seen
from bekwaam.web.portfolio.views.suggestions import hints
from bekwaam.web.shared.drafts import draft_data
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.sending import shown_as
from bekwaam.web.shared.typed import take_typed


def kept_draft(request: HttpRequest, key: str) -> QueryDict | None:
    """Return what was typed and not saved; what was sent while logged out becomes a draft first."""
    typed = take_typed(request)
    if typed is not None:
        save_draft(request.user, key, typed)  # type: ignore[arg-type]
    return draft_data(request, key)


def values_of(draft: QueryDict) -> dict[str, Any]:
    """Return what was typed as initial values, without validating anything."""
    return {name: draft.getlist(name) if name == "ties" else draft.get(name) for name in draft}


def prefill(request: HttpRequest, initial: dict[str, Any]) -> None:
    """Add to ``initial`` what the address says: codes to tie to, and the activity that it is made of.

    What was typed before stands; of the activity only what is still empty is filled in.
    """
    codes = [code for code in request.GET.getlist("code") if code]
    if codes:
        initial["ties"] = [*initial.get("ties", []), *codes]
    ref = request.GET.get("activiteit", "")
    if not ref:
        return
    try:
        _goal, activity = read_activity(request.user, ref)  # type: ignore[arg-type]
    except NotFound:
        return
    told = {
        "title": _(WAYS[activity.way].name),
        "dated_on": activity.done_on,
        "task": activity.words,
        "reflection": activity.learned,
    }
    for name, value in told.items():
        if value and not initial.get(name):
            initial[name] = value


def _tie_back(request: HttpRequest, evidence_ref: str) -> None:
    """Tie a new piece to the activity of a plan that the address names; without one nothing happens.

    The piece is kept whatever comes of this: a goal that was closed meanwhile stays as it is.
    """
    ref = request.GET.get("activiteit", "")
    if ref:
        with suppress(NotFound, Refused):
            tie_evidence_back(request.user, ref, evidence_ref)  # type: ignore[arg-type]


def empty_form(
    desk: Desk, kind: EvidenceKind, tied: Iterable[str] = (), *, has_file: bool = False, **how: Any
) -> EvidenceForm:
    """Return a form for a kind of evidence; what it is ``tied`` to already is in its checklist."""
    known = [code for code in tied if code in desk.framework.by_code]
    return EvidenceForm(kind, desk.framework, tie_groups(desk, known), has_file=has_file, **how)


def form_for(desk: Desk, found: Piece, **how: Any) -> EvidenceForm:
    """Return the form for a piece that is there."""
    return empty_form(desk, found.head.kind, found.head.ties, has_file=found.head.file is not None, **how)


def add(request: HttpRequest, desk: Desk, kind: EvidenceKind, key: str) -> HttpResponse:
    """Add the piece that was sent, open a ladder in its form, or throw it away, as its button says."""
    if "discard" in request.POST:
        return _discard(request, desk, key)
    if "open" in request.POST:
        form = empty_form(desk, kind, initial=values_of(request.POST), opened=_opened(request))
        return form_page(request, desk, form, key)
    with _received(request) as received:
        form = empty_form(
            desk,
            kind,
            data=request.POST,
            files=request.FILES,
            opened=_opened(request),
            received=received,
        )
        done = _added(request, desk, form, key)
    return done or form_page(request, desk, form, key)


def _added(request: HttpRequest, desk: Desk, form: EvidenceForm, key: str) -> HttpResponse | None:
    if form.is_valid():
        try:
            made = add_evidence(request.user, desk.place, form.given(), form.cleaned_data.get("file"))  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            _tie_back(request, made.ref)
            text = _("Your evidence is in the dossier.")
            if desk.own:
                text = _("Your evidence is in your portfolio.")
            return saved(request, desk, key, text)
    return None


def change(request: HttpRequest, desk: Desk, found: Piece, key: str) -> HttpResponse:
    """Change a piece to what was sent; the same buttons as for a new one."""
    if "discard" in request.POST:
        return _discard(request, desk, key)
    if "open" in request.POST:
        initial = {**initial_of(found), "ties": [], **values_of(request.POST)}
        form = form_for(desk, found, initial=initial, opened=_opened(request))
        return form_page(request, desk, form, key, found=found)
    with _received(request) as received:
        form = form_for(
            desk,
            found,
            data=request.POST,
            files=request.FILES,
            opened=_opened(request),
            received=received,
        )
        done = _changed(request, desk, found, form, key)
    return done or form_page(request, desk, form, key, found=found)


def _changed(
    request: HttpRequest, desk: Desk, found: Piece, form: EvidenceForm, key: str
) -> HttpResponse | None:
    overtaken = False
    if form.is_valid():
        upload, revision = form.cleaned_data.get("file"), form.cleaned_data["revision"]
        try:
            change_evidence(
                request.user,  # type: ignore[arg-type]
                desk.place,
                found.head.ref,
                form.given(),
                upload,
                revision=revision,
            )
        except Invalid as error:
            overtaken = any(fault.reason == OVERTAKEN for fault in error.faults)
            if not overtaken:
                fill_errors(form, error)
        else:
            return saved(request, desk, key, _("Your changes are saved."))
    if overtaken:
        return _both_texts(request, desk, form, key)
    return None


def _both_texts(request: HttpRequest, desk: Desk, form: EvidenceForm, key: str) -> HttpResponse:
    """Show what was typed here with what another window saved meanwhile; saving again is then on purpose."""
    found = read_piece(desk.place, key.removeprefix(desk.key()))
    stored = initial_of(found)
    typed = form.data.copy()
    typed["revision"] = str(found.revision)
    fresh = form_for(desk, found, data=typed, files=request.FILES, opened=_opened(request))
    fresh.is_valid()
    names = ["title", *(field.name for field in fresh.spec.fields), "context"]
    theirs = [
        (str(fresh[name].label), str(stored.get(name) or ""))
        for name in names
        if str(stored.get(name) or "").strip() != str(typed.get(name, "")).replace("\r\n", "\n").strip()
    ]
    return form_page(request, desk, fresh, key, found=found, theirs=theirs, status=409)


@contextmanager
def _received(request: HttpRequest) -> Iterator[Whole | None]:
    """Give the file that came in piece by piece for this form, if one did, and close it after."""
    found = whole(request.user, request.POST.get("upload", ""))  # type: ignore[arg-type]
    try:
        yield found
    finally:
        if found is not None:
            found.file.close()


def _opened(request: HttpRequest) -> list[str]:
    """Return the units whose ladder is asked for, or was there already."""
    return [*request.POST.getlist("open"), *request.POST.getlist("opened")]


def saved(request: HttpRequest, desk: Desk, key: str, text: str) -> HttpResponse:
    """Forget the draft, say what was done and go to the whole."""
    drop_draft(request.user, key)  # type: ignore[arg-type]
    if request.POST.get("upload"):
        forget_upload(request.user, request.POST["upload"])  # type: ignore[arg-type]
    messages.success(request, text)
    return redirect(desk.home)


def _discard(request: HttpRequest, desk: Desk, key: str) -> HttpResponse:
    """Throw away what was typed and not saved."""
    drop_draft(request.user, key)  # type: ignore[arg-type]
    messages.success(request, _("What you had not saved yet is thrown away."))
    return redirect(desk.home)


def form_page(
    request: HttpRequest,
    desk: Desk,
    form: EvidenceForm,
    key: str,
    *,
    found: Piece | None = None,
    drafted: bool = False,
    tied: Dossier | None = None,
    theirs: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page of a form; ``theirs`` is what another window saved since, field by field.

    ``tied`` is what is tied to anything here, where that was read already.
    """
    title = found.head.title if found else translated(form.spec.heading)
    long = {field.name for field in form.spec.fields if field.form is FieldForm.LONG}
    context = {
        "desk": desk,
        "form": form,
        "fields": [(field, _count(field) if field.name in long else None) for field in form.texts()],
        "title": title,
        "lead": "" if found else translated(form.spec.lead),
        "kind": translated(form.spec.name),
        "takes_file": form.spec.file is not FileRule.NONE,
        "draft_key": key,
        "drafted": drafted,
        "theirs": theirs,
        "piece": found.head if found else None,
        "names": _names(found),
        "show": shown_as(found.head.file.media_type) if found and found.head.file else "",
        "piece_urls": {name: desk.url(f"evidence_{name}", found.head.ref) for name in ("file", "remove")}
        if found
        else {},
        "confirmations": told_by_others(desk, found.head.ref) if found else [],
        "ask_url": reverse("feedback:ask_confirmation", args=[found.head.ref]) if found else "",
        "seen": shown_seen(desk, found.head.ref) if found and not form.is_bound else None,
        "hints": hints(desk, found) if found and not form.is_bound and not drafted else [],
        "hint_url": desk.url("suggestion", found.head.ref) if found else "",
        "mark_url": desk.url("mark", found.head.ref) if found else "",
        "versions_url": desk.url("versions", found.head.ref) if found else "",
        "came_in": _came_in(request, form),
        "ladder_url": desk.url("unit_ladder", "CODE"),
        "crumbs": crumbs(desk, title),
        **in_view(desk, tied),
    }
    status = 422 if form.errors and status == 200 else status
    return render(request, "portfolio/evidence_form.html", context, status=status)


def _names(found: Piece | None) -> list[tuple[str, str]]:
    """Return whose names the file carries, with as what."""
    file = found.head.file if found else None
    return [(name, translated(ROLE_NAMES[role])) for role, name in file.names] if file else []


def _came_in(request: HttpRequest, form: EvidenceForm) -> str:
    """Return the name of a file that is here already, though its form is not saved yet."""
    ref = str(form["upload"].value() or "")
    try:
        found = coming(request.user, ref) if ref else None  # type: ignore[arg-type]
    except NotFound:
        return ""
    return found.name if found and found.received == found.size else ""


def _count(field: Any) -> int:
    return words(str(field.value() or ""))
