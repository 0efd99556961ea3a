"""Cohorts of learners: which there are, and numbers about one, which are all that its trainer sees."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.growth.programme import Programme, period_on, periods, promised
from bekwaam.domain.teams.aggregates import FEWEST
from bekwaam.domain.teams.members import TeamKind
from bekwaam.domain.teams.promise_words import explain_promise, explain_untold
from bekwaam.domain.teams.series import Series, reach
from bekwaam.services import clock
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.growth.programmes import programmes_at
from bekwaam.services.teams.cohorts import newest_of, programme_of, report_cohort
from bekwaam.services.teams.making import change_cohort, make_cohort
from bekwaam.services.teams.reads import places_in, teams_of
from bekwaam.services.teams.reports import Shown
from bekwaam.services.teams.series import series
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider
from bekwaam.web.teams.above import HEIGHT, WIDTH, group_panels, groups_now, heat, stage_names, unit_panels
from bekwaam.web.teams.asking import Choice, Look, looked_at
from bekwaam.web.teams.desk import Desk, on_team
from bekwaam.web.teams.organisation import crumbs_of
from bekwaam.web.teams.over_time import MOST_SHOWN, head_of

PAGE = 20


class FollowsForm(forms.Form):
    """What a cohort follows and since when."""

    use_required_attribute = False
    programme = forms.ChoiceField(label=gettext_lazy("Programme that it follows"), required=False)
    starts = forms.DateField(
        label=gettext_lazy("First day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("This is no day. Write it as 1-9-2026.")},
    )

    def __init__(self, programmes: list[tuple[str, str]], data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["programme"]
        field.choices = [("", _("No programme")), *programmes]  # type: ignore[attr-defined]


class CohortForm(FollowsForm):
    """A cohort's name, who leads it, what it follows and since when."""

    field_order = ("name", "lead", "programme", "starts")
    name = forms.CharField(
        label=gettext_lazy("Name of the cohort"),
        error_messages={"required": gettext_lazy("Give the cohort a name.")},
    )
    lead = forms.CharField(
        label=gettext_lazy("E-mail address of the trainer"),
        help_text=gettext_lazy(
            "The trainer invites the learners, and sees numbers about five people or more."
        ),
        widget=forms.EmailInput(),
        error_messages={"required": gettext_lazy("Say who leads the cohort.")},
    )


