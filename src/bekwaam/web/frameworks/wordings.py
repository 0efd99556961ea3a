"""An organisation's own words over ours: what is loaded, loading, looking through first, withdrawing."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekwaam.domain.accounts.access import Action
from bekwaam.frameworks.exchange.wording_sheet import WordingReading
from bekwaam.frameworks.worded import replaced_numbers, text_number
from bekwaam.services.errors import Invalid, NotFound, insist
from bekwaam.services.frameworks.reads import published
from bekwaam.services.frameworks.versions import find_version, framework_of
from bekwaam.services.frameworks.wordings import (
    SentIn,
    drop_sent_in,
    keep_sent_in,
    kept_sent_in,
    load_wording,
    looked_through,
    withdraw_wording,
    wording_template,
)
from bekwaam.services.frameworks.words import earlier_wordings, told, wordings_of
from bekwaam.web.frameworks.presenting import PAGE
from bekwaam.web.frameworks.wording_forms import WordingForm
from bekwaam.web.frameworks.wordings_shown import languages_said, side_by_side, versions_shown
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider

FORMS: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
SOUND, FAULTY, TOLD = "teksten", "niet-goed", "opgemerkt"


@on_provider(Action.SEE_WORDINGS)
def index(request: HttpRequest, office: Office) -> HttpResponse:
    """Show every version with the words that are loaded over it. Four queries."""
    lines = versions_shown(published(), wordings_of(office.provider), office.provider.ref)
    context = {
        "office": office,
        "page": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "may_load": office.may(Action.LOAD_WORDING),
        "crumbs": [_home(office), Crumb(_("Words of your own"))],
    }
    return render(request, "frameworks/wordings.html", context)


@on_provider(Action.SEE_WORDINGS)
def wording(request: HttpRequest, office: Office, identifier: str, version: str) -> HttpResponse:
    """Show what is loaded over a version; take in a file with words (POST). Six queries."""
    row = find_version(identifier, version)
    form = WordingForm()
    if request.method == "POST":
        insist(office.standing.may(Action.LOAD_WORDING))
        form = WordingForm(request.POST, request.FILES)
        if form.is_valid() and _keep(request, office, row, form):
            return redirect("frameworks:wording_review", office.provider.ref, identifier, version)
    head = wordings_of(office.provider).get((identifier, version))
    read = told(row, head.sha256 if head else None)
    rows = side_by_side(framework_of(row), read.texts) if read.texts else []
    person: Any = request.user
    context = {
        **_about(office, row),
        "crumbs": _crumbs(office, row),
        "head": head,
        "numbers": languages_said(read.numbers) if read.numbers else "",
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "form": form,
        "may_load": office.may(Action.LOAD_WORDING),
        "waiting": kept_sent_in(person, office.provider, row) if office.may(Action.LOAD_WORDING) else None,
        "earlier": earlier_wordings(office.provider, identifier, version),
    }
    return render(request, "frameworks/wording.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, office: Office, row: Any, form: WordingForm) -> bool:
    """Keep the file for its sender to look through; a fault comes on the form."""
    person: Any = request.user
    sent = form.cleaned_data["file"]
    given = SentIn(sent.name, sent.read(), form.cleaned_data["whose"], form.cleaned_data["right"])
    found = looked_through(given, (row.pk, row.sha256))
    if not len(found.texts) and not found.faults:
        form.add_error("file", _("There are no texts in this file yet. Fill in at least one and try again."))
        return False
    try:
        keep_sent_in(person, office.provider, row, given)
    except Invalid as error:
        fill_errors(form, error)
        return False
    return True


@on_provider(Action.LOAD_WORDING)
def review(request: HttpRequest, office: Office, identifier: str, version: str) -> HttpResponse:
    """Show what is in the file before anything is loaded; load it or throw it away (POST). Four queries."""
    row = find_version(identifier, version)
    person: Any = request.user
    given = kept_sent_in(person, office.provider, row)
    if given is None:
        messages.info(request, _("There is no file waiting here. Choose one first."))
        return redirect("frameworks:wording", office.provider.ref, identifier, version)
    if request.method == "POST":
        return _settle(request, office, row, given)
    found = looked_through(given, (row.pk, row.sha256))
    ours = framework_of(row)
    rows = side_by_side(ours, found.texts)
    shown = _shown(request, found)
    listed: Any = {SOUND: rows, FAULTY: found.faults, TOLD: found.repairs}[shown]
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    context = {
        **_about(office, row),
        "crumbs": [*_crumbs(office, row), Crumb(_("Look it through"))],
        "given": given,
        "number": len(found.texts),
        "numbers": languages_said(replaced_numbers(ours, found.texts)),
        "faults": len(found.faults),
        "tabs": _tabs(found, shown),
        "shown": shown,
        "page": page,
        "notes": [] if shown == SOUND else [(one.cell, one.text(language())) for one in page],
    }
    return render(request, "frameworks/wording_review.html", context)


def _settle(request: HttpRequest, office: Office, row: Any, given: SentIn) -> HttpResponse:
    """Load what was looked at, or throw it away."""
    person: Any = request.user
    back = redirect("frameworks:wording", office.provider.ref, row.identifier, row.version)
    if request.POST.get("do") == "drop":
        drop_sent_in(person, office.provider, row)
        messages.success(request, _("The file was thrown away. Nothing was loaded."))
        return back
    if request.POST.get("file") != given.sha256:
        messages.error(
            request, _("Another file was sent in meanwhile. Look this one through; nothing was loaded.")
        )
        return redirect("frameworks:wording_review", office.provider.ref, row.identifier, row.version)
    texts = looked_through(given, (row.pk, row.sha256)).texts
    try:
        load_wording(person, office.provider, row, texts, whose=given.whose, right=given.right)
    except Invalid as error:
        messages.error(request, " ".join(fault.text(language()) for fault in error.faults))
        return back
    drop_sent_in(person, office.provider, row)
    messages.success(request, _("Loaded. Your people read these words from now on."))
    return back


@require_POST
@on_provider(Action.LOAD_WORDING)
def withdraw(request: HttpRequest, office: Office, identifier: str, version: str) -> HttpResponse:
    """Let the people of the provider read ours again."""
    person: Any = request.user
    withdraw_wording(person, office.provider, find_version(identifier, version))
    messages.success(request, _("Withdrawn. Your people read the texts of Bekwaam again."))
    return redirect("frameworks:wording", office.provider.ref, identifier, version)


@on_provider(Action.SEE_WORDINGS)
def template(request: HttpRequest, office: Office, identifier: str, version: str, form: str) -> HttpResponse:
    """Hand out the spreadsheet to fill in: our codes and texts, with empty columns beside them."""
    if form not in FORMS:
        raise NotFound
    row = find_version(identifier, version)
    name = "-".join((_("words"), identifier, version)) + f".{form}"
    return HttpResponse(
        wording_template((row.pk, row.sha256), form, language()),
        content_type=FORMS[form],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-cache",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _shown(request: HttpRequest, found: WordingReading) -> str:
    """Return which list is shown: what was asked for, or what needs looking at most."""
    asked = request.GET.get("toon", "")
    if asked in (SOUND, FAULTY, TOLD):
        return asked
    return FAULTY if found.faults else SOUND


def _tabs(found: WordingReading, shown: str) -> list[tuple[str, str, int, bool]]:
    """Return the lists there are: key, name, how much is in it, and whether it is the one shown."""
    lists = [(FAULTY, _("Not right"), len(found.faults)), (SOUND, _("What is loaded"), len(found.texts))]
    if found.repairs:
        lists.append((TOLD, _("Noticed"), len(found.repairs)))
    return [(key, name, number, key == shown) for key, name, number in lists]


def _about(office: Office, row: Any) -> dict[str, Any]:
    return {
        "office": office,
        "row": row,
        "title": row.title[language()],
        "total": text_number(framework_of(row)),
    }


def _home(office: Office) -> Crumb:
    return Crumb(office.provider.name, reverse("procedures:overview", args=[office.provider.ref]))


def _crumbs(office: Office, row: Any) -> list[Crumb]:
    ref = office.provider.ref
    here = reverse("frameworks:wording", args=[ref, row.identifier, row.version])
    return [
        _home(office),
        Crumb(_("Words of your own"), reverse("frameworks:wordings", args=[ref])),
        Crumb(f"{row.title[language()]}, {row.version}", here),
    ]
