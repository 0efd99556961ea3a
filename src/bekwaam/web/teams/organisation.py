"""Above the teams: which there are, and numbers without people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.teams.aggregates import FEWEST
from bekwaam.domain.teams.members import TeamKind
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.teams.making import make_team, set_lead
from bekwaam.services.teams.reads import TeamCard, team_list, teams_of
from bekwaam.services.teams.reports import Shown, make_report, newest_report
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider
from bekwaam.web.teams.above import Bar, HeatBlock, TeamsBlock, groups_now, heat, stage_names, team_by_team
from bekwaam.web.teams.asking import Look, looked_at

PAGE = 10


class TeamForm(forms.Form):
    """A team's name and the address of whoever leads it."""

    name = forms.CharField(
        label=gettext_lazy("Name of the team"),
        error_messages={"required": gettext_lazy("Give the team a name.")},
    )
    lead = forms.CharField(
        label=gettext_lazy("E-mail address of the team lead"),
        help_text=gettext_lazy("The lead invites the members, and is the only one who sees what they share."),
        widget=forms.EmailInput(),
        error_messages={"required": gettext_lazy("Say who leads the team.")},
    )


class LeadForm(forms.Form):
    """The address of whoever leads a team."""

    lead = TeamForm.base_fields["lead"]


@dataclass(frozen=True, slots=True)
class Numbers:
    """One set of people in a report: its name and reference (empty for everybody), how many they are, and
    the numbers by unit and stage and by group.
    """

    name: str
    ref: str
    size: int
    blocks: list[HeatBlock]
    groups: list[tuple[str, list[tuple[str, Bar]]]]


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.SEE_TEAMS)
def overview(request: HttpRequest, office: Office) -> HttpResponse:
    """Show the teams of an organisation and the newest report over them; a POST makes a new one."""
    look = looked_at(request.GET, office.provider)
    per_team = request.GET.get("per") == "team"
    refused = ""
    if request.method == "POST":
        try:
            person: Any = request.user
            make_report(person, office.provider, look.standard, look.layer, per_team=per_team)
        except Refused as error:
            if not office.may(Action.REPORT_TEAMS):
                raise
            refused = error.verdict.text(language())
        else:
            messages.success(request, _("There is a new report."))
            here = reverse("teams:overview", args=[office.provider.ref])
            return redirect(f"{here}?{look.query}&per={'team' if per_team else 'allen'}")
    page = Paginator(team_list(office.provider), PAGE).get_page(request.GET.get("page"))
    cards = tuple(page)
    shown = newest_report(office.provider, look.standard, look.layer, per_team=per_team)
    context = {
        "office": office,
        "look": look,
        "teams": cards,
        "report": shown,
        "numbers": _numbers(look, shown, cards) if shown else [],
        "page": page,
        "query": f"{look.query}&per={'team' if per_team else 'allen'}",
        "per_team": per_team,
        "beside": _beside(look, shown, cards) if shown and per_team else [],
        "stages": stage_names(look.framework),
        "left_out": [one.name for one in cards if shown and per_team and one.ref not in shown.sizes],
        "fewest": FEWEST,
        "refused": refused,
        "crumbs": crumbs_of(office),
    }
    return render(request, "teams/overview.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.MAKE_TEAM)
def new(request: HttpRequest, office: Office) -> HttpResponse:
    """Make a team."""
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            make_team(request.user, office.provider, given["name"], given["lead"])  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            messages.success(request, _("The team is there. Its lead can invite people now."))
            return redirect("teams:overview", office.provider.ref)
    context = {"office": office, "form": form, "team": None, "crumbs": crumbs_of(office, _("New team"))}
    return render(request, "teams/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.MAKE_TEAM)
def lead(request: HttpRequest, office: Office, team: str) -> HttpResponse:
    """Let somebody else lead a team."""
    kinds = (TeamKind.TEAM, TeamKind.COHORT)
    card, kind = next(
        ((one, kind) for kind in kinds for one in teams_of(office.provider, kind) if one.ref == team),
        (None, TeamKind.TEAM),
    )
    if card is None:
        raise NotFound
    form = LeadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_lead(request.user, office.provider, team, form.cleaned_data["lead"])  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            cohort = kind is TeamKind.COHORT
            told = (
                _("Somebody else leads the cohort now.") if cohort else _("Somebody else leads the team now.")
            )
            messages.success(request, told)
            return redirect("teams:cohorts" if cohort else "teams:overview", office.provider.ref)
    context = {"office": office, "form": form, "team": card, "crumbs": crumbs_of(office, card.name)}
    return render(request, "teams/new.html", context, status=422 if form.errors else 200)


def _numbers(look: Look, shown: Shown, cards: tuple[TeamCard, ...]) -> list[Numbers]:
    names = {"": _("All teams together"), **{one.ref: one.name for one in cards}}
    return [
        Numbers(
            names[ref],
            ref,
            size,
            heat(look.framework, look.target, shown.bands[ref]),
            groups_now(look.framework, look.target, shown.made_at, size, shown.bands[ref]),
        )
        for ref, size in shown.sizes.items()
        if ref in names
    ]


def _beside(look: Look, shown: Shown, cards: tuple[TeamCard, ...]) -> list[TeamsBlock]:
    """Return the teams of this page beside each other; nothing where there is only one."""
    sets = [(one.name, shown.bands[one.ref]) for one in cards if one.ref in shown.bands]
    return team_by_team(look.framework, look.target, sets) if len(sets) > 1 else []


def crumbs_of(office: Office, here: str = "") -> list[Crumb]:
    """Return the way to a page above the teams; ``here`` is what it is called, empty for the first."""
    provider: Any = office.provider
    way = [Crumb(provider.name, reverse("procedures:overview", args=[provider.ref]))]
    if not here:
        return [*way, Crumb(_("Teams"))]
    return [*way, Crumb(_("Teams"), reverse("teams:overview", args=[provider.ref])), Crumb(here)]