@require_safe
@on_provider(Action.SEE_TEAMS)
def index(request: HttpRequest, office: Office) -> HttpResponse:
    """List the cohorts of a school. Three queries of its own."""
    names = {one.called: one.programme.name for one in programmes_at(office.provider)}
    cards = [(one, names.get(one.programme, "")) for one in teams_of(office.provider, TeamKind.COHORT)]
    context = {
        "office": office,
        "page": Paginator(cards, PAGE).get_page(request.GET.get("page")),
        "crumbs": crumbs_of(office, _("Cohorts")),
    }
    return render(request, "teams/cohorts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.MAKE_TEAM)
def new(request: HttpRequest, office: Office) -> HttpResponse:
    """Make a cohort."""
    programmes = [(one.called, one.programme.name) for one in programmes_at(office.provider)]
    form = CohortForm(programmes, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, person = form.cleaned_data, request.user
        try:
            make_cohort(
                person,  # type: ignore[arg-type]
                office.provider,
                given["name"],
                given["lead"],
                given["programme"],
                given["starts"],
            )
        except Invalid as error:
            fill_errors(form, error)
        else:
            messages.success(request, _("The cohort is there. Its trainer can invite learners now."))
            return redirect("teams:cohorts", office.provider.ref)
    context = {"office": office, "form": form, "crumbs": crumbs_of(office, _("New cohort"))}
    return render(request, "teams/cohort_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.MAKE_TEAM)
def change(request: HttpRequest, office: Office, cohort: str) -> HttpResponse:
    """Change what a cohort follows, and since when."""
    cards = teams_of(office.provider, TeamKind.COHORT)
    card = next((one for one in cards if one.ref == cohort), None)
    if card is None:
        raise NotFound
    programmes = [(one.called, one.programme.name) for one in programmes_at(office.provider)]
    initial = {"programme": card.programme, "starts": card.starts}
    form = FollowsForm(programmes, request.POST or None, initial)
    if request.method == "POST" and form.is_valid():
        given, person = form.cleaned_data, request.user
        try:
            change_cohort(
                person,  # type: ignore[arg-type]
                office.provider,
                cohort,
                given["programme"],
                given["starts"],
            )
        except Invalid as error:
            fill_errors(form, error)
        else:
            messages.success(request, _("Your changes are saved."))
            return redirect("teams:cohorts", office.provider.ref)
    context = {"office": office, "form": form, "card": card, "crumbs": crumbs_of(office, card.name)}
    return render(request, "teams/cohort_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@on_team(Action.SEE_COHORT)
def cohort(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the newest numbers over a cohort, beside what it follows; a POST makes new ones."""
    known = programme_of(desk.team)
    look = _look(request, desk, known)
    refused = ""
    if request.method == "POST":
        try:
            report_cohort(request.user, desk.team.ref, look.standard, look.layer)  # type: ignore[arg-type]
        except Refused as error:
            refused = error.verdict.text(language())
        else:
            messages.success(request, _("There are new numbers."))
            return redirect(f"{reverse('teams:cohort', args=[desk.team.ref])}?{look.query}")
    shown = newest_of(desk.team, look.standard, look.layer)
    follows = known.programme if known and known.standard.pk == look.standard.pk else None
    places = places_in(desk.team)
    context = {
        **_frame(desk, look, "now"),
        "programme": known.programme.name if known else "",
        "joined": sum(place.joined_at is not None for place in places),
        "report": shown,
        "refused": refused,
        "fewest": FEWEST,
        **(_numbers(look, shown, desk.team.ref) if shown else {}),
        **(_promise(request, desk, look, follows, shown) if follows else {}),
    }
    return render(request, "teams/cohort.html", context, status=409 if refused else 200)


@require_safe
@on_team(Action.SEE_COHORT)
def growth(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the numbers over a cohort over time."""
    look = _look(request, desk, programme_of(desk.team))
    found = series(desk.team.provider, look.standard, look.layer, desk.team.ref, cohort=True)
    found = Series(found.moments[-MOST_SHOWN:])
    heads = [head_of(moment) for moment in found.moments]
    context = {
        **_frame(desk, look, "growth"),
        "moments": found.moments,
        "last": found.moments[-1] if found.moments else None,
        "panels": unit_panels(look.framework, look.target, found, heads),
        "groups": group_panels(look.framework, look.target, found, heads),
        "width": WIDTH,
        "height": HEIGHT,
    }
    return render(request, "teams/cohort_growth.html", context)


def _look(request: HttpRequest, desk: Desk, known: Any) -> Look:
    usual = f"{known.standard.identifier}@{known.standard.version}" if known else ""
    return looked_at(request.GET, desk.team.provider, usual, starting=True)


def _frame(desk: Desk, look: Look, here: str) -> dict[str, Any]:
    crumbs = desk.crumbs(Crumb(desk.team.name))
    return {"desk": desk, "team": desk.team, "look": look, "here": here, "crumbs": crumbs}


def _numbers(look: Look, shown: Shown, ref: str) -> dict[str, Any]:
    size, bands = shown.sizes[ref], shown.bands[ref]
    return {
        "size": size,
        "stages": stage_names(look.framework),
        "blocks": heat(look.framework, look.target, bands),
        "groups": groups_now(look.framework, look.target, shown.made_at, size, bands),
    }


def _promise(
    request: HttpRequest, desk: Desk, look: Look, programme: Programme, shown: Shown | None
) -> dict[str, Any]:
    """Return what the programme leads to by a period, each unit beside the numbers."""
    order = periods(programme.modules)
    period = request.GET.get("tot", "")
    if period not in order:
        period = period_on(programme, desk.team.starts, clock.today())
    target = promised(look.framework, programme, period)
    bands = shown.bands[desk.team.ref] if shown else {}
    beside = [(ask, reach(bands.get(ask.code, ()), ask.value)) for ask in (target.asks if target else ())]
    untold = [(ask.code, ask.value) for ask, found in beside if found is not None and not found.told]
    return {
        "periods": [Choice(one, one, one == period) for one in order],
        "period": period,
        "promises": [
            explain_promise(look.framework, ask.code, ask.value, found, language())
            for ask, found in beside
            if found is None or found.told
        ],
        "untold": explain_untold(look.framework, untold, language()) if untold else "",
    }
