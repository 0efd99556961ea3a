"""Handling an objection: having it judged by others, not taking it up, and answering it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.objections.outcome import ANSWER_NAMES, GIVES_CERTIFICATE
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.objections.handling import answer as answer_objection
from bekwaam.services.objections.handling import not_take_up as decline
from bekwaam.services.objections.handling import take_up as start_judging_again
from bekwaam.services.objections.reads import ObjectionRead, judging_again, objections_of
from bekwaam.web.objections.forms import AnswerForm, UpholdingForm
from bekwaam.web.objections.presenting import crumbs, difference_lines, present
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.drafts import initial_from_draft
from bekwaam.web.shared.errors import fill_errors


@require_POST
@on_procedure(Action.TAKE_UP_OBJECTION)
def take_up(request: HttpRequest, case: Case) -> HttpResponse:
    """Let people who were not involved judge again; go to the procedure for it, to choose them."""
    try:
        again = start_judging_again(request.user, case.procedure)  # type: ignore[arg-type]
    except Refused as error:
        messages.error(request, error.verdict.text(language()))
        return redirect("objections:objection", ref=case.procedure.ref)
    messages.success(
        request, _("Procedure %(number)s has started. Choose who judges.") % {"number": again.number}
    )
    return redirect("procedures:procedure", ref=again.ref)


@on_procedure(Action.ANSWER_OBJECTION)
def not_take_up(request: HttpRequest, case: Case) -> HttpResponse:
    """End an objection on formal grounds, with the reason."""
    waiting = _waiting(case)
    key = f"not_take_up:{case.procedure.ref}"
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decline(request.user, case.procedure, form.cleaned_data["text"])  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            drop_draft(request.user, key)  # type: ignore[arg-type]
            messages.success(request, _("The candidate has had the answer."))
            return redirect("objections:objection", ref=case.procedure.ref)
    context = {"lead": _("Only on formal grounds: the outcome itself is not looked at again."), "key": key}
    return _form_page(request, case, form, waiting, context)


@on_procedure(Action.ANSWER_OBJECTION)
def answer(request: HttpRequest, case: Case) -> HttpResponse:
    """Answer an objection that others judged again."""
    waiting = _waiting(case)
    again = judging_again(waiting.ref)
    comparison = again.comparison if again else None
    if comparison is None:
        messages.error(request, _("The answer waits until others have judged and decided again."))
        return redirect("objections:objection", ref=case.procedure.ref)
    upheld = comparison.answer in GIVES_CERTIFICATE
    key = f"answer:{case.procedure.ref}"
    form = (UpholdingForm if upheld else AnswerForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said, chosen = form.cleaned_data["text"], form.cleaned_data.get("language", language())
        try:
            answer_objection(request.user, case.procedure, said, chosen)  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            drop_draft(request.user, key)  # type: ignore[arg-type]
            messages.success(request, _("The candidate has had the answer."))
            return redirect("objections:objection", ref=case.procedure.ref)
    context = {
        "answer": _(ANSWER_NAMES[comparison.answer]),
        "lines": difference_lines(case.framework, comparison.differences),
        "met_before": comparison.met_before,
        "met_now": comparison.met_now,
        "upheld": upheld,
        "key": key,
    }
    return _form_page(request, case, form, waiting, context)


def _waiting(case: Case) -> ObjectionRead:
    waiting = next((one for one in objections_of(case.procedure) if one.answered is None), None)
    if waiting is None:
        raise NotFound
    return waiting


def _form_page(
    request: HttpRequest, case: Case, form: AnswerForm, waiting: ObjectionRead, more: dict[str, Any]
) -> HttpResponse:
    if not form.is_bound:
        first = {"language": case.procedure.candidate.language}
        form.initial = {**first, **initial_from_draft(type(form), request, more["key"])}
    here = _("Answer the objection") if "answer" in more else _("Do not take up the objection")
    context = {
        "case": case,
        "form": form,
        "title": here,
        "objection": present(case, waiting),
        "draft_key": more["key"],
        "crumbs": crumbs(case, here, inside=True),
        **more,
    }
    return render(request, "objections/answer.html", context, status=422 if form.errors else 200)
