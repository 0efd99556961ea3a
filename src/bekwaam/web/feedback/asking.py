"""Asking referees: the list, the two forms, and one request with its answer."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekwaam.domain.feedback.asking import (
    RELATION_NAMES,
    STATE_NAMES,
    UNSENT_NAMES,
    WORTH_NAMES,
    RequestKind,
    RequestState,
)
from bekwaam.domain.growth.rating import rated_units
from bekwaam.frameworks.model import Framework
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid
from bekwaam.services.feedback.asking import ask_to_confirm, ask_to_rate, send_again, withdraw_request
from bekwaam.services.feedback.reads import Request, evidence_title, own_request, own_requests
from bekwaam.services.frameworks.versions import default_standard, find_version, framework_of
from bekwaam.web.feedback.forms import AgainForm, AskForm, AskRatingForm
from bekwaam.web.feedback.presenting import rated
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import initial_from_draft
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.units import unit_groups
from bekwaam.wording import say

PAGE: Final = 25
Groups = list[tuple[str, list[tuple[str, str]]]]


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show whom one asked and what came back. Two queries."""
    page = Paginator(own_requests(request.user), PAGE).get_page(request.GET.get("page"))  # type: ignore[arg-type]
    context = {
        "crumbs": _crumbs(),
        "page": page,
        "rows": [(one, _about(one), _(STATE_NAMES[one.state])) for one in page],
    }
    return render(request, "feedback/requests.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_confirmation(request: HttpRequest, piece: str) -> HttpResponse:
    """Ask somebody to confirm a piece of evidence."""
    title = evidence_title(request.user, piece)  # type: ignore[arg-type]
    key = f"ask:{piece}"
    form = AskForm(request.POST or None, initial=initial_from_draft(AskForm, request, key))
    if request.method == "POST" and form.is_valid():
        try:
            row = ask_to_confirm(request.user, piece, form.referee(), form.cleaned_data["message"])  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            return _asked(request, row, key)
    context = {"form": form, "piece": title, "draft_key": key, "crumbs": _crumbs(_("Ask for a confirmation"))}
    return render(request, "feedback/ask.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_rating(request: HttpRequest) -> HttpResponse:
    """Ask somebody to look along at a few competences."""
    identifier, _at, version = request.GET.get("kader", "").partition("@")
    standard = find_version(identifier, version) if version else default_standard()
    framework = framework_of(standard)
    key = f"ask-rating:{standard.identifier}"
    groups = _groups(framework)
    form = AskRatingForm(
        groups, request.POST or None, initial=initial_from_draft(AskRatingForm, request, key)
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            row = ask_to_rate(request.user, standard, given["codes"], form.referee(), given["message"])  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            return _asked(request, row, key)
    context = {
        "form": form,
        "groups": _shown(groups, set(form["codes"].value() or ())),
        "standard": framework.title[language()],
        "draft_key": key,
        "crumbs": _crumbs(_("Ask somebody to look along")),
    }
    return render(request, "feedback/ask.html", context, status=422 if form.errors else 200)


def _groups(framework: Framework) -> Groups:
    codes = [item.code for item in rated_units(framework)]
    return [
        (group.name, [(unit.code, f"{unit.code} {unit.name}") for unit in group.units])
        for group in unit_groups(framework, codes)
    ]


def _shown(groups: Groups, chosen: set[str]) -> list[dict[str, Any]]:
    """Return the choices as the page shows them: folded by group, the first open and those with a choice."""
    return [
        {
            "name": name,
            "open": not number or any(code in chosen for code, _label in options),
            "options": [
                {"id": f"code-{number}-{at}", "value": code, "label": label, "checked": code in chosen}
                for at, (code, label) in enumerate(options)
            ],
        }
        for number, (name, options) in enumerate(groups)
    ]


def _asked(request: HttpRequest, row: Any, key: str) -> HttpResponse:
    """Go on to the list or, where the mail did not go out, to where the address can be corrected."""
    drop_draft(request.user, key)  # type: ignore[arg-type]
    if row.unsent:
        return redirect("feedback:request", row.ref)
    messages.success(request, _("%(name)s gets a mail with a link.") % {"name": row.name})
    return redirect("feedback:requests")


@login_required
@require_safe
def detail(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one request and its answer. Two queries."""
    found = own_request(request.user, ref)  # type: ignore[arg-type]
    form = AgainForm(initial={"email": found.email})
    return render(request, "feedback/request.html", _detail(found, form))


def _detail(found: Request, form: AgainForm) -> dict[str, Any]:
    framework = framework_of(found.standard) if found.standard else None
    answered = found.answered
    unsent = UNSENT_NAMES[found.unsent] if found.unsent else ""
    return {
        "one": found,
        "form": form,
        "unsent": say(language(), unsent, name=found.name, email=found.email) if unsent else "",
        "about": _about(found),
        "state": _(STATE_NAMES[found.state]),
        "relation": _(RELATION_NAMES[found.relation]),
        "worth": _(WORTH_NAMES[answered.worth]) if answered and answered.worth else "",
        "ratings": rated(framework, found.codes, answered.ratings) if answered and framework else (),
        "open": found.state in (RequestState.WAITING, RequestState.EXPIRED, RequestState.UNSENT),
        "crumbs": _crumbs(found.name),
    }


@login_required
@require_POST
def again(request: HttpRequest, ref: str) -> HttpResponse:
    """Send a new link, to another address where the first was wrong."""
    form = AgainForm(request.POST)
    if form.is_valid():
        try:
            row = send_again(request.user, ref, form.cleaned_data["email"])  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
    if form.errors:
        found = own_request(request.user, ref)  # type: ignore[arg-type]
        return render(request, "feedback/request.html", _detail(found, form), status=422)
    if not row.unsent:
        text = _("%(name)s gets a new link; the old one no longer works.")
        messages.success(request, text % {"name": row.name})
    return redirect("feedback:request", ref)


@login_required
@require_POST
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    """Withdraw a request."""
    withdraw_request(request.user, ref)  # type: ignore[arg-type]
    messages.success(request, _("Your request is withdrawn. The link opens nothing any more."))
    return redirect("feedback:request", ref)


def _about(one: Request) -> str:
    if one.kind is RequestKind.CONFIRM:
        return one.evidence_title or _("a piece that is no longer there")
    return ", ".join(one.codes)


def _crumbs(here: str = "") -> list[Crumb]:
    way = [Crumb(_("My work"), reverse("home"))]
    if not here:
        return [*way, Crumb(_("Feedback"))]
    return [*way, Crumb(_("Feedback"), reverse("feedback:requests")), Crumb(here)]
