"""The outcome that explains itself, fixing it, issuing the certificate and fetching it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.certificates.status import Status
from bekwaam.domain.objections.filing import check_filing
from bekwaam.domain.procedures.states import State
from bekwaam.domain.verdict import refused
from bekwaam.services.certificates.deciding import decide_outcome
from bekwaam.services.certificates.fetching import fetch_certificate
from bekwaam.services.certificates.issuing import issue as issue_certificate
from bekwaam.services.certificates.reads import OutcomeRead, read_outcome
from bekwaam.services.errors import Refused, insist
from bekwaam.services.procedures.objecting import filing_facts_of
from bekwaam.web.certificates.holder import handed_out
from bekwaam.web.certificates.presenting import crumbs, present
from bekwaam.web.certificates.status_presenting import standing_line
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.wording import N_

FIXED = N_("The outcome is fixed. The candidate now checks the facts on the draft.")
FIXED_AGAIN = N_("The outcome is fixed. You can answer the objection now.")


@on_procedure(Action.SEE_PROCEDURE)
def outcome(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the outcome: to who prepares it before it is issued, afterwards to everyone involved."""
    if not case.may(Action.PREPARE_OUTCOME):
        insist(case.standing.may(Action.SEE_OUTCOME))
    read, rejudging = read_outcome(case.procedure), case.procedure.is_rejudging
    if rejudging and not read.decided and Role.ASSESSOR in case.standing.roles:
        message = N_("Here an objection is judged. What was found before opens with the outcome.")
        raise Refused(refused("not_before_outcome", message))
    facts = read.facts if not read.issued and not rejudging else None
    objecting = _objecting(case, read)
    context = {
        "case": case,
        "own": Role.CANDIDATE in case.standing.roles,
        "may_decide": case.may(Action.DECIDE) and not read.missing,
        "facts": facts,
        "may_issue": case.may(Action.ISSUE) and facts is not None and facts.settled,
        "may_see_draft": case.may(Action.SEE_DRAFT),
        "answer_first": _answer_first(case) if rejudging and read.decided and not read.issued else "",
        "objection": objecting,
        "had_objection": _had_objection(case, objecting),
        "confirmed": rejudging and State(case.procedure.state) is State.CLOSED and not read.issued,
        "to_successor": bool(case.standing.roles & {Role.CANDIDATE, Role.COORDINATOR, Role.AUDITOR}),
        "may_try": case.may(Action.TRY_JUDGED_OUTCOME),
        "may_fetch": case.may(Action.FETCH_CERTIFICATE),
        "may_hold": case.may(Action.FETCH_FORMS),
        "standing": _standing(read),
        "revoked": read.issued is not None and read.issued.standing is Status.REVOKED,
        "may_see_status": case.may(Action.SEE_STATUS),
        "may_change_status": case.may(Action.CHANGE_STATUS),
        "languages": settings.LANGUAGES,
        "crumbs": crumbs(case),
        **present(case, read, language()),
    }
    return render(request, "certificates/outcome.html", context)


def _objecting(case: Case, read: OutcomeRead) -> dict[str, object] | None:
    """Return what the candidate can do who does not agree: object until a day, or see their objection."""
    if case.may(Action.TAKE_BACK_OBJECTION):
        return {"open": True}
    if not case.may(Action.OBJECT) or read.issued is None:
        return None
    superseded = read.issued.successor is not None
    facts = filing_facts_of(case.procedure, read.issued.at, superseded=superseded)
    return {"open": False, "until": facts.until} if check_filing(facts) else None


def _standing(read: OutcomeRead) -> str:
    """Return that the certificate was suspended or revoked; empty while it stands."""
    issued = read.issued
    if issued is None or issued.standing is Status.GOOD:
        return ""
    return standing_line(issued.standing, issued.changed_at, issued.reason)


def _had_objection(case: Case, objecting: dict[str, object] | None) -> bool:
    """Tell whether there is an objection to read that the page does not name already."""
    named = bool(objecting and objecting["open"])
    return bool(case.procedure.has_objection and not named and case.may(Action.SEE_OBJECTION))


def _answer_first(case: Case) -> str:
    """Return the procedure with the objection that has to be answered; empty for who cannot."""
    return case.procedure.follows.ref if case.may(Action.ISSUE) else ""


@require_POST
@on_procedure(Action.DECIDE)
def decide(request: HttpRequest, case: Case) -> HttpResponse:
    """Fix the outcome."""
    try:
        decide_outcome(request.user, case.procedure)
    except Refused as error:
        messages.error(request, error.verdict.text(language()))
    else:
        messages.success(request, _(FIXED_AGAIN if case.procedure.is_rejudging else FIXED))
    return redirect("certificates:outcome", ref=case.procedure.ref)


@require_POST
@on_procedure(Action.ISSUE)
def issue(request: HttpRequest, case: Case) -> HttpResponse:
    """Issue the certificate in the language that was chosen."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):  # it cannot be taken back, so nothing is guessed
        messages.error(request, _("Choose the language of the certificate."))
        return redirect("certificates:outcome", ref=case.procedure.ref)
    try:
        made = issue_certificate(request.user, case.procedure, chosen)
    except Refused as error:
        messages.error(request, error.verdict.text(language()))
    else:
        messages.success(request, _("Certificate %(number)s has been issued.") % {"number": made.number})
    return redirect("certificates:outcome", ref=case.procedure.ref)


@on_procedure(Action.FETCH_CERTIFICATE)
def certificate(request: HttpRequest, case: Case) -> FileResponse:
    """Hand out the certificate exactly as it was issued."""
    return handed_out(fetch_certificate(case.procedure))
