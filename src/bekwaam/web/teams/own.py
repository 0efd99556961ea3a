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
from bekwaam.domain.growth.gap import LAYER_NAMES, Layer
from bekwaam.domain.teams.coverage import coverage
from bekwaam.domain.teams.members import SHARE_NAMES, Member, Share, TeamKind, sharable
from bekwaam.services.errors import Refused
from bekwaam.services.teams.analysis import taken_out_with
from bekwaam.services.teams.pictures import pictures_of
from bekwaam.services.teams.plan_reads import own_works
from bekwaam.services.teams.reads import my_teams
from bekwaam.services.teams.sharing import (
    EXPIRED,
    choice_mark,
    has_expired,
    leave,
    share,
    shared_layers,
    stop_sharing,
)
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.units import Unit
from bekwaam.web.teams.asking import Look, looked_at
from bekwaam.web.teams.desk import Desk, on_team
from bekwaam.web.teams.knowledge import own_knowledge
from bekwaam.web.teams.plan_shown import WorkShown, work_shown
from bekwaam.web.teams.presenting import CellView, blocks, share_names
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
    """Show the teams that somebody leads, is in or is invited into."""
    person: Any = request.user
    teams = [(one, share_names(one.shares)) for one in my_teams(person)]
    crumbs = [Crumb(_("My work"), reverse("home")), Crumb(_("Teams"))]
    return render(request, "teams/home.html", {"teams": teams, "crumbs": crumbs})


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
    shares = shared_layers(desk.member) if desk.member.joined_at else frozenset()
    look = looked_at(request.GET, desk.team.provider)
    visible = [layer for layer in Layer if Share(layer) in shares]
    late = _(EXPIRED) if has_expired(desk.member) else ""
    context = {
        **_frame(desk, _("What I let count") if desk.cohort else _("What my team sees of me")),
        "layers": [
            (one.value, _(SHARE_NAMES[one]), _(_TOLD[one]), one in shares)
            for one in sharable(TeamKind(desk.team.kind))
        ],
        "shares": bool(shares),
        "seen_mark": choice_mark(desk.member),
        "refused": refused if not late else "",
        "expired": late,
        "invited": desk.member.joined_at is None,
        "taken_out": taken_out_with(desk.member),
        "look": look,
        "standard_title": look.framework.title[language()],
        "visible": [_(LAYER_NAMES[layer]) for layer in visible],
        "rows": _visible(request.user, look, visible) if visible else [],
        "shares_knowledge": Share.KNOWLEDGE in shares,
        "knowledge": own_knowledge(request.user) if Share.KNOWLEDGE in shares else [],
        "shares_plan": Share.PLAN in shares,
        "works": _works(request.user, look) if Share.PLAN in shares else [],
    }
    template = "teams/share_cohort.html" if desk.cohort else "teams/share.html"
    return render(request, template, context, status=409 if refused else 200)


def _visible(person: Any, look: Look, layers: list[Layer]) -> list[tuple[Unit, list[tuple[str, CellView]]]]:
    """Return exactly what the lead sees of somebody, unit by unit. A query a layer."""
    columns = []
    for layer in layers:
        pictures = pictures_of([person.pk], look.standard, layer).get(person.pk, ())
        member = Member(person.ref, frozenset({layer}), pictures)
        found = coverage(look.framework, look.target, [member], layer)
        rows = [
            row for block in blocks(look.framework, found, {person.ref: person.name}) for row in block.rows
        ]
        columns.append((_(LAYER_NAMES[layer]), rows))
    units = [row.unit for row in columns[0][1]]
    return [
        (unit, [(name, rows[place].cells[0]) for name, rows in columns]) for place, unit in enumerate(units)
    ]


def _works(person: Any, look: Look) -> list[WorkShown]:
    """Return what the lead sees of somebody's own plan: as little as that is. Two queries."""
    return [work_shown(look.framework, work) for work in own_works(person, look.standard)]


def _frame(desk: Desk, here: str) -> dict[str, Any]:
    return {"desk": desk, "team": desk.team, "crumbs": desk.crumbs(Crumb(desk.team.name), Crumb(here))}
