"""Figures: practice dossiers over time, and real double judgements, each apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.calibration.agreement import Vote, agreement
from bekwaam.domain.calibration.pairs import Together, all_pairs, per_pair
from bekwaam.domain.calibration.severity import drift, severities
from bekwaam.services.calibration.reads import Rounds, places, practices, rounds
from bekwaam.services.calibration.real import RealVotes, real_votes
from bekwaam.web.calibration.presenting import (
    HEIGHT,
    WIDTH,
    Figure,
    Line,
    agreement_figure,
    crumbs,
    drift_line,
    severity_figure,
)
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.office import Office, on_provider

PAGE = 12
ByUnit = Mapping[tuple[str, str], Sequence[Vote]]


UnitRow = tuple[str, str, Figure, Together]


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """Units with a figure, and those of which it is only said why there is none."""

    shown: list[UnitRow]
    without: list[UnitRow]


@dataclass(frozen=True, slots=True)
class AssessorView:
    """One assessor over all rounds, in the order of time."""

    name: str
    mine: bool
    overall: Figure
    rounds: tuple[tuple[str, Any, Figure | None], ...]
    line: Line | None


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show where one takes part, and what still waits for one's judgement."""
    person: Any = request.user
    context = {"places": places(person), "crumbs": [Crumb(_("Calibration"))]}
    return render(request, "calibration/home.html", context)


@require_safe
@on_provider(Action.SEE_CALIBRATION)
def index(request: HttpRequest, office: Office) -> HttpResponse:
    """Show the practice dossiers, and what comes of all rounds that the visitor may compare."""
    person: Any = request.user
    listed = practices(office.provider, person, office.standing)
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    found = rounds(office.provider, person, office.standing)
    context = {
        "office": office,
        "page": page,
        "heads": list(page),
        "agreements": [
            (one.title, one.closes_on, agreement_figure(agreement(one.votes))) for one in found.rounds
        ],
        "units": _units(found.by_unit, found.unit_names),
        "assessors": _assessors(found, person.pk),
        "may_make": office.may(Action.MAKE_PRACTICE),
        "width": WIDTH,
        "height": HEIGHT,
        "middle": HEIGHT // 2,
        "crumbs": crumbs(office),
    }
    return render(request, "calibration/index.html", context)


def _units(by_unit: ByUnit, names: Mapping[tuple[str, str], Mapping[str, str]]) -> UnitFigures:
    rows = [
        (key[1], names[key][language()], agreement_figure(agreement(votes)), all_pairs(votes))
        for key, votes in by_unit.items()
    ]
    return UnitFigures([row for row in rows if row[2].value], [row for row in rows if not row[2].value])


def _assessors(found: Rounds, person: int) -> list[AssessorView]:
    """Return everybody whom the visitor may see, by name: never in the order of a figure."""
    everything = [vote for one in found.rounds for vote in one.votes]
    overall = severities(everything)
    views = []
    for key, name in sorted(found.names.items(), key=lambda pair: (pair[1], pair[0])):
        each = drift([one.votes for one in found.rounds], key)
        views.append(
            AssessorView(
                name,
                key == person,
                severity_figure(overall[key]),
                tuple(
                    (one.title, one.closes_on, severity_figure(figure) if figure else None)
                    for one, figure in zip(found.rounds, each, strict=True)
                ),
                drift_line([figure.difference if figure else None for figure in each]),
            )
        )
    return views


@require_safe
@on_provider(Action.SEE_CALIBRATION)
def real(request: HttpRequest, office: Office) -> HttpResponse:
    """Show how far assessors agreed in real procedures, before they saw each other's judgements."""
    person: Any = request.user
    found = real_votes(office.provider, person, office.standing)
    context = {
        "office": office,
        "dossiers": found.dossiers,
        "more": found.more,
        "figure": agreement_figure(agreement(found.votes)),
        "together": all_pairs(found.votes),
        "years": [
            (year, agreement_figure(agreement(votes)), all_pairs(votes))
            for year, votes in found.by_year.items()
        ],
        "units": _units(found.by_unit, found.unit_names),
        "pairs": _pairs(found, person.pk),
        "crumbs": crumbs(office, Crumb(_("In real procedures"))),
    }
    return render(request, "calibration/real.html", context)


def _pairs(found: RealVotes, person: int) -> list[tuple[str, Together]]:
    """Return every two by name for the coordinator; for an assessor, themself beside another."""
    rows = []
    for pair, together in per_pair(found.votes).items():
        names = sorted(found.names[key] for key in pair if key in found.names)
        if len(names) == len(pair):
            rows.append((_("%(one)s and %(other)s") % {"one": names[0], "other": names[1]}, together))
        elif person in pair:
            rows.append((_("You and another assessor"), together))
    return sorted(rows, key=lambda row: row[0])
