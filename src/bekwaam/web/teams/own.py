"""One's own side of teams: which there are, what one shares with each, and stopping."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.teams.members import SHARE_NAMES, Share, TeamKind, sharable
from bekwaam.services.accounts.reads import workplaces
from bekwaam.services.errors import Refused
from bekwaam.services.teams.analysis import taken_out_with
from bekwaam.services.teams.reads import my_teams
from bekwaam.services.teams.sharing import (
    EXPIRED,
    chosen_by,
    has_expired,
    leave,
    share,
    stop_sharing,
)
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.teams.asking import looked_at
from bekwaam.web.teams.desk import Desk, on_team
from bekwaam.web.teams.own_seen import seen_of
from bekwaam.web.teams.presenting import share_names
from bekwaam.wording import N_

_TOLD = {
    Share.SELF: N_("The stages of your newest finished round. Never your notes."),
    Share.FEEDBACK: N_("The stages that others gave you. Never their names or what they wrote."),
    Share.JUDGEMENT: N_("The stages that assessors came to. Never their reasons or your evidence."),
    Share.KNOWLEDGE: N_("Which parts of the body of knowledge you know, and whether that is up to date."),
    Share.PLAN: N_("Which parts you work on and by when. Never your own words."),
    Share.ANALYSIS: N_(
        "What you share above, without your name, in a file that the organisation studies. The lead sees "
        "nothing of this."
    ),
}
# What is said afterwards, and (True) what of a cohort.
_KEPT = {
    False: N_("Kept. This is what your team sees of you from now on."),
    True: N_("Kept. This is what counts in the next numbers of your cohort."),
}
_STOPPED = {
    False: N_("Your team sees nothing of you any more."),
    True: N_("Nothing of you counts in the next numbers of your cohort."),
}
_LEFT = {
    False: N_("You are not in the team any more."),
    True: N_("You are not in the cohort any more."),
}


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show the teams that somebody leads, is in or is invited into, and the way to those of a house."""
    person: Any = request.user
    teams = [(one, share_names(one.shares)) for one in my_teams(person)]
    crumbs = [Crumb(_("My work"), reverse("home")), Crumb(_("Teams"))]
    houses = workplaces(person).coordinates
    return render(request, "teams/home.html", {"teams": teams, "houses": houses, "crumbs": crumbs})


@require_http_methods(["GET", "HEAD", "POST"])
@on_team(Action.SHARE_WITH_TEAM)
def share_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what the team sees of somebody, with a choice for every layer."""
    person: Any = request.user
    if request.method == "POST":
        chosen = frozenset(Share(one) for one in request.POST.getlist("laag") if one in list(Share))
        try:
            share(person, desk.team.ref, chosen, request.POST.get("seen", ""))
        except Refused as error:
            return _choice(request, desk, error.verdict.text(language()))
        messages.success(request, _(_KEPT[desk.cohort]))
        return redirect("teams:share", desk.team.ref)
    return _choice(request, desk)


@require_POST
@on_team(Action.SHARE_WITH_TEAM)
def stop(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Stop sharing anything, at once."""
    stop_sharing(request.user, desk.team.ref)  # type: ignore[arg-type]
    messages.success(request, _(_STOPPED[desk.cohort]))
    return redirect("teams:share", desk.team.ref)


@require_http_methods(["GET", "HEAD", "POST"])
@on_team(Action.SHARE_WITH_TEAM)
def leave_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Leave a team, or say no to an invitation, after asking."""
    if request.method == "POST":
        leave(request.user, desk.team.ref)  # type: ignore[arg-type]
        messages.success(request, _(_LEFT[desk.cohort]))
        return redirect("teams:home")
    return render(request, "teams/leave.html", _frame(desk, _("Leave")))


def _choice(request: HttpRequest, desk: Desk, refused: str = "") -> HttpResponse:
    chosen = chosen_by(desk.member)
    shares = chosen.shares if desk.member.joined_at else frozenset()
    look = looked_at(request.GET, desk.team.provider, own_profiles=False)
    late = _(EXPIRED) if has_expired(desk.member) else ""
    context = {
        **_frame(desk, _("What I let count") if desk.cohort else _("What my team sees of me")),
        "layers": [
            (one.value, _(SHARE_NAMES[one]), _(_TOLD[one]), one in shares)
            for one in sharable(TeamKind(desk.team.kind))
        ],
        "shares": bool(shares),
        "seen_mark": chosen.mark,
        "refused": refused if not late else "",
        "expired": late,
        "invited": desk.member.joined_at is None,
        "taken_out": taken_out_with(desk.member, chosen.research),
        "look": look,
        "standard_title": look.framework.title[language()],
        **seen_of(request.user, look, shares, request.GET.get("toon", "")),
    }
    template = "teams/share_cohort.html" if desk.cohort else "teams/share.html"
    return render(request, template, context, status=409 if refused else 200)


def _frame(desk: Desk, here: str) -> dict[str, Any]:
    return {"desk": desk, "team": desk.team, "crumbs": desk.crumbs(Crumb(desk.team.name), Crumb(here))}
