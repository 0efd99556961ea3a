"""One practice dossier: judging it, and afterwards one's own judgements beside those of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.calibration.agreement import FEWEST_ASSESSORS, Vote, agreement
from bekwaam.domain.calibration.practice import spread
from bekwaam.domain.procedures.scope import stages_to_choose
from bekwaam.services.calibration.practising import SCOPE, judge_practice
from bekwaam.services.calibration.reads import Given, PracticeRead, rank_of, sees_names
from bekwaam.services.calibration.reads import practice as read_practice
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid, insist
from bekwaam.web.calibration.forms import JudgeForm
from bekwaam.web.calibration.presenting import (
    Rung,
    agreement_figure,
    crumbs,
    ladder,
    stage_choices,
    stage_label,
)
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import draft_data
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider


@dataclass(frozen=True, slots=True)
class Said:
    """One judgement on the page; ``who`` is empty where names are not shown."""

    who: str
    stage: str
    rings: int
    evidence: str
    why: str


@dataclass(frozen=True, slots=True)
class UnitView:
    """One unit with one's own judgement, how often each stage was given, and what the others wrote."""

    code: str
    name: str
    own: Said | None
    spread: tuple[tuple[str, int], ...]
    others: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class UnitFields:
    """One unit in the form, with what it asks at each stage."""

    code: str
    name: str
    ladder: tuple[Rung, ...]
    fields: tuple[Any, ...]


@require_safe
@on_provider(Action.SEE_CALIBRATION)
def practice(request: HttpRequest, office: Office, dossier: str) -> HttpResponse:
    """Show a practice dossier with what was given; to who still judges it, what they have to do."""
    person: Any = request.user
    read = read_practice(office.provider, dossier, person, office.standing)
    if read.head.released_at is None:
        return redirect("calibration:prepare", office.provider.ref, dossier)
    names = sees_names(office.standing)
    others_shown = bool(read.comparing) and (names or read.head.done >= FEWEST_ASSESSORS)
    votes = [
        Vote(one.assessor, unit, rank_of(read.framework, one.stage))
        for unit, several in read.given.items()
        for one in several
    ]
    context = {
        "office": office,
        "read": read,
        "units": [_unit_view(read, unit, person.pk, others_shown=others_shown) for unit in read.units],
        "others_shown": others_shown,
        "figure": agreement_figure(agreement(votes)) if read.comparing else None,
        "blind": "" if read.comparing else read.comparing.text(get_language() or "nl"),
        "crumbs": crumbs(office, Crumb(read.head.title)),
    }
    return render(request, "calibration/practice.html", context)


def _unit_view(read: PracticeRead, unit: str, person: int, *, others_shown: bool) -> UnitView:
    given = read.given.get(unit, ())
    labels = {0: _("not shown")} | {s.rank: s.title[language()] for s in read.framework.stages}
    others = [one for one in given if one.assessor != person]
    return UnitView(
        unit,
        read.framework.by_code[unit].name(language()),
        next((_said(read, one) for one in given if one.assessor == person), None),
        spread([rank_of(read.framework, one.stage) for one in others], labels) if others_shown else (),
        # By stage and not by who it was: without names nobody is to be followed from unit to unit.
        tuple(
            _said(read, one)
            for one in sorted(others, key=lambda g: (g.name, rank_of(read.framework, g.stage), g.why))
        )
        if others_shown
        else (),
    )


def _said(read: PracticeRead, one: Given) -> Said:
    titles = {piece.ref: piece.title for piece in read.pieces}
    return Said(
        one.name,
        stage_label(read.framework, one.stage),
        rank_of(read.framework, one.stage),
        ", ".join(titles[ref] for ref in one.evidence),
        one.why,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.JUDGE_PRACTICE)
def judge(request: HttpRequest, office: Office, dossier: str) -> HttpResponse:
    """Judge a practice dossier: all units on one page, kept while typing, sent once."""
    person: Any = request.user
    read = read_practice(office.provider, dossier, person, office.standing)
    insist(read.judging)
    key = f"practice:{dossier}"
    chosen = {
        unit: stage_choices(read.framework, stages_to_choose(read.framework, unit, SCOPE))
        for unit in read.units
    }
    pieces = [(piece.ref, piece.title) for piece in read.pieces]
    form = JudgeForm(request.POST if request.method == "POST" else None, stages=chosen, pieces=pieces)
    if request.method == "POST" and form.is_valid():
        try:
            judge_practice(person, office.provider, dossier, form.given())
        except Invalid as error:
            fill_errors(form, error)
        else:
            drop_draft(person, key)
            messages.success(request, _("Your judgements are in. They stay as they are."))
            return redirect("calibration:practice", office.provider.ref, dossier)
    if not form.is_bound and (kept := draft_data(request, key)) is not None:
        many = JudgeForm.many(form.fields)
        form.initial = {name: kept.getlist(name) if name in many else kept.get(name) for name in kept}
    context = {
        "office": office,
        "read": read,
        "form": form,
        "units": [
            UnitFields(
                unit,
                read.framework.by_code[unit].name(language()),
                ladder(read.framework, unit),
                tuple(form[f"{leg}-{unit}"] for leg in ("stage", "evidence", "why")),
            )
            for unit in read.units
        ],
        "draft_key": key,
        "crumbs": crumbs(
            office,
            Crumb(read.head.title, reverse("calibration:practice", args=[office.provider.ref, dossier])),
            Crumb(_("Judge")),
        ),
    }
    return render(request, "calibration/judge.html", context, status=422 if form.errors else 200)
