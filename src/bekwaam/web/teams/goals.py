"""Goals of a team: read by all who are in it; set, changed, closed and thrown away by its lead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.growth.rating import rated_units
from bekwaam.frameworks.model import Framework
from bekwaam.services.teams.goals import change_team_goal, close_team_goal, drop_team_goal, set_team_goal
from bekwaam.services.teams.plan_reads import TeamGoalSeen, closed_goals, open_goals, team_goal
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import draft_data, initial_from_draft
from bekwaam.web.shared.written import form_page, sent
from bekwaam.web.teams.asking import looked_at
from bekwaam.web.teams.desk import Desk, on_team
from bekwaam.web.teams.goal_forms import TYPED, CloseTeamGoalForm, TeamGoalForm
from bekwaam.web.teams.plan_shown import goals_shown

PAGE: Final = 10


@require_safe
@on_team(Action.SEE_TEAM_GOALS)
def goals(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what the team wants to be able to do. Nothing of what a member works on stands here."""
    page = Paginator(closed_goals(desk.team), PAGE).get_page(request.GET.get("page"))
    context = {
        "team": desk.team,
        "open": goals_shown(open_goals(desk.team)),
        "closed": goals_shown(page),
        "page": page,
        "may_set": desk.may(Action.SET_TEAM_GOALS),
        "leads": desk.may(Action.SEE_TEAM),
        "in_team": desk.member is not None and desk.member.joined_at is not None,
        "crumbs": _crumbs(desk),
    }
    return render(request, "teams/goals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@on_team(Action.SET_TEAM_GOALS)
def goal_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Set a goal of the team on the units that the address names."""
    look = looked_at(request.GET, desk.team.provider)
    codes = known_codes(look.framework, request.GET.getlist("code"))
    back = f"{reverse('teams:plan', args=[desk.team.ref])}?{look.query}"
    if not codes:
        messages.error(request, _("Tick at least one part that the team wants to work on."))
        return redirect(back)
    key = f"team:{desk.team.ref}:new"
    if request.method == "POST":
        form = TeamGoalForm(look.framework, codes, data=request.POST)
        done = sent(
            request,
            form,
            key,
            lambda: set_team_goal(_who(request), desk.team.ref, look.standard, form.given()),
            _("The goal of the team is set. Its members can read it."),
            lambda _made: _home(desk),
        )
        if done:
            return done
    else:
        form = TeamGoalForm(look.framework, codes, initial={"codes": codes, **_typed(request, key)})
    return _form_page(request, desk, form, key, _("Set a goal of the team"), _("Set this goal"), back)


@require_http_methods(["GET", "HEAD", "POST"])
@on_team(Action.SET_TEAM_GOALS)
def goal_change(request: HttpRequest, desk: Desk, goal: str) -> HttpResponse:
    """Change an open goal of the team."""
    found = team_goal(desk.team, goal)
    if not found.open:
        return redirect("teams:goals", desk.team.ref)
    key = f"team:{desk.team.ref}:{goal}"
    if request.method == "POST":
        form = TeamGoalForm(found.framework, found.codes, data=request.POST)
        done = sent(
            request,
            form,
            key,
            lambda: change_team_goal(_who(request), desk.team.ref, goal, form.given()),
            _("Your changes are saved."),
            lambda _made: _home(desk),
        )
        if done:
            return done
    else:
        form = TeamGoalForm(found.framework, found.codes, initial={**_said(found), **_typed(request, key)})
    return _form_page(request, desk, form, key, _("Change the goal of the team"), _("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
@on_team(Action.SET_TEAM_GOALS)
def goal_close(request: HttpRequest, desk: Desk, goal: str) -> HttpResponse:
    """Close a goal of the team with a word of looking back."""
    found = team_goal(desk.team, goal)
    if not found.open:
        return redirect("teams:goals", desk.team.ref)
    key = f"team:{desk.team.ref}:{goal}:close"
    if request.method == "POST":
        form = CloseTeamGoalForm(request.POST)
        done = sent(
            request,
            form,
            key,
            lambda: close_team_goal(_who(request), desk.team.ref, goal, form.cleaned_data["looking_back"]),
            _("This goal is closed. The team can still read it."),
            lambda _made: _home(desk),
        )
        if done:
            return done
    else:
        form = CloseTeamGoalForm(initial=initial_from_draft(CloseTeamGoalForm, request, key))
    return _form_page(request, desk, form, key, _("Close this goal"), _("Close it"))


@require_http_methods(["GET", "HEAD", "POST"])
@on_team(Action.SET_TEAM_GOALS)
def goal_drop(request: HttpRequest, desk: Desk, goal: str) -> HttpResponse:
    """Throw a goal of the team away, after asking."""
    found = team_goal(desk.team, goal)
    if request.method == "POST":
        drop_team_goal(_who(request), desk.team.ref, goal)
        messages.success(request, _("The goal is gone."))
        return redirect("teams:goals", desk.team.ref)
    crumbs = _crumbs(desk, Crumb(_("Throw away")))
    return render(request, "teams/goal_drop.html", {"team": desk.team, "goal": found, "crumbs": crumbs})


def known_codes(framework: Framework, codes: Sequence[str]) -> list[str]:
    """Return the codes that are units one can work on, once each, in the order given."""
    rated = {item.code for item in rated_units(framework)}
    return [code for code in dict.fromkeys(codes) if code in rated]


def _who(request: HttpRequest) -> Any:
    return request.user


def _said(found: TeamGoalSeen) -> dict[str, Any]:
    return {
        "codes": found.codes,
        "words": found.words,
        "way": found.way.value if found.way else "",
        "doing": found.doing,
        "by": found.by,
    }


def _typed(request: HttpRequest, key: str) -> dict[str, Any]:
    """Return what was typed and not sent; the units are those of the address or the goal."""
    kept = draft_data(request, key)
    return {name: kept[name] for name in TYPED if kept.get(name)} if kept is not None else {}


def _home(desk: Desk) -> str:
    return reverse("teams:goals", args=[desk.team.ref])


def _form_page(
    request: HttpRequest, desk: Desk, form: Any, key: str, heading: str, button: str, back: str = ""
) -> HttpResponse:
    return form_page(
        request,
        form,
        key,
        heading=heading,
        button=button,
        back=back or _home(desk),
        way=lambda here: _crumbs(desk, here),
        eyebrow=desk.team.name,
    )


def _crumbs(desk: Desk, *here: Crumb) -> list[Crumb]:
    own = "teams:team" if desk.may(Action.SEE_TEAM) else "teams:share"
    url = reverse(own, args=[desk.team.ref])
    last = Crumb(_("Goals of the team"), reverse("teams:goals", args=[desk.team.ref]) if here else "")
    return desk.crumbs(Crumb(desk.team.name, url), last, *here)
