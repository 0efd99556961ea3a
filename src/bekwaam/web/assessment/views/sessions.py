"""Recording an interview, workplace observation or practical test, and correcting what was recorded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.procedures.states import State
from bekwaam.services.assessment.planning import appointments
from bekwaam.services.assessment.reads import sessions_of
from bekwaam.services.assessment.sessions import record_session
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.web.assessment.desk import candidate_crumb, crumbs, judges_here
from bekwaam.web.assessment.forms import SessionForm
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import initial_from_draft
from bekwaam.web.shared.errors import fill_errors


@on_procedure(Action.RECORD_SESSION)
def session_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Record a session that was held; ``?plan=`` names the appointment that it was held by."""
    return _session(request, case, replaces="", initial=_planned(case, request.GET.get("plan", "")))


@on_procedure(Action.RECORD_SESSION)
def session(request: HttpRequest, case: Case, session: str) -> HttpResponse:
    """Correct a recorded session: what is sent becomes a new record that names this one."""
    found = next((s.session for s in sessions_of(case.procedure).standing if s.session.ref == session), None)
    if found is None:
        raise NotFound
    initial = {
        "kind": found.kind.value,
        "held_on": found.held_on,
        "place": found.place,
        "present": found.present,
        "identity": found.identity.value if found.identity else "",
        "identity_by": found.identity_by,
        "identity_on": found.identity_on,
    }
    return _session(request, case, replaces=session, initial=initial)


def _planned(case: Case, ref: str) -> dict[str, Any]:
    """Return what an appointment says, as the form shows it; nothing for one that no longer stands."""
    for entry in appointments(case.procedure) if ref else ():
        if entry.ref == ref and not (entry.cancelled or entry.held) and entry.plan.starts_at:
            return {
                "plan": ref,
                "kind": entry.plan.kind,
                "held_on": localdate(entry.plan.starts_at),
                "place": entry.plan.place or _("By video call"),
                "present": entry.plan.participants,
            }
    return {}


def _session(request: HttpRequest, case: Case, *, replaces: str, initial: dict[str, Any]) -> HttpResponse:
    key = f"session:{case.procedure.ref}:{replaces or 'new'}"
    person: Any = request.user
    if request.method == "POST":
        form = SessionForm(request.POST)
        if form.is_valid():
            try:
                record_session(person, case.procedure, form.given(), replaces)
            except Invalid as error:
                fill_errors(form, error)
            except Refused as error:  # the appointment was changed, cancelled or recorded meanwhile
                form.add_error(None, error.verdict.text(language()))
            else:
                drop_draft(person, key)
                messages.success(request, _("Recorded. It can now be named in judgements."))
                return redirect(_back(case))
    else:
        form = SessionForm(initial=initial_from_draft(SessionForm, request, key) or initial)
    context = {
        "case": case,
        "form": form,
        "draft_key": key,
        "correcting": bool(replaces),
        "back": _back(case),
        "crumbs": _crumbs(case, bool(replaces)),
    }
    return render(request, "assessment/session.html", context, status=422 if form.errors else 200)


def _back(case: Case) -> str:
    """Return the page that a session was recorded from."""
    if not judges_here(case):
        name = "procedures:procedure"
    elif case.standing.state is State.DECIDING:
        name = "assessment:finals"
    else:
        name = "assessment:judging"
    return reverse(name, args=[case.procedure.ref])


def _crumbs(case: Case, correcting: bool) -> list[Crumb]:
    here = Crumb(_("Correct a session") if correcting else _("Record a session"))
    return crumbs(case, candidate_crumb(case), here) if judges_here(case) else crumbs(case, here)
