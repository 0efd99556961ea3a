"""Puts objections into the values that their pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.objections.outcome import ANSWER_NAMES, CHANGE_NAMES, Answer, Change, Difference
from bekwaam.frameworks.model import Framework
from bekwaam.services.objections.reads import ObjectionRead
from bekwaam.web.shared.case import Case, language
from bekwaam.web.shared.crumbs import Crumb

TONES = {
    Answer.UPHELD: "badge--positive",
    Answer.PARTLY: "badge--positive",
    Answer.NOT_UPHELD: "badge--warning",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage for the badge: how many rings are full, and its name."""

    rings: int
    label: str


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One disputed unit, before and now. ``higher`` tells that it went up."""

    name: str
    before: Stage
    after: Stage
    change: str
    higher: bool


@dataclass(frozen=True, slots=True)
class AnswerView:
    """How an objection ended, in words."""

    name: str
    tone: str
    text: str
    by: str
    at: datetime
    alone: bool
    differences: tuple[DifferenceLine, ...]


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """An objection in words."""

    units: tuple[str, ...]
    grounds: str
    filed_at: datetime
    answer_by: date
    overdue: bool
    answered: AnswerView | None


def present(case: Case, read: ObjectionRead) -> ObjectionView:
    """Return an objection as its page shows it."""
    said = read.answered
    return ObjectionView(
        units=tuple(unit_name(case.framework, unit) for unit in read.units),
        grounds=read.grounds,
        filed_at=read.filed_at,
        answer_by=read.answer_by,
        overdue=read.overdue,
        answered=AnswerView(
            name=_(ANSWER_NAMES[said.answer]),
            tone=TONES.get(said.answer, ""),
            text=said.text,
            by=said.by,
            at=said.at,
            alone=said.alone,
            differences=difference_lines(case.framework, said.differences),
        )
        if said
        else None,
    )


def difference_lines(framework: Framework, found: tuple[Difference, ...]) -> tuple[DifferenceLine, ...]:
    """Return the disputed units with the stage before and now."""
    return tuple(
        DifferenceLine(
            unit_name(framework, one.unit),
            stage_of(framework, one.before),
            stage_of(framework, one.after),
            _(CHANGE_NAMES[one.change]),
            one.change is Change.HIGHER,
        )
        for one in found
    )


def unit_name(framework: Framework, code: str) -> str:
    """Return a unit with its number and its name; the number alone for one that is not there any more."""
    item = framework.by_code.get(code)
    return f"{code} {item.name(language())}" if item else code


def stage_of(framework: Framework, code: str | None) -> Stage:
    """Return a stage for the badge; None is *not shown*."""
    stage = framework.stage_by_code.get(code or "")
    if stage is None:
        return Stage(0, _("not shown"))
    return Stage(framework.stages.index(stage) + 1, stage.title[language()])


def crumbs(case: Case, here: str, *, inside: bool = False) -> list[Crumb]:
    """Return the way back: to the outcome for the candidate, to the procedure for who watches over it."""
    ref = case.procedure.ref
    if case.may(Action.SEE_PORTFOLIO):
        way = [
            Crumb(_("My work"), reverse("home")),
            Crumb(_("Outcome"), reverse("certificates:outcome", args=[ref])),
        ]
    else:
        label = f"{case.procedure.number} {case.procedure.candidate.name}"
        way = [Crumb(label, reverse("procedures:procedure", args=[ref]))]
    if inside:
        way.append(Crumb(_("Objection"), reverse("objections:objection", args=[ref])))
    return [*way, Crumb(here)]
