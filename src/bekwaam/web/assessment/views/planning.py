"""Appointments for an interview, observation or test: seeing, making, changing and cancelling them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES
from bekwaam.services.assessment.planning import Appointment, appointments, cancel_session, plan_session
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.web.assessment.desk import candidate_crumb, crumbs, judges_here
from bekwaam.web.assessment.planning_form import PlanForm, ReasonOnly, initial_of
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors


@on_procedure(Action.SEE_PLANS)
def plans(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the appointments: those that stand first, then what was held or cancelled."""
    found = [(entry, _kind(entry)) for entry in appointments(case.procedure)]
    context = {
        "case": case,
        "coming": [pair for pair in found if not (pair[0].held or pair[0].cancelled)],
        "past": [pair for pair in found if pair[0].held or pair[0].cancelled],
        "may_plan": case.may(Action.PLAN_SESSION),
        "may_record": case.may(Action.RECORD_SESSION),
        "crumbs": [*_crumbs(case)[:-1], Crumb(_("Appointments"))],
    }
    return render(request, "assessment/plans.html", context)


@on_procedure(Action.PLAN_SESSION)
def plan_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Make an appointment."""
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan_session(request.user, case.procedure, form.plan())  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            messages.success(request, _("Planned. Candidate, guide and assessors see it."))
            return redirect("assessment:plans", case.procedure.ref)
    return _form(request, case, form, _("Plan an interview, observation or test"))


@on_procedure(Action.PLAN_SESSION)
def plan(request: HttpRequest, case: Case, plan: str) -> HttpResponse:
    """Change an appointment: what is sent becomes a new one that names this one."""
    found = _find(case, plan)
    form = PlanForm(request.POST or None, initial=initial_of(found.plan), changing=True)
    if request.method == "POST" and form.is_valid():
        person: Any = request.user
        reason = form.cleaned_data["reason"]
        try:
            plan_session(person, case.procedure, form.plan(), replaces=plan, reason=reason)
        except Invalid as error:
            fill_errors(form, error)
        except Refused as error:
            form.add_error(None, error.verdict.text(language()))
        else:
            messages.success(request, _("Changed. What was agreed before stays on record."))
            return redirect("assessment:plans", case.procedure.ref)
    return _form(request, case, form, _("Change the appointment"))


@on_procedure(Action.PLAN_SESSION)
def cancel(request: HttpRequest, case: Case, plan: str) -> HttpResponse:
    """Cancel an appointment, with the reason."""
    found = _find(case, plan)
    form = ReasonOnly(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person: Any = request.user
        try:
            cancel_session(person, case.procedure, plan, form.cleaned_data["reason"])
        except Invalid as error:
            fill_errors(form, error)
        except Refused as error:
            form.add_error(None, error.verdict.text(language()))
        else:
            messages.success(request, _("Cancelled."))
            return redirect("assessment:plans", case.procedure.ref)
    title = _("Cancel the appointment")
    return _form(request, case, form, title, cancelling=found, kind=_kind(found))


def _find(case: Case, ref: str) -> Appointment:
    for entry in appointments(case.procedure):
        if entry.ref == ref:
            return entry
    raise NotFound


def _kind(entry: Appointment) -> str:
    return _(INSTRUMENT_NAMES[entry.plan.kind]) if entry.plan.kind else ""


def _form(request: HttpRequest, case: Case, form: Any, title: str, **more: Any) -> HttpResponse:
    context = {"case": case, "form": form, "title": title, "crumbs": [*_crumbs(case), Crumb(title)], **more}
    return render(request, "assessment/plan.html", context, status=422 if form.errors else 200)


def _crumbs(case: Case) -> list[Crumb]:
    ref = case.procedure.ref
    here = Crumb(_("Appointments"), reverse("assessment:plans", args=[ref]))
    if judges_here(case) and case.may(Action.SEE_SNAPSHOT):
        return crumbs(case, candidate_crumb(case), here)
    if case.standing.roles & {Role.CANDIDATE, Role.GUIDE}:
        return [Crumb(_("Dossier"), reverse("procedures:procedure", args=[ref])), here]
    return crumbs(case, here)
