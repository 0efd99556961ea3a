"""Changing a procedure's course: its scope, its people, giving back, stopping, closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekwaam.domain.accounts.access import ROLE_NAMES, Action, Role
from bekwaam.domain.accounts.expertise import Expertise
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.portfolio.handing_in import give_back as give_back_portfolio
from bekwaam.services.procedures.assigning import assign as assign_person
from bekwaam.services.procedures.assigning import replace_assessor, unassign
from bekwaam.services.procedures.course import close as close_procedure
from bekwaam.services.procedures.course import set_scope
from bekwaam.services.procedures.course import withdraw as withdraw_procedure
from bekwaam.services.procedures.reads import find_member
from bekwaam.services.procedures.team import team
from bekwaam.web.procedures.forms import ReasonForm, ScopeForm
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import initial_from_draft

OTHER_ROLE, END = ":", "end"


@on_procedure(Action.SET_SCOPE)
def scope(request: HttpRequest, case: Case) -> HttpResponse:
    """Change what the procedure is for and what is judged beside the rule."""
    now = case.procedure.scope
    initial = {
        "purpose": now.purpose.value,
        "other_stages": now.other_stages,
        "life_domains": list(now.life_domains),
    }
    options: dict[str, Any] = {"frameworks": [case.framework], "language": language()}
    form = ScopeForm(request.POST or None, initial=initial, **options)
    if request.method == "POST" and form.is_valid():
        set_scope(request.user, case.procedure, **form.scope())
        messages.success(request, _("Purpose and scope are saved."))
        return _to_procedure(case)
    context = {"case": case, "form": form, "crumbs": crumbs(case, _("Purpose and scope"))}
    return render(request, "procedures/scope.html", context, status=422 if form.errors else 200)


@require_POST
@on_procedure(Action.ASSIGN)
def assign(request: HttpRequest, case: Case) -> HttpResponse:
    """Assign somebody as guide or assessor, or end an assignment.

    ``who`` is a role and a person's reference, and the side an assessor judges from where that is divided;
    ``end`` is a reference alone.
    """
    role, _colon, rest = request.POST.get("who", "").partition(":")
    ref, _colon, side = rest.partition(":")
    ending = request.POST.get(END, "")
    person = find_member(case.procedure.provider, ending or ref)
    if not ending and not ref:
        messages.error(request, _("Choose somebody first."))
        return _to_procedure(case, "#people")
    if person is None or not (ending or role in (Role.GUIDE, Role.ASSESSOR)):
        raise NotFound
    try:
        if ending:
            unassign(request.user, case.procedure, person)
            messages.success(
                request, _("%(name)s no longer works on this procedure.") % {"name": person.name}
            )
        else:
            expertise = Expertise(side) if side in set(Expertise) else None
            assign_person(request.user, case.procedure, person, Role(role), expertise)
            said = {"name": person.name, "role": _(ROLE_NAMES[Role(role)]).lower()}
            messages.success(request, _("%(name)s is now %(role)s.") % said)
    except Refused as error:
        messages.error(request, error.verdict.text(language()))
    return _to_procedure(case, "#people")


@on_procedure(Action.REPLACE_ASSESSOR)
def replace(request: HttpRequest, case: Case, person: str) -> HttpResponse:
    """Take an assessor off the judging, with the reason; then another can be assigned."""
    found = find_member(case.procedure.provider, person)
    if found is None or found.ref not in {worker.ref for worker in team(case.procedure).assessors}:
        raise NotFound
    texts = {
        "title": _("Replace %(name)s") % {"name": found.name},
        "lead": _(
            "What this assessor judged stays on record and no longer counts. Whoever comes in their place"
            " judges alone first, without seeing what others found."
        ),
        "hint": _("Such as illness, or a conflict of interest that came to light. It stays on record."),
        "button": _("Take off this procedure"),
        "done": _("%(name)s no longer judges here. Choose below who takes the place.") % {"name": found.name},
    }

    def act(actor: Any, procedure: Any, reason: str) -> None:
        replace_assessor(actor, procedure, found, reason)

    return _with_reason(request, case, f"replace:{person}", act, texts, "#people")


@on_procedure(Action.GIVE_BACK)
def give_back(request: HttpRequest, case: Case) -> HttpResponse:
    """Give the portfolio back to the candidate, with the reason."""
    texts = {
        "title": _("Give the portfolio back"),
        "lead": _(
            "The candidate can then change it and hand it in again. Judgements made so far stay on record."
        ),
        "hint": _("The candidate reads this. Say what is needed, and be kind."),
        "button": _("Give back"),
        "done": _("The portfolio is back with the candidate."),
    }
    return _with_reason(request, case, "give_back", give_back_portfolio, texts)


@on_procedure(Action.WITHDRAW)
def withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    """Stop the procedure, with the reason."""
    texts = {
        "title": _("Stop this procedure"),
        "lead": _("Nothing is judged any more and there will be no certificate. This cannot be undone."),
        "hint": _("A few words are enough. They stay with the procedure."),
        "button": _("Stop the procedure"),
        "done": _("The procedure has been stopped."),
        "danger": True,
    }
    return _with_reason(request, case, "withdraw", withdraw_procedure, texts)


def _with_reason(
    request: HttpRequest,
    case: Case,
    name: str,
    act: Callable[..., Any],
    texts: dict[str, Any],
    anchor: str = "",
) -> HttpResponse:
    key = f"{name}:{case.procedure.ref}"
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = texts["hint"]
    if request.method == "POST" and form.is_valid():
        act(request.user, case.procedure, form.cleaned_data["reason"])
        drop_draft(request.user, key)
        messages.success(request, texts["done"])
        return _to_procedure(case, anchor)
    if not form.is_bound:
        form.initial = initial_from_draft(ReasonForm, request, key)
    context = {
        "case": case,
        "form": form,
        "draft_key": key,
        "crumbs": crumbs(case, texts["title"]),
        **texts,
    }
    return render(request, "procedures/reason.html", context, status=422 if form.errors else 200)


@on_procedure(Action.CLOSE)
def close(request: HttpRequest, case: Case) -> HttpResponse:
    """Close the procedure once its certificate was issued."""
    if request.method == "POST":
        close_procedure(request.user, case.procedure)
        messages.success(request, _("The procedure is closed."))
        return _to_procedure(case)
    context = {"case": case, "crumbs": crumbs(case, _("Close the procedure"))}
    return render(request, "procedures/close.html", context)


def crumbs(case: Case, here: str) -> list[Crumb]:
    """Return the way back from a page about a procedure."""
    ref = case.procedure.ref
    label = f"{case.procedure.number} {case.procedure.candidate.name}"
    way = [Crumb(label, reverse("procedures:procedure", args=[ref])), Crumb(here)]
    if case.may(Action.SEE_OVERVIEW):
        provider = case.procedure.provider
        way.insert(0, Crumb(provider.name, reverse("procedures:overview", args=[provider.ref])))
    return way


def _to_procedure(case: Case, anchor: str = "") -> HttpResponse:
    return redirect(reverse("procedures:procedure", args=[case.procedure.ref]) + anchor)
