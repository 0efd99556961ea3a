"""The draft of the certificate: checking its facts, asking for corrections, answering them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.certificates.facts import OF_ASSESSORS, spot_of
from bekwaam.services.certificates.composing import Draft, draft_of
from bekwaam.services.certificates.facts import answer_request, ask_correction, confirm_facts
from bekwaam.services.certificates.facts_reads import RequestRead
from bekwaam.services.certificates.naming import last_choice
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.web.certificates.facts_forms import AnswerForm, AskForm
from bekwaam.web.certificates.facts_presenting import draft_crumbs, present_draft, request_line, says
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.errors import fill_errors


@on_procedure(Action.SEE_DRAFT)
def draft(request: HttpRequest, case: Case) -> HttpResponse:
    """Show what the certificate will say, what was asked about it, and what the visitor can do."""
    found = draft_of(case.procedure, language())
    facts = found.checked
    checks = case.may(Action.CHECK_FACTS)
    context = {
        "case": case,
        "own": Role.CANDIDATE in case.standing.roles,
        "draft": found,
        "facts": facts,
        "may_choose_name": case.may(Action.CHOOSE_NAME),
        "name_choice": last_choice(case.procedure),
        "may_ask": checks and facts.may_ask,
        "may_confirm": checks and facts.may_confirm,
        "requests": [request_line(entry, found, _can_answer(case, entry)) for entry in facts.requests],
        "crumbs": draft_crumbs(case),
        **present_draft(found),
    }
    return render(request, "certificates/draft.html", context)


@require_POST
@on_procedure(Action.CHECK_FACTS)
def confirm(request: HttpRequest, case: Case) -> HttpResponse:
    """Record that the candidate finds the facts right."""
    person: Any = request.user
    try:
        confirm_facts(person, case.procedure, language(), request.POST.get("seen", ""))
    except Refused as error:
        messages.error(request, error.verdict.text(language()))
    else:
        messages.success(request, _("Thank you. Your certificate can be issued now."))
    return redirect("certificates:draft", ref=case.procedure.ref)


@on_procedure(Action.CHECK_FACTS)
def ask(request: HttpRequest, case: Case, fact: str) -> HttpResponse:
    """Ask for one fact to be corrected."""
    found, spot = draft_of(case.procedure, language()), spot_of(fact)
    if spot is None or spot not in found.facts:
        raise NotFound
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person: Any = request.user
        try:
            ask_correction(person, case.procedure, spot, form.cleaned_data["wanted"])
        except Invalid as error:
            fill_errors(form, error)
        except Refused as error:
            form.add_error(None, error.verdict.text(language()))
        else:
            messages.success(request, _("Your request has been sent. You get a mail when it is answered."))
            return redirect("certificates:draft", ref=case.procedure.ref)
    context = {
        "case": case,
        "form": form,
        "label": says(spot, found).label,
        "now": says(spot, found).text,
        "of_judging": spot.place in OF_ASSESSORS,
        "crumbs": draft_crumbs(case, _("Ask for a correction")),
    }
    return render(request, "certificates/fact_ask.html", context, status=422 if form.errors else 200)


@on_procedure(Action.SEE_DRAFT)
def answer(request: HttpRequest, case: Case, request_ref: str) -> HttpResponse:
    """Answer a request: correct it, or say why not."""
    found = draft_of(case.procedure, language())
    asked = _asked(found, request_ref)
    if asked.answer is not None:  # a colleague was first: the draft says what they answered
        messages.info(request, _("This request has been answered already."))
        return redirect("certificates:draft", ref=case.procedure.ref)
    if not _can_answer(case, asked):
        raise Refused(case.standing.may(Action.ANSWER_FACTS))
    form = AnswerForm(request.POST or None, asked=asked, may=case.may)
    if request.method == "POST" and form.is_valid():
        person: Any = request.user
        try:
            answer_request(person, case.procedure, asked.ref, **form.given())
        except Invalid as error:
            fill_errors(form, error)
        except Refused as error:
            form.add_error(None, error.verdict.text(language()))
        else:
            messages.success(request, _("The answer stands on the draft now."))
            return redirect("certificates:draft", ref=case.procedure.ref)
    context = {
        "case": case,
        "form": form,
        "asked": request_line(asked, found, answerable=False),
        "by_assessors": asked.spot.place in OF_ASSESSORS and not case.may(Action.CORRECT_FINDING),
        "crumbs": draft_crumbs(case, _("Answer a request")),
    }
    return render(request, "certificates/fact_answer.html", context, status=422 if form.errors else 200)


def _asked(found: Draft, ref: str) -> RequestRead:
    for entry in found.checked.requests:
        if entry.ref == ref:
            return entry
    raise NotFound


def _can_answer(case: Case, entry: RequestRead) -> bool:
    if entry.answer is not None:
        return False
    return case.may(Action.ANSWER_FACTS) or (
        entry.spot.place in OF_ASSESSORS and case.may(Action.CORRECT_FINDING)
    )
