"""What would be enough: the rule with one's own word or the judgement, and what follows when it is changed.

A question of the candidate's own. Nothing is kept: all of it stands in the address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.assessment.explain import explain
from bekwaam.domain.assessment.whatif import WhatIf, what_if
from bekwaam.domain.assessment.whatif_words import tell_what_if
from bekwaam.domain.growth.rating import NO_STAGE, shown_by
from bekwaam.domain.procedures.scope import Purpose, Scope, judged_units
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.rule_text import rule_sentence
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.frameworks.versions import find_version, framework_of
from bekwaam.services.growth.reads import JudgedPicture, judged_pictures, newest_round
from bekwaam.web.growth.presenting import drawn
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.units import Unit, unit_groups

OWN: Final = "zelf"
JUDGED: Final = "oordeel"
NOTHING: Final = "niets"
_UNIT: Final = "s-"

Stages = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Start:
    """What one starts from: one's own word, what was judged, or nothing."""

    key: str
    label: str
    stages: Stages


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that could be shown of a unit."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A unit with what could be shown of it. ``before`` is what it started from, where that was changed.

    ``asked`` is the stage that it is short of; empty where it is not.
    """

    unit: Unit
    name: str
    options: tuple[Option, ...]
    before: str
    asked: str


@login_required
@require_safe
def own(request: HttpRequest, identifier: str, version: str) -> HttpResponse:
    """Show what would be enough on a standard, for oneself and outside any procedure. Five queries."""
    person: Any = request.user
    standard = find_version(identifier, version)
    framework = framework_of(standard)
    if framework.rule is None:
        raise NotFound
    starts = _starts(framework, newest_round(person, standard), judged_pictures(person, standard)[-1:])
    growth = reverse("growth:rounds")
    way = [Crumb(_("My work"), reverse("home")), Crumb(_("Self-assessment"), growth), Crumb(_("What if?"))]
    context = _context(request.GET, framework, starts, way)
    return render(request, "growth/what_if.html", {**context, "mine": True})


@require_safe
@on_procedure(Action.SEE_PROCEDURE)
def in_procedure(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the same in a procedure: to its candidate, and to the guide once the outcome is there."""
    if not case.may(Action.TRY_OUTCOME) and not case.may(Action.TRY_JUDGED_OUTCOME):
        raise Refused(case.standing.may(Action.TRY_JUDGED_OUTCOME))
    procedure = case.procedure
    judged: tuple[JudgedPicture, ...] = ()
    if case.may(Action.TRY_JUDGED_OUTCOME):
        known = judged_pictures(procedure.candidate, procedure.standard)
        judged = tuple(picture for picture in known if picture.number == procedure.number)
    mine = Role.CANDIDATE in case.standing.roles
    round_ = newest_round(procedure.candidate, procedure.standard) if mine else None
    way = [
        Crumb(_("My work"), reverse("home")),
        Crumb(_("Dossier"), reverse("portfolio:dossier", args=[procedure.ref])),
        Crumb(_("What if?")),
    ]
    context = _context(request.GET, case.framework, _starts(case.framework, round_, judged), way)
    return render(request, "growth/what_if.html", {**context, "case": case, "mine": mine})


def _starts(framework: Framework, round_: Any, judged: tuple[JudgedPicture, ...]) -> list[Start]:
    """Return what one can start from, the first by default: what was judged, one's own word, or nothing."""
    found = [
        Start(JUDGED, _("what assessors judged on %(date)s") % {"date": _day(one.at)}, one.stages)
        for one in judged
    ]
    if round_ is not None:
        since = round_.head.finished_at or round_.head.started_at
        label = _("how you saw yourself on %(date)s") % {"date": _day(since)}
        found.append(Start(OWN, label, shown_by(framework, round_.values)))
    return [*found, Start(NOTHING, _("nothing yet"), {})]


def _day(moment: Any) -> str:
    return date_format(moment, "j F Y")


def _context(given: QueryDict, framework: Framework, starts: list[Start], way: list[Crumb]) -> dict[str, Any]:
    start = next((one for one in starts if one.key == given.get("van")), starts[0])
    codes = judged_units(framework, Scope(Purpose.RECOGNITION))
    before = {code: start.stages.get(code) for code in codes}
    shown = {code: _chosen(framework, code, given.get(f"{_UNIT}{code}"), before[code]) for code in codes}
    assert framework.rule is not None  # noqa: S101 - both views have seen to it
    told = what_if(framework, framework.rule, shown)
    changed = sum(shown[code] != before[code] for code in codes)
    return {
        "title": framework.title[language()],
        "rule": rule_sentence(framework, framework.rule, language()),
        "start": start,
        "starts": [(one, f"?{urlencode({'van': one.key})}") for one in starts],
        "told": told,
        "lines": explain(framework, told.outcome, language(), codes=False),
        "enough": tell_what_if(framework, told, language()),
        "changed": changed,
        "groups": _groups(framework, codes, shown, before, told),
        "wheel": drawn(
            framework,
            {code: stage or NO_STAGE for code, stage in shown.items() if stage or code in start.stages},
            prefix="whatif",
            title=_("What if?"),
        ),
        "crumbs": way,
    }


def _chosen(framework: Framework, code: str, value: str | None, otherwise: str | None) -> str | None:
    """Return the stage that was chosen for a unit; what cannot be shown of it changes nothing."""
    if value == NO_STAGE:
        return None
    return value if value in _possible(framework, code) else otherwise


def _possible(framework: Framework, code: str) -> tuple[str, ...]:
    own = framework.by_code[code].stage
    return (own,) if own else tuple(stage.code for stage in framework.stages)


def _groups(
    framework: Framework, codes: tuple[str, ...], shown: Stages, before: Stages, told: WhatIf
) -> list[tuple[Any, list[Row]]]:
    short = {entry.unit: entry.asked for entry in told.outcome.all_short()}
    if len({*short.values()}) == 1:  # the same of all: the sentence above says so already
        short = {}
    return [
        (group, [_row(framework, unit, shown[unit.code], before[unit.code], short) for unit in group.units])
        for group in unit_groups(framework, codes)
    ]


def _row(framework: Framework, unit: Unit, now: str | None, before: str | None, short: Stages) -> Row:
    possible = _possible(framework, unit.code)
    options = [Option(NO_STAGE, _("not yet"), now is None)]
    options += [Option(code, _label(framework, unit.code, code), code == now) for code in possible]
    asked = short.get(unit.code)
    return Row(
        unit=unit,
        name=f"{_UNIT}{unit.code}",
        options=tuple(options),
        before="" if now == before else _label(framework, unit.code, before),
        asked=framework.stage_by_code[asked].title[language()] if asked else "",
    )


def _label(framework: Framework, unit: str, stage: str | None) -> str:
    if stage is None:
        return _("not yet")
    if framework.by_code[unit].stage:
        return _("shown")
    return framework.stage_by_code[stage].title[language()]
