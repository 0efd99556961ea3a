"""The final judgements: both judgements side by side, proposals, agreement and dissent."""

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
from bekwaam.domain.assessment.asked import related_codes
from bekwaam.domain.assessment.decision import MissingKind, missing
from bekwaam.domain.assessment.explain import explain_missing
from bekwaam.domain.assessment.findings import LEG_NAMES
from bekwaam.services.assessment.comparing import Comparison, Status, UnitComparison, compare
from bekwaam.services.assessment.consensus import (
    NO_PROPOSAL,
    agree_final,
    agree_to_all,
    propose_final,
    propose_where_agreed,
)
from bekwaam.services.assessment.jottings import checks_of_all
from bekwaam.services.assessment.reads import HandedIn, Sessions, handed_in_about, sessions_of
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid
from bekwaam.web.assessment import aside, desk
from bekwaam.web.assessment.forms import AgreeForm, FinalForm
from bekwaam.web.assessment.presenting import Mark, Stage, finding_view, groups, session_views, stage, strip
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import initial_from_draft
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.units import Unit

_KEY = re.compile(r"[0-9]{1,18}")
_NEEDS_YOU = (Status.NONE, Status.WAITS_FOR_YOU)


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in the overview of final judgements."""

    unit: Unit
    stages: tuple[tuple[str, Stage], ...]
    differs: bool
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
        "differing": [row for row in rows if row.differs],
        "same": [row for row in rows if not row.differs],
        "agreed": sum(row.status == Status.AGREED for row in rows),
        "rows": rows,
        "may_agree": may_agree,
        "to_propose": sum(not row.differs and row.status == Status.NONE for row in rows) if may_agree else 0,
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
                        (a.name, stage(case.framework, by_assessor.get(a))) for a in comparison.assessors
                    ),
                    differs=entry.differs,
                    status=comparison.status(unit.code, person).value,
                    final=stage(case.framework, standing.finding.stage) if standing else None,
                    by=standing.proposed_by.name if standing else "",
                    lacks=_lacks(entry),
                )
            )
    return found


def _lacks(entry: UnitComparison) -> str:
    """Return which legs the standing proposal still lacks, in words."""
    legs = entry.standing.finding.missing_legs() if entry.standing else ()
    return ", ".join(_(LEG_NAMES[leg]) for leg in legs)


def _to_agree(comparison: Comparison, rows: list[Row]) -> list[int]:
    """Return the proposals that wait for the visitor and say what every assessor had found already."""
    waiting = [comparison.on(row.unit.code) for row in rows if row.status == Status.WAITS_FOR_YOU]
    return [entry.standing.key for entry in waiting if entry.standing and entry.in_line()]


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


@on_procedure(Action.SEE_BOTH_JUDGEMENTS)
def final(request: HttpRequest, case: Case, code: str) -> HttpResponse:
    """Show both judgements on one unit; propose the final one, or agree to what was proposed."""
    desk.insist_unit(case, code)
    person: Any = request.user
    if request.method == "POST" and request.POST.get("do") == "agree":
        agree_form = AgreeForm(request.POST)
        if agree_form.is_valid() and _agreed(case, person, agree_form):
            drop_draft(person, _draft_key(case, code))
            return _on_from(request, case, code, _("You agreed to the final judgement on %(code)s."))
        return _page(request, case, code, None, agree_form)
    if request.method == "POST":
        form = FinalForm(request.POST)
        if form.is_valid() and _proposed(case, person, code, form):
            drop_draft(person, _draft_key(case, code))
            return _on_from(request, case, code, _("Your proposal for %(code)s is made."))
        return _page(request, case, code, form, None)
    return _page(request, case, code, None, None)


def _agreed(case: Case, person: Any, form: AgreeForm) -> bool:
    try:
        agree_final(person, case.procedure, form.cleaned_data["final"], form.cleaned_data["dissent"])
    except Invalid as error:
        fill_errors(form, error)
        return False
    return True


def _proposed(case: Case, person: Any, code: str, form: FinalForm) -> bool:
    data = form.cleaned_data
    try:
        propose_final(
            person,
            case.procedure,
            code,
            form.given(),
            recommendation=data["recommendation"],
            dissent=data["dissent"],
            seen=data["seen"] or NO_PROPOSAL,
        )
    except Invalid as error:
        fill_errors(form, error)
        return False
    return True


def _draft_key(case: Case, code: str) -> str:
    return f"final:{case.procedure.ref}:{code}"


def _page(
    request: HttpRequest, case: Case, code: str, form: FinalForm | None, agree_form: AgreeForm | None
) -> HttpResponse:
    person: Any = request.user
    portfolio = handed_in_about(case.procedure, related_codes(case.framework, code))
    sessions = sessions_of(case.procedure)
    comparison = compare(case.procedure)
    entry, status = comparison.on(code), comparison.status(code, person.pk)
    named = desk.titles(portfolio, sessions)
    sides = [
        (opinion, finding_view(case.framework, opinion.finding, named, sessions))
        for opinion in entry.opinions
    ]
    context = {
        "case": case,
        **desk.unit_context(case, code),
        "entry": entry,
        "sides": sorted(sides, key=lambda side: side[0].assessor.key != person.pk),
        "alone": len(comparison.assessors) == 1,
        "proposals": [
            (made, finding_view(case.framework, made.finding, named, sessions))
            for made in ((entry.standing,) if entry.standing else ()) + entry.earlier[::-1]
        ],
        "status": status.value,
        "waiting_for": [
            a.name for a in comparison.assessors if entry.standing and not entry.standing.agreed_by(a.key)
        ],
        "lacks": _lacks(entry),
        "pieces": aside.with_all_checks(
            desk.piece_views(case, code, _used(case, code, portfolio, entry)), checks_of_all(portfolio.key)
        ),
        "strip": _strip(case, code, comparison, person.pk),
        "may_agree": case.may(Action.AGREE_FINAL),
        "crumbs": desk.crumbs(case, _finals_crumb(case), Crumb(code)),
    }
    if case.may(Action.AGREE_FINAL):
        context |= _forms(request, case, code, entry, portfolio, sessions, form, agree_form)
    wrong = (form is not None and form.errors) or (agree_form is not None and agree_form.errors)
    return render(request, "assessment/final.html", context, status=422 if wrong else 200)


def _finals_crumb(case: Case) -> Crumb:
    label = _("%(name)s: final judgements") % {"name": case.procedure.candidate.name}
    return Crumb(label, reverse("assessment:finals", args=[case.procedure.ref]))


def _forms(
    request: HttpRequest,
    case: Case,
    code: str,
    entry: UnitComparison,
    portfolio: HandedIn,
    sessions: Sessions,
    form: FinalForm | None,
    agree_form: AgreeForm | None,
) -> dict[str, Any]:
    """Return both forms, empty ones prefilled; a form with faults keeps what was typed.

    A form that comes back always names the proposal that stands now, for that is the one on the page.
    """
    standing = entry.standing.key if entry.standing else NO_PROPOSAL
    if form is None:
        form = FinalForm(initial=_initial(request, case, code, entry, portfolio, sessions))
    if agree_form is None:
        agree_form = AgreeForm()
    return {
        "form": form,
        "agree_form": agree_form,
        "seen": standing,
        "draft_key": _draft_key(case, code),
        "stages": desk.stage_options(case, code, form["stage"].value() or ""),
        "basis": desk.basis_options(case, code, portfolio, sessions, form["basis"].value() or []),
    }


def _initial(
    request: HttpRequest,
    case: Case,
    code: str,
    entry: UnitComparison,
    portfolio: HandedIn,
    sessions: Sessions,
) -> dict[str, Any]:
    """Return what to start a proposal with: what was being typed, the standing one, or one's own finding."""
    draft = initial_from_draft(FinalForm, request, _draft_key(case, code))
    if draft:
        return draft
    if entry.standing:
        prefilled = desk.prefilled(entry.standing.finding, portfolio, sessions)
        return {**prefilled, "recommendation": entry.standing.recommendation}
    person: Any = request.user
    own = entry.opinion_of(person.pk)
    return desk.prefilled(own.finding if own else None, portfolio, sessions)


