"""Judging: the overview, the screen of one unit, and finishing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action, Condition
from bekwaam.domain.assessment.starters import OBSERVED_STARTERS, WHY_STARTERS
from bekwaam.domain.procedures.states import Need, State
from bekwaam.services.assessment.jottings import Desk, desk_of
from bekwaam.services.assessment.judging import finish_judging, judge, reveal
from bekwaam.services.assessment.reads import (
    HandedIn,
    Judged,
    Piece,
    Sessions,
    draft_key,
    drafted_by,
    handed_in,
    judged_by,
    own_judgements,
    sessions_of,
    what_reveal_needs,
)
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid, insist
from bekwaam.services.signs.pace import open_unit
from bekwaam.services.signs.reads import own_signs_now
from bekwaam.web.assessment import aside, desk
from bekwaam.web.assessment.forms import FindingForm
from bekwaam.web.assessment.presenting import (
    Mark,
    finding_view,
    groups,
    piece_view,
    session_views,
    stage,
    strip,
)
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import initial_from_draft
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.signs import lines, panel
from bekwaam.web.shared.units import Unit


@on_procedure(Action.SEE_SNAPSHOT)
def judging(request: HttpRequest, case: Case) -> HttpResponse:
    """Show what was handed in and, to an assessor, how far they are themselves."""
    person: Any = request.user
    mine = desk.judges_here(case)
    portfolio = handed_in(case.procedure)
    own = own_judgements(case.procedure, person) if mine else {}
    drafts = drafted_by(case.procedure, person) if case.may(Action.JUDGE) else frozenset()
    units = desk.units_of(case)
    ways = {unit: reverse("assessment:judge", args=[case.procedure.ref, unit]) for unit in units}
    context = {
        "case": case,
        "mine": mine,
        "signs": panel(case, request),
        "groups": _overview(case, own, drafts),
        "units": units,
        "done": sum(unit in own for unit in units),
        "minutes": round(sum(judged.seconds or 0 for judged in own.values()) / 60),
        "next": desk.next_in(units, [unit for unit in units if unit not in own], ""),
        "portfolio": portfolio,
        "pieces": [(piece_view(case, piece), _places(piece, ways)) for piece in portfolio.pieces],
        "sessions": session_views(sessions_of(case.procedure)) if desk.sees_sessions(case) else None,
        "may_record": desk.may_change(case),
        "may_ask": case.may(Action.SEE_QUESTIONS),
        "may_judge": case.may(Action.JUDGE),
        "may_compare": case.may(Action.SEE_BOTH_JUDGEMENTS),
        "waiting": mine and case.standing.state is State.JUDGING and not case.may(Action.JUDGE),
        "crumbs": desk.crumbs(case, Crumb(case.procedure.candidate.name)),
        "standard": case.framework.title[language()],
    }
    return render(request, "assessment/judging.html", context)


def _places(piece: Piece, ways: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what a piece is tied to, each with the address of its screen where it is judged here."""
    return [(code, ways.get(code, "")) for code in piece.ties]


def _overview(case: Case, own: Mapping[str, Judged], drafts: frozenset[str]) -> list[dict[str, Any]]:
    """Return the units by group, each with the visitor's own judgement and whether a draft is open."""
    return [
        {
            "group": group,
            "rows": [
                {
                    "unit": unit,
                    "stage": stage(case.framework, own[unit.code].finding.stage)
                    if unit.code in own
                    else None,
                    "draft": unit.code in drafts,
                }
                for unit in group.units
            ],
        }
        for group in groups(case.framework, desk.units_of(case))
    ]


@on_procedure(Action.SEE_SNAPSHOT)
def judge_unit(request: HttpRequest, case: Case, code: str) -> HttpResponse:
    """Show the evidence for one unit beside the form to judge it; save the judgement and go on.

    Whoever reads only (an auditor, the candidate, an assessor who has finished) sees no form.
    """
    desk.insist_unit(case, code)
    person: Any = request.user
    portfolio = handed_in(case.procedure, opened=(person, code))
    sessions = sessions_of(case.procedure)
    own = own_judgements(case.procedure, person) if desk.judges_here(case) else {}
    beside = request.method == "POST" and bool(request.POST.get("do"))
    note_form = aside.note_form(portfolio, request.POST if beside else None)
    if beside:
        if answer := aside.take(request, case, code, note_form):
            return answer
        form = FindingForm(initial=_initial(request, case, code, portfolio, sessions, own))
    elif request.method == "POST":
        form = FindingForm(request.POST)
        form.is_valid()
        try:
            judge(person, case.procedure, code, form.given())
        except Invalid as error:
            fill_errors(form, error)
        else:
            drop_draft(person, draft_key(case.procedure, code))
            return _on_from(request, case, code, {*own, code})
    else:
        # With a draft it was opened before, in what was handed in earlier: how long it took is not known.
        if case.may(Action.JUDGE) and code not in own and not (portfolio.is_open or portfolio.has_draft):
            open_unit(person, portfolio.key, code)
        form = FindingForm(initial=_initial(request, case, code, portfolio, sessions, own))
    mine = desk_of(case.procedure, portfolio.key, person) if desk.judges_here(case) else None
    context = {
        "case": case,
        **desk.unit_context(case, code),
        **_evidence(case, code, portfolio, mine),
        **(aside.context(case, code, portfolio, mine, note_form) if mine else {}),
        "strip": _strip(case, code, own),
        "crumbs": desk.crumbs(case, desk.candidate_crumb(case), Crumb(code)),
        "may_compare": case.may(Action.SEE_BOTH_JUDGEMENTS),
    }
    if case.may(Action.JUDGE):
        context |= _form_context(case, code, form, portfolio, sessions) | {"earlier": own.get(code)}
    elif code in own:
        named = desk.titles(portfolio, sessions)
        context["own"] = finding_view(case.framework, own[code].finding, named, sessions)
    wrong = form.errors or note_form.errors
    return render(request, "assessment/judge.html", context, status=422 if wrong else 200)


