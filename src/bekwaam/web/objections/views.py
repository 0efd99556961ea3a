"""Objecting to an outcome, reading how it stands, and taking the objection back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bekwaam.domain.accounts.access import Action, Condition, Role
from bekwaam.domain.objections.filing import check_filing
from bekwaam.domain.objections.outcome import ANSWER_NAMES
from bekwaam.domain.procedures.states import STATE_NAMES
from bekwaam.services.certificates.reads import read_outcome
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid, NotFound, Refused, insist
from bekwaam.services.objections.reads import Again, judging_again, objections_of
from bekwaam.services.procedures.objecting import filing_facts_of
from bekwaam.services.procedures.objecting import object_to as file_objection
from bekwaam.services.procedures.objecting import take_back as take_objection_back
from bekwaam.web.objections.forms import ObjectionForm
from bekwaam.web.objections.presenting import crumbs, difference_lines, present, stage_of, unit_name
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.drafts import initial_from_draft
from bekwaam.web.shared.errors import fill_errors


@require_safe
@on_procedure(Action.SEE_OBJECTION)
def objection(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the objections in a procedure; the one that waits with what can be done about it."""
    found = objections_of(case.procedure)
    if not found:
        raise NotFound
    waiting = next((one for one in found if one.answered is None), None)
    again = judging_again(waiting.ref) if waiting else None
    handles = bool(case.standing.roles & {Role.COORDINATOR, Role.AUDITOR})
    context = {
        "case": case,
        "own": Role.CANDIDATE in case.standing.roles,
        "handles": handles,
        "waiting": present(case, waiting) if waiting else None,
        "earlier": [present(case, one) for one in found if one.answered],
        "again": again,
        "again_state": _(STATE_NAMES[again.state]) if again else "",
        "compared": _compared(case, again) if again and handles else None,
        "may_take_back": case.may(Action.TAKE_BACK_OBJECTION),
        "may_handle": case.may(Action.TAKE_UP_OBJECTION),
        "kept_out": _kept_out(case),
        "crumbs": crumbs(case, _("Objection")),
    }
    return render(request, "objections/objection.html", context)


def _kept_out(case: Case) -> bool:
    """Tell whether this coordinator judged or decided before, and so leaves it to a colleague."""
    open_to = Role.COORDINATOR in case.standing.roles and not case.may(Action.CLOSE)
    return open_to and Condition.INDEPENDENT not in case.standing.holds


def _compared(case: Case, again: Again) -> dict[str, object] | None:
    found = again.comparison
    if found is None:
        return None
    return {
        "answer": _(ANSWER_NAMES[found.answer]),
        "lines": difference_lines(case.framework, found.differences),
        "met_before": found.met_before,
        "met_now": found.met_now,
    }


@on_procedure(Action.OBJECT)
def object_to(request: HttpRequest, case: Case) -> HttpResponse:
    """File an objection: what it is about, and why."""
    read = read_outcome(case.procedure)
    if read.issued is None:
        raise NotFound
    superseded = read.issued.successor is not None
    facts = filing_facts_of(case.procedure, read.issued.at, superseded=superseded)
    insist(check_filing(facts))
    key = f"objection:{case.procedure.ref}"
    units = []
    for code in facts.disputable:
        stage = stage_of(case.framework, read.stages.get(code)).label
        units.append((code, f"{unit_name(case.framework, code)} ({stage})"))
    form = ObjectionForm(request.POST or None, units=units)
    if request.method == "POST":
        form.is_valid()
        try:
            file_objection(
                request.user,  # type: ignore[arg-type]
                case.procedure,
                request.POST.getlist("units"),
                request.POST.get("grounds", ""),
            )
        except Invalid as error:
            form.errors.clear()
            fill_errors(form, error)
        else:
            drop_draft(request.user, key)  # type: ignore[arg-type]
            messages.success(request, _("Your objection has been sent. You get a mail with the answer."))
            return redirect("objections:objection", ref=case.procedure.ref)
    if not form.is_bound:
        form.initial = initial_from_draft(ObjectionForm, request, key)
    context = {
        "case": case,
        "form": form,
        "draft_key": key,
        "until": facts.until,
        "weeks": case.way.answer_weeks,
        "crumbs": crumbs(case, _("Objection")),
    }
    return render(request, "objections/object.html", context, status=422 if form.errors else 200)


@require_POST
@on_procedure(Action.TAKE_BACK_OBJECTION)
def take_back(request: HttpRequest, case: Case) -> HttpResponse:
    """Take one's objection back."""
    try:
        take_objection_back(request.user, case.procedure)  # type: ignore[arg-type]
    except Refused as error:
        messages.error(request, error.verdict.text(language()))
    else:
        messages.success(request, _("You took your objection back. Your outcome stays as it was."))
    return redirect("objections:objection", ref=case.procedure.ref)
