"""The overview of final judgements: what differs first, and how far each is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.decision import MissingKind, missing
from bekwaam.domain.assessment.explain import explain_missing
from bekwaam.services.assessment.comparing import Comparison, Status, compare
from bekwaam.services.assessment.consensus import (
    agree_to_all,
    propose_where_agreed,
)
from bekwaam.services.assessment.reads import Sessions, sessions_of
from bekwaam.web.assessment import desk
from bekwaam.web.assessment.presenting import Stage, groups, lacks, session_views, stage
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.units import Unit

_KEY = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in the overview of final judgements."""

    unit: Unit
    stages: tuple[tuple[str, Stage | None], ...]
    differs: bool
    disputed: bool
    status: str
    final: Stage | None
    by: str
    lacks: str


@on_procedure(Action.SEE_BOTH_JUDGEMENTS)
def finals(request: HttpRequest, case: Case) -> HttpResponse:
    """Show all units with both judgements, what differs first, and how far the final judgement is."""
    person: Any = request.user
    if request.method == "POST":
        return _in_one_go(request, case)
    comparison, sessions = compare(case.procedure), sessions_of(case.procedure)
    rows = _rows(case, comparison, person.pk)
    may_agree = case.may(Action.AGREE_FINAL)
    unsettled, lacking = _missing(case, comparison, sessions)
    context = {
        "case": case,
        "assessors": comparison.assessors,
        "alone": len(comparison.assessors) == 1,
        "disputed": [row for row in rows if row.disputed],
        "differing": [row for row in rows if row.differs and not row.disputed],
        "same": [row for row in rows if not row.differs and not row.disputed],
        "differ": sum(row.differs for row in rows),
        "waits_for_judging": any(row.status == Status.WAITS_FOR_JUDGING for row in rows),
        "wants_third": comparison.panel.wants_third,
        "third_only": case.standing.third,
        "agreed": sum(row.status == Status.AGREED for row in rows),
        "rows": rows,
        "may_agree": may_agree,
        "to_propose": sum(_is_plain(row) for row in rows) if may_agree else 0,
        "to_agree": _to_agree(comparison, rows) if may_agree else [],
        "unsettled": unsettled,
        "lacking": lacking,
        "complete": not unsettled and not lacking,
        "sessions": session_views(sessions),
        "may_record": desk.may_change(case),
        "may_see_outcome": case.may(Action.PREPARE_OUTCOME) or case.may(Action.SEE_OUTCOME),
        "crumbs": desk.crumbs(case, desk.candidate_crumb(case), Crumb(_("Final judgements"))),
    }
    return render(request, "assessment/finals.html", context)


def _in_one_go(request: HttpRequest, case: Case) -> HttpResponse:
    """Propose or agree for many units at once: only those on which all gave the same stage."""
    person: Any = request.user
    if request.POST.get("do") == "propose":
        number = propose_where_agreed(person, case.procedure)
        text = ngettext("%(number)s proposal made.", "%(number)s proposals made.", number)
        messages.success(request, text % {"number": number})
    else:
        named = [int(key) for key in request.POST.getlist("final") if _KEY.fullmatch(key)]
        number = agree_to_all(person, case.procedure, named)
        text = ngettext("Agreed to %(number)s proposal.", "Agreed to %(number)s proposals.", number)
        messages.success(request, text % {"number": number})
        if number < len(named):
            messages.warning(request, _("Some proposals were replaced meanwhile. Look at those again."))
    return redirect("assessment:finals", ref=case.procedure.ref)


def _rows(case: Case, comparison: Comparison, person: int) -> list[Row]:
    found = []
    for group in groups(case.framework, desk.units_of(case)):
        for unit in group.units:
            entry = comparison.on(unit.code)
            standing = entry.standing
            by_assessor = {opinion.assessor: opinion.finding.stage for opinion in entry.opinions}
            found.append(
                Row(
                    unit=unit,
                    stages=tuple(
                        (a.name, stage(case.framework, by_assessor[a]) if a in by_assessor else None)
                        for a in comparison.assessors
                    ),
                    differs=entry.differs,
                    disputed=entry.dispute is not None,
                    status=comparison.status(unit.code, person).value,
                    final=stage(case.framework, standing.finding.stage) if standing else None,
                    by=standing.proposed_by.name if standing else "",
                    lacks=lacks(entry),
                )
            )
    return found


def _is_plain(row: Row) -> bool:
    """Tell whether all gave the same stage and nobody proposed anything yet."""
    return not row.differs and not row.disputed and row.status == Status.NONE


def _to_agree(comparison: Comparison, rows: list[Row]) -> list[int]:
    """Return the proposals that wait for the visitor and say what every assessor had found already."""
    waiting = [comparison.on(row.unit.code) for row in rows if row.status == Status.WAITS_FOR_YOU]
    return [e.standing.key for e in waiting if e.standing and e.in_line() and not e.dispute]


def _missing(case: Case, comparison: Comparison, sessions: Sessions) -> tuple[int, list[dict[str, str]]]:
    """Return what still blocks the outcome.

    That is the number of units without a final judgement (the tables show which), and all the rest as
    sentences with where to mend it.
    """
    found = missing(
        desk.units_of(case),
        comparison.agreed_findings(),
        tuple(entry.session for entry in sessions.standing),
        asked=case.way.asked,
    )
    units, ref = set(desk.units_of(case)), case.procedure.ref
    may_record = desk.may_change(case)

    def where(subject: str) -> str:
        if subject in units:
            return reverse("assessment:final", args=[ref, subject])
        if not may_record:
            return ""
        if subject:
            return reverse("assessment:session", args=[ref, subject])
        return reverse("assessment:session_new", args=[ref])

    rest = [entry for entry in found if entry.kind is not MissingKind.FINDING]
    return len(found) - len(rest), [
        {"text": explain_missing(case.framework, entry, language()), "url": where(entry.subject)}
        for entry in rest
    ]
