"""The development plan as a whole: all goals, the page for the yearly talk, and what was agreed on it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bekwaam.services import clock
from bekwaam.services.growth.agreeing import agree as write_agreement
from bekwaam.services.growth.plan_reads import read_plan
from bekwaam.web.growth.plan_forms import AgreeForm
from bekwaam.web.growth.plan_shown import all_shown
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import initial_from_draft
from bekwaam.web.shared.written import form_page, sent


def way(*more: Crumb) -> list[Crumb]:
    """Return the way back to the plan, with what comes after it."""
    start = [Crumb(_("My work"), reverse("home")), Crumb(_("Growth"), reverse("growth:where"))]
    if not more:
        return [*start, Crumb(_("Development plan"))]
    return [*start, Crumb(_("Development plan"), reverse("growth:plan")), *more]


@login_required
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """Show one's goals with how far they are. Eight queries with those of the frame."""
    person: Any = request.user
    found = read_plan(person)
    context = {
        "crumbs": way(),
        "open": all_shown(found.open),
        "closed": all_shown(found.closed),
        "agreements": found.agreements,
        "changed": any(goal.changed_since or not goal.agreed for goal in found.open),
    }
    return render(request, "growth/plan.html", context)


@login_required
@require_safe
def talk(request: HttpRequest) -> HttpResponse:
    """Show the whole plan on one page, to print for the yearly talk. As many queries as the plan."""
    person: Any = request.user
    found = read_plan(person)
    context = {
        "crumbs": way(Crumb(_("For the yearly talk"))),
        "open": all_shown(found.open),
        "closed": all_shown(found.closed),
        "agreements": found.agreements,
        "today": clock.today(),
    }
    return render(request, "growth/talk.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest) -> HttpResponse:
    """Write with whom and when the plan was agreed on; it is kept as it is now."""
    person: Any = request.user
    key = "plan:agree"
    if request.method == "POST":
        form = AgreeForm(request.POST)
        done = sent(
            request,
            form,
            key,
            lambda: write_agreement(person, **form.cleaned_data),
            _("The agreement is written down. The plan as it is now is kept with it."),
            lambda _made: reverse("growth:plan"),
        )
        if done:
            return done
    else:
        kept = initial_from_draft(AgreeForm, request, key)
        form = AgreeForm(initial=kept or {"agreed_on": clock.today()})
    return form_page(
        request,
        form,
        key,
        heading=_("With whom did you agree on your plan?"),
        button=_("Write it down"),
        back=reverse("growth:plan"),
        way=lambda _here: way(Crumb(_("Agree"))),
        lead=_("The plan is kept as it is now. What you change later shows as changed."),
    )
