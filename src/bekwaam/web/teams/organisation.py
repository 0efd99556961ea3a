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
from bekwaam.domain.teams.aggregates import FEWEST, Band
from bekwaam.domain.teams.words import band_name
from bekwaam.frameworks.model import Framework
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.teams.making import make_team, set_lead
from bekwaam.services.teams.reads import TeamCard, team_list, teams_of
from bekwaam.services.teams.reports import Shown, make_report, newest_report
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider
from bekwaam.web.teams.asking import Look, looked_at

PAGE = 10


class TeamForm(forms.Form):
    """A team's name and the address of whoever leads it."""

    name = forms.CharField(label=gettext_lazy("Name of the team"))
    lead = forms.CharField(
        label=gettext_lazy("E-mail address of the team lead"),
        help_text=gettext_lazy("The lead invites the members, and is the only one who sees what they share."),
        widget=forms.EmailInput(),
    )


class LeadForm(forms.Form):
    """The address of whoever leads a team."""

    lead = TeamForm.base_fields["lead"]


@dataclass(frozen=True, slots=True)
class Numbers:
    """One set of people in a report: its name, how many they are, and the numbers by unit."""

    name: str
    size: int
    rows: tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...]


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
        "left_out": [one.name for one in cards if shown and per_team and one.ref not in shown.sizes],
        "fewest": FEWEST,
        "refused": refused,
        "crumbs": _crumbs(office),
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
    context = {"office": office, "form": form, "team": None, "crumbs": _crumbs(office, _("New team"))}
    return render(request, "teams/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.MAKE_TEAM)
def lead(request: HttpRequest, office: Office, team: str) -> HttpResponse:
    """Let somebody else lead a team."""
    card = next((one for one in teams_of(office.provider) if one.ref == team), None)
    if card is None:
        raise NotFound
    form = LeadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_lead(request.user, office.provider, team, form.cleaned_data["lead"])  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            messages.success(request, _("Somebody else leads the team now."))
            return redirect("teams:overview", office.provider.ref)
    context = {"office": office, "form": form, "team": card, "crumbs": _crumbs(office, card.name)}
    return render(request, "teams/new.html", context, status=422 if form.errors else 200)


def _numbers(look: Look, shown: Shown, cards: tuple[TeamCard, ...]) -> list[Numbers]:
    names = {"": _("All teams together"), **{one.ref: one.name for one in cards}}
    return [
        Numbers(
            names[ref],
            size,
            tuple(_row(look.framework, code, bands) for code, bands in shown.bands[ref].items()),
        )
        for ref, size in shown.sizes.items()
        if ref in names
    ]


def _row(
    framework: Framework, code: str, bands: tuple[Band, ...]
) -> tuple[str, str, tuple[tuple[str, int], ...]]:
    told = tuple((band_name(framework, band, language()), band.people) for band in bands)
    return code, framework.by_code[code].name(language()), told


def _crumbs(office: Office, here: str = "") -> list[Crumb]:
    provider: Any = office.provider
    way = [Crumb(provider.name, reverse("procedures:overview", args=[provider.ref]))]
    if not here:
        return [*way, Crumb(_("Teams"))]
    return [*way, Crumb(_("Teams"), reverse("teams:overview", args=[provider.ref])), Crumb(here)]
