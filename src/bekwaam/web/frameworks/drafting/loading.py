"""A spreadsheet for a draft: loading one, the report by cell, and taking over the good rows."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.frameworks.exchange.workbook import write_workbook
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Item
from bekwaam.services.errors import Invalid
from bekwaam.services.frameworks.drafts import keep_waiting
from bekwaam.services.frameworks.loading import (
    Waiting,
    keep_upload,
    read_upload,
    take_over_waiting,
    waiting_for,
    without_place,
)
from bekwaam.web.frameworks.drafting.desk import Desk, on_draft
from bekwaam.web.frameworks.drafting.forms import UploadForm
from bekwaam.web.frameworks.drafting.presenting import name_of, one
from bekwaam.web.frameworks.drafting.shelf import workbook
from bekwaam.web.shared.case import language
from bekwaam.web.shared.errors import fill_errors

PAGE = 25


@on_draft(Action.EDIT_FRAMEWORK)
def spreadsheet(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Load a spreadsheet beside a draft; show what is good and what is not; take over the good rows."""
    form = UploadForm()
    act = request.POST.get("do", "")
    if request.method == "POST" and act in ("replace", "add"):
        return _taken(request, desk, add=act == "add")
    if request.method == "POST" and act == "forget":
        keep_waiting(request.user, desk.ref, None)  # type: ignore[arg-type]
        messages.success(request, _("The spreadsheet is put aside. Your framework is as it was."))
        return redirect(desk.url("draft"))
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                keep_upload(request.user, desk.ref, read_upload(form.cleaned_data["file"]))  # type: ignore[arg-type]
                return redirect(desk.url("spreadsheet"))
            except Invalid as error:
                fill_errors(form, error)
    context = {
        "desk": desk,
        "form": form,
        "crumbs": desk.crumbs(_("Spreadsheet")),
        **_report(request, desk, waiting_for(desk.head)),
    }
    return render(
        request, "frameworks/drafting/spreadsheet.html", context, status=422 if form.errors else 200
    )


def _taken(request: HttpRequest, desk: Desk, *, add: bool) -> HttpResponse:
    taken = take_over_waiting(request.user, desk.ref, add=add)  # type: ignore[arg-type]
    messages.success(
        request,
        _("Taken over: %(new)s new and %(changed)s changed parts.")
        % {"new": taken.new, "changed": taken.changed},
    )
    if taken.left_out:
        shown = ", ".join(taken.left_out[:20])
        messages.warning(request, _("These found no place and were left out: %(codes)s.") % {"codes": shown})
    return redirect(desk.url("draft"))


def _report(request: HttpRequest, desk: Desk, waiting: Waiting | None) -> dict[str, Any]:
    if waiting is None:
        return {"waiting": None}
    faults = Paginator(waiting.faults, PAGE).get_page(request.GET.get("page"))
    found = waiting.framework
    lost = set(without_place(desk.framework, waiting))
    good = [item for item in found.items if item.code not in lost] if found else []
    faulty = {line.item for line in waiting.faults}
    outside = [item.code for item in found.items if item.code in lost - faulty] if found else []
    rows = Paginator(good, PAGE).get_page(request.GET.get("rijen"))
    return {
        "waiting": waiting,
        "faults": faults,
        "fault_lines": [(line.place, line.item, line.text(language())) for line in faults],
        "repairs": [(line.place, line.item, line.text(language())) for line in waiting.repairs[:PAGE]],
        "more_repairs": max(0, waiting.repairs_in_all - PAGE),
        "counts": _counts(good),
        "outside": ", ".join(outside[:20]),
        "outside_more": max(0, len(outside) - 20),
        "rows": rows,
        "row_lines": [(item.code, one(item.kind), name_of(item)) for item in rows],
        "holds_items": bool(desk.framework.items),
    }


def _counts(items: list[Item]) -> list[tuple[str, int]]:
    counts = Counter(item.kind for item in items)
    return [(kind_name(kind, language()), counts[kind]) for kind in KINDS if counts[kind]]


@on_draft(Action.SEE_OWN_FRAMEWORKS)
def download(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Send a draft as a spreadsheet, to work on elsewhere and load again."""
    name = f"{desk.framework.id}-{desk.framework.version}-concept.xlsx"
    return workbook(write_workbook(desk.framework, language=language()), name)
