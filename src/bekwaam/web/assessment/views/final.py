"""The final judgement on one unit: each side, proposals, agreement, dissent, and when they cannot agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.asked import related_codes
from bekwaam.services.assessment.comparing import Comparison, Status, UnitComparison, compare
from bekwaam.services.assessment.consensus import (
    NO_PROPOSAL,
    agree_final,
    propose_final,
)
from bekwaam.services.assessment.disputes import cannot_agree, dissent_from
from bekwaam.services.assessment.jottings import checks_of_all
from bekwaam.services.assessment.reads import HandedIn, Sessions, handed_in_about, sessions_of
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid, Refused
from bekwaam.web.assessment import aside, desk
from bekwaam.web.assessment.forms import AgainstForm, AgreeForm, FinalForm, StuckForm
from bekwaam.web.assessment.presenting import Mark, finding_view, groups, lacks, strip
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import initial_from_draft
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.units import Unit

_NEEDS_YOU = (Status.NONE, Status.WAITS_FOR_YOU)


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
    if request.method == "POST" and request.POST.get("do") in _APART:
        return _apart(request, case, code)
    if request.method == "POST":
        form = FinalForm(request.POST)
        if form.is_valid() and _proposed(case, person, code, form):
            drop_draft(person, _draft_key(case, code))
            return _on_from(request, case, code, _("Your proposal for %(code)s is made."))
        return _page(request, case, code, form, None)
    return _page(request, case, code, None, None)


def _apart(request: HttpRequest, case: Case, code: str) -> HttpResponse:
    """Say that they cannot agree, or put on record that one does not agree where two of three settle it."""
    person: Any = request.user
    stuck = request.POST.get("do") == "stuck"
    form = StuckForm(request.POST) if stuck else AgainstForm(request.POST)
    if form.is_valid():
        try:
            if stuck:
                cannot_agree(person, case.procedure, code, form.cleaned_data["reason"])
            else:
                dissent_from(person, case.procedure, form.cleaned_data["final"], form.cleaned_data["dissent"])
        except Invalid as error:
            fill_errors(form, error)
        except Refused as error:
            form.add_error(None, error.verdict.text(language()))
        else:
            return _on_from(request, case, code, _APART[request.POST["do"]]())
    return _page(request, case, code, None, None, form)


_APART: Final[dict[str, Callable[[], str]]] = {
    "stuck": lambda: _("It is on record that you cannot agree on %(code)s."),
    "against": lambda: _("Your differing view on %(code)s is on record."),
}


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
    request: HttpRequest,
    case: Case,
    code: str,
    form: FinalForm | None,
    agree_form: AgreeForm | None,
    apart: StuckForm | AgainstForm | None = None,
) -> HttpResponse:
    person: Any = request.user
    codes, drafted = related_codes(case.framework, code), (person, _draft_key(case, code))
    portfolio = handed_in_about(case.procedure, codes, drafted)
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
        "waiting_for": comparison.waiting_for(code),
        "former": [
            (opinion, finding_view(case.framework, opinion.finding, named, sessions))
            for opinion in entry.former
        ],
        "by_majority": comparison.panel.by_majority(code),
        "wants_third": comparison.panel.wants_third,
        "apart": apart,
        "lacks": lacks(entry),
        "pieces": aside.with_all_checks(
            desk.piece_views(case, code, _used(case, code, portfolio, entry)),
            checks_of_all(portfolio.key, comparison.panel.ready),
        ),
        "strip": _strip(case, code, comparison, person.pk),
        "may_agree": case.may(Action.AGREE_FINAL),
        "crumbs": desk.crumbs(case, _finals_crumb(case), Crumb(code)),
    }
    if case.may(Action.AGREE_FINAL):
        if status is not Status.WAITS_FOR_JUDGING:
            context |= _forms(request, case, code, entry, portfolio, sessions, form, agree_form)
        context |= _apart_forms(comparison, code, status, apart)
    wrong = any(one is not None and one.errors for one in (form, agree_form, apart))
    return render(request, "assessment/final.html", context, status=422 if wrong else 200)


def _apart_forms(
    comparison: Comparison, code: str, status: Status, apart: StuckForm | AgainstForm | None
) -> dict[str, Any]:
    """Return the forms for when they cannot agree, each only where it can be used."""
    entry, found = comparison.on(code), {}
    open_still = status not in (Status.AGREED, Status.WAITS_FOR_JUDGING)
    if open_still and entry.dispute is None and len(comparison.panel.judges) > 1:
        found["stuck_form"] = apart if isinstance(apart, StuckForm) else StuckForm()
    if status is Status.WAITS_FOR_YOU and comparison.panel.by_majority(code):
        found["against_form"] = apart if isinstance(apart, AgainstForm) else AgainstForm()
    return found


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
    draft = portfolio.has_draft and initial_from_draft(FinalForm, request, _draft_key(case, code))
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
        Status.WAITS_FOR_JUDGING: _("somebody is still judging"),
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
