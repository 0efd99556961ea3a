"""Beginning with a team model: what it still asks of the team becomes goals of the team, in one go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.growth.plan import MAX_WORDS, MOST_UNITS
from bekwaam.domain.teams.starting import BesideModel, beside_model, missing
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.library import load_team_models
from bekwaam.frameworks.model import Framework
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.teams.goals import TeamGoalInput, set_team_goals
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.fields import day_field, text_field
from bekwaam.web.shared.units import unit_groups
from bekwaam.web.teams.desk import Desk, on_team
from bekwaam.web.teams.goal_forms import way_field
from bekwaam.web.teams.leading import Seen, seen_now


@dataclass(frozen=True, slots=True)
class Group:
    """Units that become one goal: how they are called together, and whether the model still asks for some."""

    name: str
    codes: tuple[str, ...]
    open: frozenset[str]


class StartForm(forms.Form):
    """A goal for each group of units that is ticked. Groups have the same number whatever is shared now."""

    use_required_attribute = False

    def __init__(self, framework: Framework, groups: Sequence[Group], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.groups = groups
        for number, group in enumerate(groups):
            named = [(code, f"{code} {framework.by_code[code].name(language())}") for code in group.codes]
            self.fields[f"codes_{number}"] = forms.MultipleChoiceField(
                label=_("What is it about?"),
                choices=named,
                required=False,
                initial=[code for code in group.codes if code in group.open],
                widget=forms.CheckboxSelectMultiple,
            )
            words = text_field(_("What does the team want to be able to do?"), rows=2)
            words.initial = _("Together we can do what is asked of us here: %(group)s") % {
                "group": group.name
            }
            too_long = _("This is too long: 2,000 characters is the most.")
            words.validators.append(MaxLengthValidator(MAX_WORDS, too_long))
            words.widget.attrs["aria-label"] = f"{words.label} {group.name}"
            self.fields[f"words_{number}"] = words
        self.fields["way"] = way_field()
        self.fields["by"] = day_field(_("By when?"))

    def clean(self) -> dict[str, Any]:
        """Ask for words where something is ticked, and for at least one tick."""
        found: dict[str, Any] = super().clean() or {}
        ticked = [number for number, _group in enumerate(self.groups) if found.get(f"codes_{number}")]
        if not ticked:
            self.add_error(None, _("Tick at least one part that the team wants to work on."))
        for number in ticked:
            if f"words_{number}" in found and not found[f"words_{number}"].strip():
                self.add_error(f"words_{number}", _("Say what the team wants to be able to do."))
        return found

    def shown(self) -> list[tuple[str, Any, Any]]:
        """Return the groups that the page shows: in which something is open, or was just sent."""
        return [
            (group.name, self[f"codes_{number}"], self[f"words_{number}"])
            for number, group in enumerate(self.groups)
            if group.open or (self.is_bound and self[f"codes_{number}"].value())
        ]

    def given(self) -> list[TeamGoalInput]:
        """Return a goal for every group in which something is ticked."""
        found = self.cleaned_data
        return [
            TeamGoalInput(tuple(found[f"codes_{n}"]), found[f"words_{n}"], found["way"], by=found["by"])
            for n, _group in enumerate(self.groups)
            if found[f"codes_{n}"]
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@on_team(Action.SET_TEAM_GOALS)
def start_page(request: HttpRequest, desk: Desk, model: str) -> HttpResponse:
    """Show what a model still asks of the team, and make goals of it."""
    seen = seen_now(request, desk)
    beside = _beside(seen, model)
    framework = seen.look.framework
    groups = _groups(framework, beside)
    form = StartForm(framework, groups, request.POST or None)
    if request.method == "POST" and form.is_valid():
        person: Any = request.user
        try:
            made = set_team_goals(person, desk.team.ref, seen.look.standard, form.given())
        except Invalid as error:
            fill_errors(form, error)
        else:
            text = ngettext("%(number)s goal is set.", "%(number)s goals are set.", len(made))
            messages.success(request, text % {"number": len(made)})
            return redirect("teams:goals", desk.team.ref)
    back = f"{reverse('teams:models', args=[desk.team.ref])}?{seen.look.query}"
    team = Crumb(desk.team.name, reverse("teams:team", args=[desk.team.ref]))
    name = beside.model.name[language()]
    context = {
        "team": desk.team,
        "name": name,
        "form": form,
        "groups": form.shown(),
        "sharing": seen.sharing,
        "back": back,
        "crumbs": desk.crumbs(team, Crumb(_("Team models"), back), Crumb(name)),
    }
    return render(request, "teams/start.html", context, status=422 if form.errors else 200)


def _beside(seen: Seen, code: str) -> BesideModel:
    """Return the team beside a model. Raises NotFound where the standard knows no such model."""
    given, standard = load_team_models(), seen.look.standard
    model = next((one for one in given.models if one.code == code), None)
    if model is None or given.framework != Reference(standard.identifier, standard.version):
        raise NotFound
    return beside_model(seen.look.framework, model, seen.look.profiles, seen.members, seen.look.layer)


def _groups(framework: Framework, beside: BesideModel) -> list[Group]:
    """Return all that a model asks by cluster, no more together than one goal can hold."""
    asked = {line.ask.code for part in beside.parts for line in part.coverage.lines}
    still = frozenset(ask.code for ask in missing(beside))
    ordered = [item.code for item in framework.items if item.code in asked]
    return [
        Group(group.name, codes, still & frozenset(codes))
        for group in unit_groups(framework, ordered)
        for codes in _parts([unit.code for unit in group.units])
    ]


def _parts(codes: Collection[str]) -> list[tuple[str, ...]]:
    whole = tuple(codes)
    return [whole[at : at + MOST_UNITS] for at in range(0, len(whole), MOST_UNITS)]
