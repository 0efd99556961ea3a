"""The sheet of questions for an interview, from what an assessor has still open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.asked import related_codes
from bekwaam.domain.assessment.questions import FOLLOW_UPS, WHY_NAMES, OpenUnit, open_units
from bekwaam.domain.assessment.questions import questions as questions_about
from bekwaam.domain.portfolio.coverage import Counted, Usual, coverage
from bekwaam.domain.portfolio.kinds import KINDS
from bekwaam.services import clock
from bekwaam.services.assessment.reads import HandedIn, handed_in, own_judgements
from bekwaam.web.assessment.desk import candidate_crumb, crumbs, units_of
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.crumbs import Crumb


@on_procedure(Action.SEE_QUESTIONS)
def questions(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the questions, to print: of all that is open, or of the parts that were chosen."""
    person: Any = request.user
    own = {unit: judged.finding for unit, judged in own_judgements(case.procedure, person).items()}
    found = open_units(case.framework, units_of(case), own, _thin(case, handed_in(case.procedure)))
    chosen = set(request.GET.getlist("deel"))
    shown = [unit for unit in found if not chosen or unit.code in chosen]
    context = {
        "case": case,
        "choices": [(unit.code, _name(case, unit.code), unit in shown) for unit in found],
        "units": [_unit(case, unit, at) for at, unit in enumerate(shown)],
        "follow_ups": [_(text) for text in FOLLOW_UPS],
        "crumbs": crumbs(case, candidate_crumb(case), Crumb(_("Questions for the interview"))),
        "today": clock.today(),
    }
    return render(request, "assessment/questions.html", context)


def _thin(case: Case, portfolio: HandedIn) -> set[str]:
    """Return the units with less evidence than the provider usually asks."""
    pieces = [
        Counted(
            ref=piece.ref,
            codes=frozenset(piece.ties),
            kind=piece.kind,
            dated_on=piece.dated_on,
            until=piece.until,
            spans=KINDS[piece.kind].spans,
            contexts=piece.contexts,
            context=piece.context,
        )
        for piece in portfolio.pieces
    ]
    provider = case.procedure.provider
    usual = Usual(provider.usual_years, provider.usual_pieces, provider.usual_contexts)
    bearing = {code: related_codes(case.framework, code) for code in units_of(case)}
    counted = coverage(bearing, pieces, usual, clock.today())
    return {*counted.gaps, *counted.thin}


def _unit(case: Case, unit: OpenUnit, at: int) -> dict[str, Any]:
    asked = [
        _(question.message).format(indicator=_text(case, question.code).rstrip("."))
        for question in questions_about(unit, at)
    ]
    return {
        "code": unit.code,
        "name": _name(case, unit.code),
        "why": "; ".join(_(WHY_NAMES[why]) for why in unit.why),
        "questions": asked,
    }


def _name(case: Case, code: str) -> str:
    return case.framework.by_code[code].name(language())


def _text(case: Case, code: str) -> str:
    item = case.framework.by_code[code]
    return item.text[language()] if item.text else item.name(language())
