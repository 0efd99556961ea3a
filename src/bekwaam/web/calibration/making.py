"""Making a practice dossier: its head, its pieces, and releasing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.procedures.scope import judged_units
from bekwaam.services.calibration.practising import (
    SCOPE,
    add_piece,
    make_practice,
    release_practice,
    remove_piece,
)
from bekwaam.services.calibration.reads import PracticeRead
from bekwaam.services.calibration.reads import practice as read_practice
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid
from bekwaam.services.frameworks.versions import standards
from bekwaam.web.calibration.forms import NewForm, PieceForm, ReleaseForm
from bekwaam.web.calibration.presenting import crumbs
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import initial_from_draft
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.MAKE_PRACTICE)
def new(request: HttpRequest, office: Office) -> HttpResponse:
    """Begin a practice dossier."""
    person: Any = request.user
    known = {str(row.pk): row for row in standards(office.provider)}
    choices = [(key, f"{row.title[language()]} ({row.version})") for key, row in known.items()]
    form = NewForm(request.POST or None, standards=choices)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = make_practice(
                person, office.provider, known[data["standard"]], data["title"], data["closes_on"]
            )
        except Invalid as error:
            fill_errors(form, error)
        else:
            return redirect("calibration:prepare", office.provider.ref, made.ref)
    context = {"office": office, "form": form, "crumbs": crumbs(office, Crumb(_("New practice dossier")))}
    return render(request, "calibration/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.MAKE_PRACTICE)
def prepare(request: HttpRequest, office: Office, dossier: str) -> HttpResponse:
    """Show a practice dossier that is being made; POST releases it."""
    person: Any = request.user
    read = read_practice(office.provider, dossier, person, office.standing)
    if read.head.released_at is not None:
        return redirect("calibration:practice", office.provider.ref, dossier)
    release = ReleaseForm(request.POST or None, units=_units(read))
    if request.method == "POST" and release.is_valid():
        data = release.cleaned_data
        try:
            release_practice(person, office.provider, dossier, data["units"], read=data["read"])
        except Invalid as error:
            fill_errors(release, error)
        else:
            messages.success(request, _("The practice dossier has been released to all assessors."))
            return redirect("calibration:practice", office.provider.ref, dossier)
    form = PieceForm(initial=initial_from_draft(PieceForm, request, _key(dossier)))
    return _page(request, office, read, form, release)


@require_POST
@on_provider(Action.MAKE_PRACTICE)
def piece(request: HttpRequest, office: Office, dossier: str) -> HttpResponse:
    """Add a piece."""
    person: Any = request.user
    form = PieceForm(request.POST)
    if form.is_valid():
        try:
            add_piece(person, office.provider, dossier, form.cleaned_data["title"], form.cleaned_data["text"])
        except Invalid as error:
            fill_errors(form, error)
        else:
            drop_draft(person, _key(dossier))
            return redirect("calibration:prepare", office.provider.ref, dossier)
    read = read_practice(office.provider, dossier, person, office.standing)
    return _page(request, office, read, form, ReleaseForm(units=_units(read)))


@require_POST
@on_provider(Action.MAKE_PRACTICE)
def remove(request: HttpRequest, office: Office, dossier: str, piece: str) -> HttpResponse:
    """Take a piece out again."""
    remove_piece(request.user, office.provider, dossier, piece)  # type: ignore[arg-type]
    return redirect("calibration:prepare", office.provider.ref, dossier)


def _key(dossier: str) -> str:
    return f"practice-piece:{dossier}"


def _units(read: PracticeRead) -> list[tuple[str, str]]:
    codes = judged_units(read.framework, SCOPE)
    return [(code, f"{code} {read.framework.by_code[code].name(language())}") for code in codes]


def _page(
    request: HttpRequest, office: Office, read: PracticeRead, form: PieceForm, release: ReleaseForm
) -> HttpResponse:
    context = {
        "office": office,
        "read": read,
        "form": form,
        "release": release,
        "draft_key": _key(read.head.ref),
        "crumbs": crumbs(office, Crumb(read.head.title)),
    }
    wrong = form.errors or release.errors
    return render(request, "calibration/prepare.html", context, status=422 if wrong else 200)