def _initial(
    request: HttpRequest,
    case: Case,
    code: str,
    portfolio: HandedIn,
    sessions: Sessions,
    own: Mapping[str, Judged],
) -> dict[str, Any]:
    """Return what to start the form with: what was being typed, or one's earlier judgement."""
    if not case.may(Action.JUDGE):
        return {}
    draft = portfolio.has_draft and initial_from_draft(FindingForm, request, draft_key(case.procedure, code))
    earlier = own[code].finding if code in own else None
    return draft or desk.prefilled(earlier, portfolio, sessions)


def _evidence(case: Case, code: str, portfolio: HandedIn, mine: Desk | None) -> dict[str, Any]:
    tied, others = (
        desk.piece_views(case, code, each) for each in desk.tied_and_others(case, code, portfolio)
    )
    if mine and case.may(Action.JUDGE):
        tied, others = aside.with_checks(tied, mine), aside.with_checks(others, mine)
        others = aside.elsewhere(case, others, desk.units_of(case))
    return {
        "tied": tied,
        "others": others,
        "portfolio": portfolio,
    }


def _form_context(
    case: Case, code: str, form: FindingForm, portfolio: HandedIn, sessions: Sessions
) -> dict[str, Any]:
    key = draft_key(case.procedure, code)
    return {
        "form": form,
        "draft_key": key,
        "observed_starters": [_(text) for text in OBSERVED_STARTERS],
        "why_starters": [_(text) for text in WHY_STARTERS],
        "stages": desk.stage_options(case, code, form["stage"].value() or ""),
        "basis": desk.basis_options(case, code, portfolio, sessions, form["basis"].value() or []),
    }


def _strip(case: Case, code: str, own: Mapping[str, Judged]) -> Any:
    def mark(unit: Unit) -> Mark:
        url = reverse("assessment:judge", args=[case.procedure.ref, unit.code])
        done = unit.code in own
        said = _("judged") if done else _("open")
        return Mark(unit, url, "done" if done else "todo", said, unit.code == code)

    return strip(groups(case.framework, desk.units_of(case)), mark, code)


def _on_from(request: HttpRequest, case: Case, code: str, done: set[str]) -> HttpResponse:
    """Go on to the next unit that is open, or back to the overview when that was the last."""
    units = desk.units_of(case)
    following = desk.next_in(units, [unit for unit in units if unit not in done], code)
    if following is None:
        messages.success(
            request, _("Your judgement on %(code)s is saved. You have judged everything.") % {"code": code}
        )
        return redirect("assessment:judging", ref=case.procedure.ref)
    messages.success(
        request,
        _("Your judgement on %(code)s is saved. %(done)s of %(all)s done.")
        % {"code": code, "done": len(done), "all": len(units)},
    )
    return redirect("assessment:judge", ref=case.procedure.ref, code=following)


@on_procedure(Action.SEE_PROCEDURE)
def finish(request: HttpRequest, case: Case) -> HttpResponse:
    """Let an assessor declare their judgements complete; the last one to do so reveals them all.

    Whoever came in after the reveal finishes here too, and then sees what the others found.

    Whoever finished already, and the coordinator, can reveal from here when all are done but the last
    step was not taken: when an assessor's assignment ended after the others had finished.
    """
    person: Any = request.user
    insist(case.standing.may(Action.JUDGE if case.standing.state is State.DECIDING else Action.REVEAL))
    unfinished = desk.judges_here(case) and Condition.NOT_FINISHED_JUDGING in case.standing.holds
    if request.method == "POST":
        after = (finish_judging if unfinished else reveal)(person, case.procedure)
        return _after_finishing(request, case, State(after.state))
    units = desk.units_of(case)
    done = judged_by(case.procedure, person) if unfinished else frozenset(units)
    needs = frozenset() if unfinished else what_reveal_needs(case.procedure)
    still_open = [
        unit for group in groups(case.framework, units) for unit in group.units if unit.code not in done
    ]
    context = {
        "case": case,
        "unfinished": unfinished,
        "open": still_open,
        "stands_out": lines(own_signs_now(case.procedure, person)) if unfinished and not still_open else (),
        "units": units,
        "ready": {Need.ASSESSORS, Need.DECLARATIONS, Need.ALL_JUDGED} <= needs,
        "alone": case.way.assessors == 1 and not case.standing.third,
        "late": case.standing.state is State.DECIDING,
        "crumbs": desk.crumbs(case, desk.candidate_crumb(case), Crumb(_("Finish")))
        if desk.judges_here(case)
        else desk.crumbs(case, Crumb(_("Reveal"))),
    }
    return render(request, "assessment/finish.html", context)


def _after_finishing(request: HttpRequest, case: Case, state: State) -> HttpResponse:
    if state is not State.DECIDING:
        text = _("You are done; your judgements are fixed. The other assessor is not done yet.")
        messages.success(request, text)
        return redirect("assessment:judging", ref=case.procedure.ref)
    if not desk.judges_here(case):
        messages.success(request, _("The assessors can now see each other's judgements."))
        return redirect("procedures:procedure", ref=case.procedure.ref)
    messages.success(request, _("All assessors are done. Now settle the final judgements together."))
    return redirect("assessment:finals", ref=case.procedure.ref)
