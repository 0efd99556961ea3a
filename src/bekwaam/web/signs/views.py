"""The signs of a dossier with what was found about them, and the words that a piece shares."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.services.errors import Invalid
from bekwaam.services.signs.looking import look_into
from bekwaam.services.signs.overlap import overlap
from bekwaam.services.signs.reads import piece_names, signs_of
from bekwaam.web.shared.case import Case, on_procedure
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.signs.forms import LookForm
from bekwaam.web.signs.presenting import meeting_views, sign_view


@on_procedure(Action.SEE_SIGNS)
def signs(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the signs: those that nobody looked into yet first, the others folded."""
    return _page(request, case)


@require_POST
@on_procedure(Action.LOOK_AT_SIGN)
def look(request: HttpRequest, case: Case, sign: str) -> HttpResponse:
    """Keep what somebody found about a sign."""
    person: Any = request.user
    form = LookForm(request.POST, prefix=sign)
    form.is_valid()
    try:
        look_into(person, case.procedure, sign, form.cleaned_data.get("text", ""))
    except Invalid as error:
        if not form.errors:
            fill_errors(form, error)
        return _page(request, case, {sign: form})
    messages.success(request, _("Saved. The sign is folded from now on."))
    return redirect("signs:signs", ref=case.procedure.ref)


@on_procedure(Action.SEE_SIGN_TEXTS)
def texts(request: HttpRequest, case: Case, piece: str) -> HttpResponse:
    """Show which words of a piece also stand elsewhere and, within the provider, how they stand there."""
    person: Any = request.user
    found = overlap(case.procedure, case.standing, person, piece)
    context = {
        "case": case,
        "found": found,
        "fields": [(_(field.label), field.parts) for field in found.fields],
        "meetings": meeting_views(found),
        "crumbs": _crumbs(
            case, Crumb(_("Signs"), reverse("signs:signs", args=[case.procedure.ref])), Crumb(found.title)
        ),
    }
    return render(request, "signs/texts.html", context)


def _page(request: HttpRequest, case: Case, sent: dict[str, LookForm] | None = None) -> HttpResponse:
    person: Any = request.user
    sent = sent or {}
    shown = signs_of(case.procedure, case.standing, person)
    may_read = case.may(Action.SEE_SIGN_TEXTS)
    names = piece_names(case.procedure, with_titles=may_read) if shown else {}
    entries = [
        (sign_view(case, one, names, texts=may_read), sent.get(one.ref) or LookForm(prefix=one.ref))
        for one in shown
    ]
    context = {
        "case": case,
        "open": [entry for entry in entries if entry[0].shown.open],
        "done": [entry for entry in entries if not entry[0].shown.open],
        "watches": case.may(Action.SEE_JUDGING_SIGNS),
        "form": next(iter(sent.values()), None),
        "crumbs": _crumbs(case, Crumb(_("Signs"))),
    }
    return render(request, "signs/signs.html", context, status=422 if sent else 200)


def _crumbs(case: Case, *rest: Crumb) -> list[Crumb]:
    ref = case.procedure.ref
    if case.standing.roles & {Role.COORDINATOR, Role.AUDITOR}:
        return [Crumb(case.procedure.number, reverse("procedures:procedure", args=[ref])), *rest]
    return [
        Crumb(_("Judging"), reverse("assessment:queue")),
        Crumb(case.procedure.candidate.name, reverse("assessment:judging", args=[ref])),
        *rest,
    ]