def _used(case: Case, code: str, portfolio: HandedIn, entry: UnitComparison) -> list[Any]:
    """Return the pieces that bear on a unit: tied to it, or named in any judgement or proposal on it."""
    findings = [opinion.finding for opinion in entry.opinions]
    if entry.standing:
        findings.append(entry.standing.finding)
    named = {ref for finding in findings for ref in finding.evidence}
    tied, others = desk.tied_and_others(case, code, portfolio)
    return [*tied, *(piece for piece in others if piece.ref in named)]


def _strip(case: Case, code: str, comparison: Comparison, person: int) -> Any:
    said = {
        Status.NONE: _("no proposal yet"),
        Status.WAITS_FOR_YOU: _("waits for you"),
        Status.WAITS_FOR_OTHERS: _("waits for the other"),
        Status.AGREED: _("agreed"),
    }

    def mark(unit: Unit) -> Mark:
        url = reverse("assessment:final", args=[case.procedure.ref, unit.code])
        status = comparison.status(unit.code, person)
        state = "done" if status is Status.AGREED else "todo"
        return Mark(unit, url, state, said[status], unit.code == code)

    return strip(groups(case.framework, desk.units_of(case)), mark, code)


def _on_from(request: HttpRequest, case: Case, code: str, text: str) -> HttpResponse:
    """Go on to the next unit that needs this assessor, or back to the overview."""
    person: Any = request.user
    messages.success(request, text % {"code": code})
    comparison, units = compare(case.procedure), desk.units_of(case)
    waiting = [unit for unit in units if comparison.status(unit, person.pk) in _NEEDS_YOU]
    following = desk.next_in(units, waiting, code)
    if following is None:
        return redirect("assessment:finals", ref=case.procedure.ref)
    return redirect("assessment:final", ref=case.procedure.ref, code=following)
