"""What waits for an assessor, and the declaration that comes before judging."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action, Condition
from bekwaam.domain.procedures.states import State
from bekwaam.services.assessment.queue import Next, Queue, QueueEntry
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid
from bekwaam.services.procedures.assigning import declare
from bekwaam.web.assessment.desk import crumbs
from bekwaam.web.assessment.forms import ConflictForm
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import initial_from_draft
from bekwaam.web.shared.errors import fill_errors

_PAGE = 25
_FOLDED = 10
_PAGES = {
    Next.DECLARE: "assessment:declaration",
    Next.CONFLICT: "assessment:declaration",
    Next.JUDGE: "assessment:judging",
    Next.FINISH: "assessment:judging",
    Next.WAIT_OTHERS: "assessment:judging",
    Next.AGREE: "assessment:finals",
    Next.WAIT_FINALS: "assessment:finals",
    Next.DECIDED: "assessment:finals",
}


@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """Show what one judges: what can be done first; what is over is folded, or with ?over=1 a page."""
    person: Any = request.user
    over = "over" in request.GET
    waiting: Any = Queue(person, over=over)
    page = Paginator(waiting, _PAGE).get_page(request.GET.get("page"))
    folded: list[Any] = [] if over else Queue(person, over=True)[: _FOLDED + 1]
    context = {
        "page": page,
        "over": over,
        "entries": [(entry, _where(entry), entry.standard.title[language()]) for entry in page],
        "folded": folded[:_FOLDED],
        "more": len(folded) > _FOLDED,
    }
    return render(request, "assessment/queue.html", context)


def _where(entry: QueueEntry) -> str:
    """Return the page on which an assessor does what is next."""
    return reverse(_PAGES.get(entry.next, "procedures:procedure"), args=[entry.ref])


@on_procedure(Action.DECLARE_CONFLICT)
def declaration(request: HttpRequest, case: Case) -> HttpResponse:
    """Ask an assessor whether anything stands between them and judging this candidate freely."""
    key = f"declare:{case.procedure.ref}"
    person: Any = request.user
    if request.method != "POST":
        form = ConflictForm(initial=initial_from_draft(ConflictForm, request, key))
        return _declaration(request, case, form, key)
    if "none" in request.POST:
        declare(person, case.procedure, conflict=False)
        drop_draft(person, key)
        messages.success(request, _("You have declared that there is no conflict of interest."))
        if case.standing.state in (State.JUDGING, State.DECIDING):
            return redirect("assessment:judging", ref=case.procedure.ref)
        return redirect("assessment:queue")
    form = ConflictForm(request.POST)
    if form.is_valid():
        try:
            declare(person, case.procedure, conflict=True, **form.cleaned_data)
        except Invalid as error:
            fill_errors(form, error)
        else:
            drop_draft(person, key)
            messages.success(
                request, _("Thank you for saying so. The coordinator looks for another assessor.")
            )
            return redirect("assessment:queue")
    return _declaration(request, case, form, key)


def _declaration(request: HttpRequest, case: Case, form: ConflictForm, key: str) -> HttpResponse:
    context = {
        "case": case,
        "form": form,
        "draft_key": key,
        "declared": Condition.NO_CONFLICT in case.standing.holds,
        "crumbs": crumbs(case, Crumb(case.procedure.candidate.name)),
        "standard": case.framework.title[language()],
    }
    return render(request, "assessment/declaration.html", context, status=422 if form.errors else 200)
