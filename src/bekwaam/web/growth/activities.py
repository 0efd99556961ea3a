"""What somebody does for a goal: planned, changed, done, and evidence made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekwaam.services import clock
from bekwaam.services.errors import Invalid
from bekwaam.services.growth.activities import (
    change_activity,
    drop_activity,
    finish_activity,
    plan_activity,
    tie_evidence_back,
)
from bekwaam.services.growth.catalogues import offer_for
from bekwaam.services.growth.plan_reads import Goal, own_pieces, read_activity, read_goal
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.web.growth.plan import way
from bekwaam.web.growth.plan_forms import ActivityForm, DoneForm, TieForm
from bekwaam.web.growth.plan_shown import activity_shown, shown
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import draft_data, initial_from_draft
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.written import form_page, sent

MOST_PIECES: Final = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity_new(request: HttpRequest, ref: str) -> HttpResponse:
    """Plan an activity for an open goal."""
    person: Any = request.user
    goal = read_goal(person, ref)
    if not goal.open:
        return redirect("growth:goal", ref)
    key, back = f"plan:{ref}:new", reverse("growth:goal", args=[ref])
    if request.method == "POST":
        form = ActivityForm(request.POST)
        done = sent(
            request,
            form,
            key,
            lambda: plan_activity(person, ref, form.given()),
            _("It is in your plan."),
            lambda _made: back,
        )
        if done:
            return done
    else:
        form = ActivityForm(initial={**_offered(request, goal), **_typed(request, key)})
    return form_page(
        request,
        form,
        key,
        heading=_("What are you going to do?"),
        button=_("Put it in my plan"),
        back=back,
        way=_at(ref),
    )


def _offered(request: HttpRequest, goal: Goal) -> dict[str, Any]:
    """Return what the learning offer that the address names would fill in; nothing without one."""
    ref = request.GET.get("aanbod", "")
    found = offer_for(request.user, goal.standard_pk, ref) if ref else None  # type: ignore[arg-type]
    if found is None:
        return {}
    words = ", ".join(filter(None, (found.name, found.by, found.url)))
    return {"way": found.way.value, "words": words}


def _typed(request: HttpRequest, key: str) -> dict[str, Any]:
    kept = draft_data(request, key)
    return kept.dict() if kept is not None else {}


@login_required
@require_safe
def activity(request: HttpRequest, ref: str) -> HttpResponse:
    """Show an activity, with the ways to evidence once it is done. Ten queries at most."""
    person: Any = request.user
    goal, found = read_activity(person, ref)
    pieces = own_pieces(person, MOST_PIECES) if found.done_on and goal.open else ()
    return _activity_page(request, goal, found, TieForm(pieces) if pieces else None)


def _activity_page(
    request: HttpRequest, goal: Any, found: Any, form: TieForm | None, status: int = 200
) -> HttpResponse:
    told = activity_shown(goal, found)
    context = {
        "crumbs": way(Crumb(_("Goal"), reverse("growth:goal", args=[goal.ref])), Crumb(told.way)),
        "one": told,
        "goal": goal,
        "goal_shown": shown(goal),
        "form": form,
    }
    return render(request, "growth/activity.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity_change(request: HttpRequest, ref: str) -> HttpResponse:
    """Change what an activity says."""
    person: Any = request.user
    goal, found = read_activity(person, ref)
    if not goal.open:
        return redirect("growth:activity", ref)
    key, back = f"plan:activity:{ref}", reverse("growth:activity", args=[ref])
    if request.method == "POST":
        form = ActivityForm(request.POST)
        done = sent(
            request,
            form,
            key,
            lambda: change_activity(person, ref, form.given()),
            _("Your changes are saved."),
            lambda _made: back,
        )
        if done:
            return done
    else:
        initial = {"way": found.way.value, "words": found.words, "by": found.by}
        form = ActivityForm(initial={**initial, **_typed(request, key)})
    return form_page(
        request, form, key, heading=_("Change this"), button=_("Save"), back=back, way=_at(goal.ref)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity_done(request: HttpRequest, ref: str) -> HttpResponse:
    """Say that an activity was done, and what it brought."""
    person: Any = request.user
    goal, found = read_activity(person, ref)
    if not goal.open:
        return redirect("growth:activity", ref)
    key, back = f"plan:activity:{ref}:done", reverse("growth:activity", args=[ref])
    if request.method == "POST":
        form = DoneForm(request.POST)
        done = sent(
            request,
            form,
            key,
            lambda: finish_activity(person, ref, **form.cleaned_data),
            _("Done. Do you want to make evidence of it?"),
            lambda _made: back,
        )
        if done:
            return done
    else:
        initial = {"done_on": found.done_on or clock.today(), "learned": found.learned}
        form = DoneForm(initial={**initial, **initial_from_draft(DoneForm, request, key)})
    return form_page(
        request, form, key, heading=_("It is done"), button=_("Save"), back=back, way=_at(goal.ref)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def activity_drop(request: HttpRequest, ref: str) -> HttpResponse:
    """Take an activity out of the plan, after asking."""
    goal, found = read_activity(request.user, ref)  # type: ignore[arg-type]
    if request.method == "POST":
        drop_activity(request.user, ref)  # type: ignore[arg-type]
        messages.success(request, _("It is out of your plan."))
        return redirect("growth:goal", goal.ref)
    told = activity_shown(goal, found)
    crumbs = way(Crumb(_("Goal"), reverse("growth:goal", args=[goal.ref])), Crumb(_("Take out")))
    return render(request, "growth/activity_drop.html", {"crumbs": crumbs, "one": told, "goal": goal})


@login_required
@require_POST
def evidence_begin(request: HttpRequest, ref: str) -> HttpResponse:
    """Go to the form for new evidence in one's own portfolio, with what is known filled in."""
    person: Any = request.user
    goal, found = read_activity(person, ref)
    try:
        portfolio = start_portfolio(person, goal.standard_pk)
    except Invalid:  # knowledge, verbs and the like: no portfolio is laid beside those
        messages.error(request, _("No evidence is collected for this framework. Tie a piece that you have."))
        return redirect("growth:activity", ref)
    query = urlencode([*(("code", code) for code in goal.codes), ("activiteit", found.ref)])
    return redirect(f"{reverse('portfolio:own_evidence_new', args=[portfolio.ref, 'story'])}?{query}")


@login_required
@require_POST
def evidence_tie(request: HttpRequest, ref: str) -> HttpResponse:
    """Tie a piece of evidence that is there already to an activity."""
    person: Any = request.user
    goal, found = read_activity(person, ref)
    form = TieForm(own_pieces(person, MOST_PIECES), request.POST)
    if form.is_valid():
        try:
            tie_evidence_back(person, ref, form.cleaned_data["evidence"])
        except Invalid as error:
            fill_errors(form, error)
        else:
            messages.success(request, _("The evidence is tied to your plan."))
            return redirect("growth:activity", ref)
    return _activity_page(request, goal, found, form, 422)


def _at(goal_ref: str) -> Callable[[Crumb], list[Crumb]]:
    """Return the way to a page about what somebody does for a goal."""
    goal = Crumb(_("Goal"), reverse("growth:goal", args=[goal_ref]))
    return lambda here: way(goal, here)
