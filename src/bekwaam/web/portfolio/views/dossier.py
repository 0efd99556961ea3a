"""The dossier of a procedure as a whole."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.procedures.states import State
from bekwaam.services.portfolio.reads import dossier as read_dossier
from bekwaam.services.portfolio.reads import given_back, tips
from bekwaam.services.portfolio.upgrade import has_upgrade_targets
from bekwaam.web.portfolio.crumbs import crumbs
from bekwaam.web.portfolio.desk import Desk, desk_of
from bekwaam.web.portfolio.overview import overview
from bekwaam.web.portfolio.presenting import translated
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.way import steps
from bekwaam.wording import N_

FIRST_TIPS: Final = 3
STATUS: Final[dict[State, str]] = {
    State.JUDGING: N_("The assessors are reading, each on their own. Nothing in the dossier can change now."),
    State.DECIDING: N_("The assessors are settling the final judgement together."),
    State.ISSUED: N_("The outcome is known and the certificate was issued."),
    State.OBJECTION: N_("The candidate has objected to the outcome. It is being looked at again."),
    State.CLOSED: N_("The procedure is finished."),
    State.WITHDRAWN: N_("This procedure was stopped. What was collected stays with the candidate."),
    State.INTAKE: N_("The dossier opens as soon as the candidate has given consent."),
}


@on_procedure(Action.SEE_PORTFOLIO)
def dossier(request: HttpRequest, case: Case) -> HttpResponse:
    """Show what there is, for which competences, and what is next. The guide sees it read-only."""
    desk = desk_of(case)
    found = read_dossier(case.procedure)
    state = State(case.procedure.state)
    advice = tips(case.procedure)
    context = {
        **overview(request, desk, found),
        **who(desk),
        "case": case,
        "crumbs": crumbs(desk, _("Dossier"), inside=False),
        "standard": case.framework.title[language()],
        "steps": steps(state),
        "status": translated(STATUS[state]) if state in STATUS else "",
        "given_back": given_back(case.procedure),
        "handed_in": found.handed_in,
        "tips": advice[:FIRST_TIPS],
        "earlier_tips": advice[FIRST_TIPS:],
        "may_try": case.may(Action.TRY_OUTCOME) or case.may(Action.TRY_JUDGED_OUTCOME),
        "has_upgrade": case.may(Action.SEE_UPGRADE_PREVIEW) and has_upgrade_targets(case.procedure),
    }
    return render(request, "portfolio/dossier.html", context)


def who(desk: Desk) -> dict[str, Any]:
    """Return who is looking, what they can do and where that is, in either place."""
    return {
        "desk": desk,
        "story_url": desk.url("evidence_new", EvidenceKind.STORY.value),
        "file_url": desk.url("evidence_new", EvidenceKind.FILE.value),
        "kinds_url": desk.url("evidence_kinds"),
        "take_url": "" if desk.own else desk.url("take"),
        "coverage_url": desk.url("coverage"),
        "procedure": None if desk.own else desk.place,
        "own": desk.is_owner,
        "may_write": desk.may_write,
        "may_tip": desk.may(Action.GIVE_TIP),
        "may_consent": desk.may(Action.GIVE_CONSENT),
        "may_see_draft": desk.may(Action.CHECK_FACTS),
        "may_withdraw": desk.is_owner and desk.may(Action.WITHDRAW),
    }
