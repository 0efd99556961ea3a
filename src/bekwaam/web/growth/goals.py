"""One goal of the development plan: set, read, changed, closed, thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bekwaam.domain.growth.plan import Phase, values_to_reach
from bekwaam.domain.growth.rating import rated_units
from bekwaam.domain.growth.target import Target
from bekwaam.frameworks.model import Framework
from bekwaam.services.frameworks.versions import find_version, framework_of
from bekwaam.services.growth.catalogues import offers_for
from bekwaam.services.growth.goals import change_goal, close_goal, drop_goal, set_goal
from bekwaam.services.growth.plan_reads import Goal, read_goal
from bekwaam.services.growth.targets import target_for
from bekwaam.services.teams.plan_reads import goal_to_take
from bekwaam.web.growth.plan import way
from bekwaam.web.growth.plan_forms import CloseForm, GoalForm
from bekwaam.web.growth.plan_shown import shown, suggested
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import draft_data, initial_from_draft
from bekwaam.web.shared.written import form_page, sent

MOST_OFFERED: Final = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def goal_new(request: HttpRequest) -> HttpResponse:
    """Set a goal on the units that the address names, for the target that it names.

    It may begin with a goal of a team (``teamdoel``), of which words and day are filled in beforehand.
    """
    person: Any = request.user
    identifier, _at, version = request.GET.get("kader", "").partition("@")
    standard = find_version(identifier, version)
    framework = framework_of(standard)
    codes = _known(framework, request.GET.getlist("code"))
    target = request.GET.get("naar", "")
    if not codes:
        return _nothing_chosen(request, identifier, version, target, framework)
    of_team = request.GET.get("teamdoel", "")
    begun = _of_team(person, of_team) if of_team else {}
    key = f"plan:new:{of_team or f'{identifier}@{version}'}"[:120]
    if request.method == "POST":
        form = GoalForm(framework, codes, data=request.POST)
        done = sent(
            request,
            form,
            key,
            lambda: set_goal(person, standard, form.given(target)),
            _("Your goal is set. What are you going to do for it?"),
            lambda made: reverse("growth:goal", args=[made.ref]),
        )
        if done:
            return done
    else:
        aim = target_for(person, framework, target)
        initial = {"codes": codes, "value": _usual_value(framework, codes, aim)}
        form = GoalForm(framework, codes, initial={**initial, **begun, **_typed(request, key)})
    return form_page(
        request,
        form,
        key,
        heading=_("Set a goal"),
        button=_("Set this goal"),
        back=reverse("growth:plan"),
        way=way,
    )


def _of_team(person: Any, ref: str) -> dict[str, Any]:
    """Return the words and the day of a goal of one's team; a day that has passed is left out."""
    found = goal_to_take(person, ref)
    by = found.by if found.phase is not Phase.OVERDUE else None
    return {"words": found.words, "by": by}


def _known(framework: Framework, codes: Sequence[str]) -> list[str]:
    rated = {item.code for item in rated_units(framework)}
    return [code for code in dict.fromkeys(codes) if code in rated]


def _typed(request: HttpRequest, key: str) -> dict[str, Any]:
    """Return what was typed and not sent: the words and the day. The units are those of the address."""
    kept = draft_data(request, key)
    names = ("words", "by", "value")
    return {name: kept[name] for name in names if kept.get(name)} if kept is not None else {}


def _usual_value(framework: Framework, codes: Sequence[str], target: Target | None) -> str:
    """Return what the target asks of these units, the highest of it; else the first that can be reached."""
    order = values_to_reach(framework, codes)
    asked = {target.by_code[code].value for code in codes if code in target.by_code} if target else set()
    return next((value for value in reversed(order) if value in asked), order[0])


def _nothing_chosen(
    request: HttpRequest, identifier: str, version: str, target: str, framework: Framework
) -> HttpResponse:
    """Go back to where the parts are chosen, and say so."""
    messages.error(request, _("Tick at least one part that you want to work on."))
    if target_for(request.user, framework, target):  # type: ignore[arg-type]
        return redirect("growth:gap", identifier, version, target)
    return redirect("growth:where")


@login_required
@require_safe
def goal(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a goal: then and now, what one does for it, and what is offered. Nine queries at most."""
    found = read_goal(request.user, ref)  # type: ignore[arg-type]
    person: Any = request.user
    offered = suggested(found, offers_for(person, found.standard_pk)) if found.open else []
    context = {
        "crumbs": way(Crumb(_("Goal"))),
        "one": shown(found),
        "goal": found,
        "suggestions": offered[:MOST_OFFERED],
        "more": max(0, len(offered) - MOST_OFFERED),
    }
    return render(request, "growth/goal.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def goal_change(request: HttpRequest, ref: str) -> HttpResponse:
    """Change an open goal."""
    person: Any = request.user
    found = read_goal(person, ref)
    if not found.open:
        return redirect("growth:goal", ref)
    key, back = f"plan:{ref}", reverse("growth:goal", args=[ref])
    if request.method == "POST":
        form = GoalForm(found.framework, found.codes, data=request.POST)
        done = sent(
            request,
            form,
            key,
            lambda: change_goal(person, ref, form.given()),
            _("Your changes are saved."),
            lambda _made: back,
        )
        if done:
            return done
    else:
        initial = {"codes": found.codes, "value": found.value, "words": found.words, "by": found.by}
        form = GoalForm(found.framework, found.codes, initial={**initial, **_typed(request, key)})
    return form_page(
        request,
        form,
        key,
        heading=_("Change your goal"),
        button=_("Save"),
        back=back,
        way=lambda here: way(_crumb(ref), here),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def goal_close(request: HttpRequest, ref: str) -> HttpResponse:
    """Close a goal with a word of looking back."""
    person: Any = request.user
    found = read_goal(person, ref)
    if not found.open:
        return redirect("growth:goal", ref)
    key, back = f"plan:{ref}:close", reverse("growth:goal", args=[ref])
    if request.method == "POST":
        form = CloseForm(request.POST)
        done = sent(
            request,
            form,
            key,
            lambda: close_goal(person, ref, form.cleaned_data["looking_back"]),
            _("This goal is closed. It stays in your plan to look back on."),
            lambda _made: back,
        )
        if done:
            return done
    else:
        form = CloseForm(initial=initial_from_draft(CloseForm, request, key))
    lead = _(
        "From then on it stays as it is. Whether you reached it you say yourself, in your next "
        "self-assessment."
    )
    return form_page(
        request,
        form,
        key,
        heading=_("Close this goal"),
        button=_("Close it"),
        back=back,
        way=lambda here: way(_crumb(ref), here),
        lead=lead,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def goal_drop(request: HttpRequest, ref: str) -> HttpResponse:
    """Throw a goal away, after asking."""
    found: Goal = read_goal(request.user, ref)  # type: ignore[arg-type]
    if request.method == "POST":
        drop_goal(request.user, ref)  # type: ignore[arg-type]
        messages.success(request, _("The goal is gone."))
        return redirect("growth:plan")
    context = {"crumbs": way(_crumb(ref), Crumb(_("Throw away"))), "goal": found}
    return render(request, "growth/goal_drop.html", context)


def _crumb(ref: str) -> Crumb:
    return Crumb(_("Goal"), reverse("growth:goal", args=[ref]))
