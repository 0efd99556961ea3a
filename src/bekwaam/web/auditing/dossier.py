"""One dossier of a sample: what there is to read, its log with proofs, and what auditors found."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.procedures.states import STATE_NAMES, State
from bekwaam.services.auditing.notes import write_note
from bekwaam.services.auditing.proofs import DossierLog, GoneThrough, dossier_log, go_through
from bekwaam.services.auditing.reads import NoteRead, SampleHead, notes_about, papers, sample_of
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.web.auditing.forms import NoteForm
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import initial_from_draft
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.log_words import words

PAGE: Final = 25


@require_safe
@on_procedure(Action.SEE_AUDIT)
def dossier(request: HttpRequest, case: Case, sample: str) -> HttpResponse:
    """Show a dossier of a sample, with its log; every entry of it has been looked at."""
    return _dossier(request, case, sample_of(case.procedure, sample), None)


@require_POST
@on_procedure(Action.SEE_AUDIT)
def look_through(request: HttpRequest, case: Case, sample: str) -> HttpResponse:
    """Walk the whole chain and hold every row and file of the dossier against it. Writes nothing."""
    return _dossier(request, case, sample_of(case.procedure, sample), go_through(case.procedure))


def _dossier(request: HttpRequest, case: Case, head: SampleHead, gone: GoneThrough | None) -> HttpResponse:
    log = dossier_log(case.procedure)
    page = Paginator(log.links, PAGE).get_page(request.GET.get("page"))
    rows = log.rows(page.start_index() - 1, PAGE) if log.links else []
    context = {
        "case": case,
        "head": head,
        "state": _(STATE_NAMES[State(case.procedure.state)]),
        "standard": case.framework.title[language()],
        "reading": _reading(case),
        "notes": notes_about(case.procedure, head.ref),
        "may_write": case.may(Action.WRITE_AUDIT_NOTE),
        "papers": papers(case.procedure),
        "log": log,
        "head_hash": _newest(log),
        "gone": gone,
        "page": page,
        "rows": [words(row, case.framework, language()) for row in rows],
        "crumbs": _crumbs(case, head, ""),
    }
    return render(request, "auditing/dossier.html", context)


def _reading(case: Case) -> list[tuple[str, str]]:
    """Return what there is to read of the dossier, as addresses with names."""
    ref = case.procedure.ref
    outcome = case.may(Action.PREPARE_OUTCOME) or case.may(Action.SEE_OUTCOME)
    offered = (
        (case.may(Action.SEE_SNAPSHOT), "assessment:judging", _("What was handed in")),
        (case.may(Action.SEE_BOTH_JUDGEMENTS), "assessment:finals", _("Judgements and final judgements")),
        (outcome, "certificates:outcome", _("Outcome")),
        (case.may(Action.SEE_DRAFT), "certificates:draft", _("Corrections of facts")),
        (case.may(Action.FETCH_CERTIFICATE), "certificates:certificate", _("Certificate (pdf)")),
        (_was_objected(case), "objections:objection", _("Objection")),
        (case.may(Action.SEE_PROCEDURE), "procedures:procedure", _("About this procedure")),
    )
    return [(reverse(name, args=[ref]), label) for may, name, label in offered if may]


def _was_objected(case: Case) -> bool:
    """Tell whether there is an objection to read."""
    return bool(case.procedure.has_objection) and case.may(Action.SEE_OBJECTION)


def _newest(log: DossierLog) -> str:
    return log.links[0].hash if log.links else ""


@require_http_methods(["GET", "HEAD", "POST"])
@on_procedure(Action.WRITE_AUDIT_NOTE)
def note(request: HttpRequest, case: Case, sample: str) -> HttpResponse:
    """Write down what was found, or replace what one wrote before."""
    head = sample_of(case.procedure, sample)
    replaces = request.GET.get("vervangt", "")
    old = _own_note(request, case, head, replaces) if replaces else None
    key = f"finding:{case.procedure.ref}:{head.ref}:{replaces}"[:120]
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            write_note(request.user, head.ref, case.procedure, text, replaces)  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            drop_draft(request.user, key)  # type: ignore[arg-type]
            messages.success(request, _("Your finding is on record."))
            return redirect("auditing:dossier", case.procedure.ref, head.ref)
    if not form.is_bound:
        form.initial = initial_from_draft(NoteForm, request, key) or {"text": old.text if old else ""}
    context: dict[str, Any] = {
        "case": case,
        "head": head,
        "form": form,
        "old": old,
        "draft_key": key,
        "crumbs": _crumbs(case, head, _("Finding")),
    }
    return render(request, "auditing/note.html", context, status=422 if form.errors else 200)


def _own_note(request: HttpRequest, case: Case, head: SampleHead, ref: str) -> NoteRead:
    standing = notes_about(case.procedure, head.ref)
    found = next((one for one in standing if one.ref == ref and one.author_pk == request.user.pk), None)
    if found is None:
        raise NotFound
    return found


def _crumbs(case: Case, head: SampleHead, further: str) -> list[Crumb]:
    provider = case.procedure.provider
    said = {"date": date_format(head.announced_at, "j F Y")}
    way = [
        Crumb(provider.name, reverse("procedures:overview", args=[provider.ref])),
        Crumb(_("Samples"), reverse("auditing:samples", args=[provider.ref])),
        Crumb(_("Sample of %(date)s") % said, reverse("auditing:sample", args=[provider.ref, head.ref])),
    ]
    here = reverse("auditing:dossier", args=[case.procedure.ref, head.ref])
    label = case.procedure.number
    return [*way, Crumb(label, here), Crumb(further)] if further else [*way, Crumb(label)]
