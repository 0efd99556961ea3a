"""Puts the outcome into the values that its page shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.explain import explain, explain_missing, explain_short
from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES
from bekwaam.domain.assessment.rules import Outcome
from bekwaam.domain.procedures.scope import outcome_units
from bekwaam.domain.procedures.states import State
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.model import Framework, Item
from bekwaam.frameworks.wheel import group_of, wheel
from bekwaam.services.certificates.reads import AgreedFinal, OutcomeRead
from bekwaam.web.shared.case import Case
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.way import steps


@dataclass(frozen=True, slots=True)
class RuleNode:
    """One part of the rule with its sentence, what is below, and what fell short in it.

    Of each that fell short: the sentence, the advice, and where it was taken over from."""

    met: bool
    text: str
    short: tuple[tuple[str, str, str], ...]
    parts: tuple[RuleNode, ...]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One judged unit with its final judgement (None while there is none)."""

    code: str
    name: str
    group: str
    rings: int
    stage: str
    short: bool
    final: AgreedFinal | None
    basis: tuple[str, ...]
    instruments: tuple[str, ...]
    origin: str = ""
    lower: bool = False


def crumbs(case: Case) -> list[Crumb]:
    """Return the way back: to the dossier for whose it is, to the procedure's page for the others."""
    ref = case.procedure.ref
    if case.may(Action.SEE_PORTFOLIO):
        back = Crumb(_("Dossier"), reverse("portfolio:dossier", args=[ref]))
    elif case.may(Action.SEE_BOTH_JUDGEMENTS):
        back = Crumb(_("Final judgements"), reverse("assessment:finals", args=[ref]))
    else:
        back = Crumb(case.procedure.number, reverse("procedures:procedure", args=[ref]))
    return [Crumb(_("My work"), reverse("home")), back, Crumb(_("Outcome"))]


def present(case: Case, read: OutcomeRead, language: str) -> dict[str, Any]:
    """Return what the outcome page shows."""
    framework = case.framework
    units = [_unit(framework, read, framework.by_code[code], language) for code in _codes(case)]
    drawn = wheel(framework, read.stages, language=language, centre=_centre(read))
    return {
        "read": read,
        "steps": steps(State(case.procedure.state)),
        "standard": framework.title[language],
        "count": _count(framework, read.outcome, language),
        "rule": _node(framework, read, read.outcome, language),
        "missing": [explain_missing(framework, entry, language) for entry in read.missing],
        "wheel": mark_safe(drawn.svg(prefix="outcome")),  # noqa: S308 - drawn by us, names escaped
        "table": drawn.table(),
        "groups": list(_grouped(framework, units, language)),
        "taken_over": _taken_over(read),
        "sessions": [(session, _(INSTRUMENT_NAMES[session.kind])) for session in read.sessions],
    }


def _codes(case: Case) -> tuple[str, ...]:
    return outcome_units(case.framework, case.procedure.scope)


def _centre(read: OutcomeRead) -> tuple[str, ...]:
    if read.outcome.parts:
        return ()
    said = {"total": read.outcome.total, "needed": read.outcome.needed}
    return (str(read.outcome.counted), _("of %(total)s · %(needed)s needed") % said)


def _count(framework: Framework, outcome: Outcome, language: str) -> str:
    """Return what follows on the large number of a rule that counts; empty for other rules."""
    if outcome.kind != "count":
        return ""
    said = {
        "total": outcome.total,
        "kind": kind_name(outcome.unit_kind, language),
        "needed": outcome.needed,
    }
    if outcome.stage is None:
        return _("of the %(total)s %(kind)s shown; %(needed)s are needed.") % said
    stage = framework.stage_by_code[outcome.stage].title[language]
    text = _("of the %(total)s %(kind)s shown at %(stage)s or higher; %(needed)s are needed.")
    return text % {**said, "stage": stage}


def _node(framework: Framework, read: OutcomeRead, outcome: Outcome, language: str) -> RuleNode:
    whole = explain(framework, outcome, language)[0]
    advice = {unit: final.recommendation for unit, final in read.finals.items()}
    origins = {unit: _origin(final) for unit, final in read.finals.items()}
    return RuleNode(
        met=whole.met,
        text=whole.text,
        short=tuple(
            (
                explain_short(framework, entry, language),
                advice.get(entry.unit, ""),
                origins.get(entry.unit, ""),
            )
            for entry in outcome.short
        ),
        parts=tuple(_node(framework, read, part, language) for part in outcome.parts),
    )


def _unit(framework: Framework, read: OutcomeRead, item: Item, language: str) -> UnitLine:
    final = read.finals.get(item.code)
    stage = framework.stage_by_code.get(final.finding.stage or "") if final else None
    short = {entry.unit for entry in read.outcome.all_short()}
    group = group_of(framework, item)
    return UnitLine(
        code=item.code,
        name=item.name(language),
        group=group.code if group else "",
        rings=framework.stages.index(stage) + 1 if stage else 0,
        stage=stage.title[language] if stage else "",
        short=item.code in short,
        final=final,
        basis=tuple(_basis(read, final)) if final else (),
        instruments=tuple(_(INSTRUMENT_NAMES[kind]) for kind in final.finding.instruments) if final else (),
        origin=_origin(final),
        lower=final.lower if final else False,
    )


def _origin(final: AgreedFinal | None) -> str:
    """Return where a finding was taken over from, as a sentence; empty for one of this procedure."""
    if final is None or final.carried is None:
        return ""
    origin = final.carried.origin
    said = {"procedure": origin.procedure, "date": date_format(origin.decided_on, "j F Y")}
    if not origin.certificate:
        return _("Taken over from procedure %(procedure)s, %(date)s.") % said
    said["number"] = origin.certificate
    return _("Taken over from procedure %(procedure)s, %(date)s, certificate %(number)s.") % said


def _taken_over(read: OutcomeRead) -> int:
    return sum(final.carried is not None for final in read.finals.values())


def _basis(read: OutcomeRead, final: AgreedFinal) -> Iterator[str]:
    if final.carried is not None:
        yield from (piece.title for piece in final.carried.pieces)
        for held in final.carried.sessions:
            if held.ref in final.finding.evidence:
                yield f"{_(INSTRUMENT_NAMES[held.kind])}, {date_format(held.held_on, 'j F Y')}"
        return
    sessions = {session.ref: session for session in read.sessions}
    for ref in dict.fromkeys(read.newest.get(ref, ref) for ref in final.finding.evidence):
        if ref in read.pieces:
            yield read.pieces[ref]
        elif ref in sessions:
            session = sessions[ref]
            yield f"{_(INSTRUMENT_NAMES[session.kind])}, {date_format(session.held_on, 'j F Y')}"


def _grouped(
    framework: Framework, units: list[UnitLine], language: str
) -> Iterator[tuple[str, str, list[UnitLine]]]:
    """Yield the units by cluster: number, name and units; life domains, which lie in none, last."""
    found: dict[str, list[UnitLine]] = {}
    for unit in units:
        found.setdefault(unit.group, []).append(unit)
    for code, below in sorted(found.items(), key=lambda entry: entry[0] == ""):
        yield code, framework.by_code[code].name(language) if code else _("Life domains"), below
