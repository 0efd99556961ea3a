"""The page of one procedure, and its log."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import ROLE_NAMES, Action, Condition, Role
from bekwaam.domain.accounts.conflicts import CONFLICT_NAMES
from bekwaam.domain.accounts.expertise import EXPERTISE_NAMES
from bekwaam.domain.assessment.explain import explain_missing
from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES
from bekwaam.domain.procedures.scope import PURPOSE_NAMES, Purpose
from bekwaam.domain.procedures.states import STATE_NAMES, Need, State
from bekwaam.domain.procedures.terms import HAND_NAMES
from bekwaam.domain.procedures.waiting import WAITING_NAMES, waits_for
from bekwaam.services import clock
from bekwaam.services.assessment.findings import standing_sessions
from bekwaam.services.assessment.sessions import as_session
from bekwaam.services.certificates.facts_reads import checking_of
from bekwaam.services.certificates.reads import read_missing
from bekwaam.services.portfolio.upgrade import has_upgrade_targets
from bekwaam.services.procedures.assigning import is_disputed
from bekwaam.services.procedures.line import line_of
from bekwaam.services.procedures.log import procedure_log
from bekwaam.services.procedures.reads import consent, notes
from bekwaam.services.procedures.team import Choice, Team, Worker, team
from bekwaam.services.procedures.terms import dues_of
from bekwaam.web.procedures.course import crumbs
from bekwaam.web.procedures.line import line_steps
from bekwaam.web.procedures.next_step import next_step
from bekwaam.web.procedures.working import way_lines
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.log_words import words
from bekwaam.web.shared.signs import panel
from bekwaam.web.shared.way import steps

PAGE = 25
MANY_MISSING = 6


@on_procedure(Action.SEE_PROCEDURE)
def procedure(request: HttpRequest, case: Case) -> HttpResponse:
    """Show a procedure to who watches over it; send everybody else to their own work in it."""
    if not case.standing.roles & {Role.COORDINATOR, Role.AUDITOR}:
        return redirect(*_own_room(case))
    state = State(case.procedure.state)
    disputed = state is State.DECIDING and is_disputed(case.procedure)
    people = team(case.procedure, with_choices=case.may(Action.ASSIGN), disputed=disputed)
    missing, sessions = _missing_and_sessions(case, people)
    decided = Condition.OUTCOME_OPEN not in case.standing.holds
    checking = checking_of(case.procedure) if decided and state is State.DECIDING else None
    line = line_of(case.procedure)
    facts = people.facts(
        state,
        case.way.assessors,
        decided=decided,
        disputed=disputed,
        facts_unanswered=checking.unanswered if checking else 0,
        facts_checked=checking is None or Need.FACTS_CHECKED in checking.needs(clock.today()),
        because_of_objection=case.procedure.is_rejudging,
        rejudging=line.rejudging if state is State.OBJECTION else None,
    )
    waiting = waits_for(facts)
    context = {
        "case": case,
        "state_name": _(STATE_NAMES[state]),
        "standard": case.framework.title[language()],
        "steps": steps(state),
        "waiting": _(WAITING_NAMES[waiting]),
        "next": next_step(case, waiting, ready=decided or not (missing or people.room), line=line),
        "line": line_steps(case, line) if line.tells else [],
        "people": people,
        "signs": panel(case, request),
        "workers": [(worker, _role_name(worker), _reasons(worker)) for worker in people.running],
        "former": people.former,
        "choices": _choice_groups(people),
        "judging": state in (State.JUDGING, State.DECIDING),
        "purpose": _(PURPOSE_NAMES[Purpose(case.procedure.purpose)]),
        "domains": [case.framework.by_code[code].name(language()) for code in case.procedure.life_domains],
        "turns": _turns(case, people, decided=decided),
        "way": way_lines(case.way),
        "consent": consent(case.procedure),
        "sessions": [(session, _(INSTRUMENT_NAMES[session.kind])) for session in sessions],
        "missing": [explain_missing(case.framework, entry, language()) for entry in missing],
        "many_missing": len(missing) > MANY_MISSING,
        "notes": notes(case.procedure),
        "crumbs": [*crumbs(case, "")[:1], Crumb(case.procedure.number)],
        **_possible(case),
        "may_see_objection": case.procedure.has_objection and case.may(Action.SEE_OBJECTION),
        "emptied": _is_emptied(case),
        "has_upgrade": case.may(Action.SEE_UPGRADE_PREVIEW) and has_upgrade_targets(case.procedure),
    }
    return render(request, "procedures/procedure.html", context)


def _is_emptied(case: Case) -> bool:
    """Tell whether the content is gone with its candidate: then nothing is said of how far anybody was."""
    return case.procedure.candidate.erased_at is not None and not hasattr(case.procedure, "kept")


def _possible(case: Case) -> dict[str, bool]:
    asked = {
        "may_assign": Action.ASSIGN,
        "may_replace": Action.REPLACE_ASSESSOR,
        "may_set_scope": Action.SET_SCOPE,
        "may_give_back": Action.GIVE_BACK,
        "may_withdraw": Action.WITHDRAW,
        "may_close": Action.CLOSE,
        "may_reassess": Action.REASSESS,
        "may_see_log": Action.SEE_LOG,
        "may_see_mail": Action.SEE_MAIL,
        "may_record_session": Action.RECORD_SESSION,
        "may_prepare_outcome": Action.PREPARE_OUTCOME,
        "may_see_outcome": Action.SEE_OUTCOME,
        "may_see_draft": Action.SEE_DRAFT,
        "may_see_snapshot": Action.SEE_SNAPSHOT,
        "may_see_both": Action.SEE_BOTH_JUDGEMENTS,
        "may_fetch": Action.FETCH_CERTIFICATE,
    }
    possible = {name: case.may(action) for name, action in asked.items()}
    if case.procedure.follows_id:
        possible["may_set_scope"] = False
    if case.procedure.is_rejudging:  # what is judged stays, and only the candidate can take it back
        possible |= {"may_give_back": False, "may_withdraw": Role.CANDIDATE in case.standing.roles}
    return possible


def _missing_and_sessions(case: Case, people: Team) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    state = State(case.procedure.state)
    # Where a place has to be filled first, the list of what is missing waits for that.
    settling = state is State.DECIDING and not people.room
    if settling and Condition.OUTCOME_OPEN in case.standing.holds:
        return read_missing(case.procedure, people)
    if state in (State.INTAKE, State.PORTFOLIO):
        return (), ()
    return (), tuple(as_session(row) for row in standing_sessions(case.procedure))


def _turns(case: Case, people: Team, *, decided: bool) -> str:
    """Return who has something to do now, in words; empty where nobody has."""
    names = {worker.pk: worker.name for worker in people.running}
    found = dues_of(case.procedure, people, decided=decided)
    hands = (names.get(due.person or 0) or _(HAND_NAMES[due.hand]) for due in found)
    return ", ".join(dict.fromkeys(hands))


def _choice_groups(people: Team) -> list[tuple[str, list[tuple[str, str]]]]:
    groups = []
    for role in (Role.GUIDE, Role.ASSESSOR):
        options = [_option(choice) for choice in people.choices if choice.role is role]
        if options:
            groups.append((_(ROLE_NAMES[role]), options))
    return groups


def _option(choice: Choice) -> tuple[str, str]:
    said = _(EXPERTISE_NAMES[choice.expertise] if choice.expertise else ROLE_NAMES[choice.role])
    said = said if choice.expertise else said.lower()
    if choice.near:
        said = _("%(role)s; perhaps the same employer: %(employer)s") % {
            "role": said,
            "employer": choice.near,
        }
    value = f"{choice.role}:{choice.ref}" + (f":{choice.expertise}" if choice.expertise else "")
    return value, f"{choice.name} ({said})"


def _role_name(worker: Worker) -> str:
    if worker.third:
        return _("Third assessor")
    name = _(EXPERTISE_NAMES[worker.expertise]) if worker.expertise else _(ROLE_NAMES[worker.role])
    return name[:1].upper() + name[1:]


def _reasons(worker: Worker) -> str:
    return "; ".join(_(CONFLICT_NAMES[reason]) for reason in worker.reasons)


def _own_room(case: Case) -> tuple[str, str]:
    ref, state = case.procedure.ref, State(case.procedure.state)
    if Role.CANDIDATE in case.standing.roles:
        return ("portfolio:consent" if state is State.INTAKE else "portfolio:dossier"), ref
    if Role.GUIDE in case.standing.roles:
        return "portfolio:dossier", ref
    return _assessors_room(case)


def _assessors_room(case: Case) -> tuple[str, ...]:
    ref = case.procedure.ref
    if Condition.NO_CONFLICT not in case.standing.holds and case.may(Action.DECLARE_CONFLICT):
        return "assessment:declaration", ref
    if case.may(Action.SEE_BOTH_JUDGEMENTS):
        return "assessment:finals", ref
    if case.may(Action.SEE_SNAPSHOT):
        return "assessment:judging", ref
    return ("assessment:queue",)


@on_procedure(Action.SEE_LOG)
def log(request: HttpRequest, case: Case) -> HttpResponse:
    """Show what the audit chain holds about this procedure."""
    page = Paginator(procedure_log(case.procedure), PAGE).get_page(request.GET.get("page"))
    context = {
        "case": case,
        "page": page,
        "rows": [words(row, case.framework, language()) for row in page],
        "crumbs": crumbs(case, _("Log")),
        "back": reverse("procedures:procedure", args=[case.procedure.ref]),
    }
    return render(request, "procedures/log.html", context)
