"""An organisation's own frameworks: the list of them, beginning one, and taking one out of use."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.frameworks.editing.names import id_from
from bekwaam.frameworks.editing.refusal import Edited
from bekwaam.frameworks.editing.start import start_copy, start_empty, start_next
from bekwaam.frameworks.exchange.workbook import template as empty_workbook
from bekwaam.frameworks.model import Text
from bekwaam.services.accounts.reads import workplaces
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.frameworks.drafts import set_in_use, start_draft
from bekwaam.services.frameworks.loading import read_upload, start_from_upload
from bekwaam.services.frameworks.own import all_rows, drafts_of, versions_of_owner
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.web.frameworks.drafting.forms import FIELDS, StartForm
from bekwaam.web.frameworks.presenting import sort_name
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider

PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Go to the own frameworks of where one is coordinator; where that is several, choose. One query."""
    places = workplaces(request.user).coordinates  # type: ignore[arg-type]
    if len(places) == 1:
        return redirect("drafting:own", places[0].ref)
    return render(request, "frameworks/drafting/home.html", {"places": places})


@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Send the empty spreadsheet to begin with."""
    return workbook(empty_workbook(language()), "kader-sjabloon.xlsx")


def workbook(data: bytes, name: str) -> HttpResponse:
    """Return a spreadsheet to be saved."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=XLSX, headers=headers)


@on_provider(Action.SEE_OWN_FRAMEWORKS)
def own(request: HttpRequest, office: Office) -> HttpResponse:
    """Show what an organisation is writing and what it published. Seven queries."""
    drafts = Paginator(drafts_of(office.provider), PAGE).get_page(request.GET.get("concepten"))
    page = Paginator(versions_of_owner(office.provider), PAGE).get_page(request.GET.get("page"))
    context = {
        "office": office,
        "drafts": drafts,
        "page": page,
        "versions": [
            (one, one.title[language()], sort_name(one.kind).capitalize()) for one in page.object_list
        ],
        "crumbs": [Crumb(office.provider.name), Crumb(_("Own frameworks"))],
    }
    return render(request, "frameworks/drafting/own.html", context)


@on_provider(Action.EDIT_FRAMEWORK)
def start(request: HttpRequest, office: Office) -> HttpResponse:
    """Show the ways to begin."""
    return render(
        request, "frameworks/drafting/start.html", {"office": office, "crumbs": _crumbs(office, _("Begin"))}
    )


@on_provider(Action.EDIT_FRAMEWORK)
def begin(request: HttpRequest, office: Office, way: str) -> HttpResponse:
    """Begin a framework: with nothing, a copy, a next version of one's own, or a spreadsheet."""
    if way not in FIELDS:
        raise NotFound
    rows = {str(row.pk): row for row in _sources(office, way)}
    sources = [(pk, f"{row.title[language()]} ({row.version})") for pk, row in rows.items()]
    form = StartForm(way, sources=sources)
    if request.method == "POST":
        form = StartForm(way, request.POST, request.FILES, sources=sources)
        if form.is_valid():
            try:
                return redirect(_made(request, office, way, form.cleaned_data, rows))
            except Invalid as error:
                fill_errors(form, error)
    context = {
        "office": office,
        "form": form,
        "way": way,
        "title": _TITLES[way](),
        "none": "source" in FIELDS[way] and not sources,
        "crumbs": _crumbs(office, _TITLES[way]()),
    }
    return render(request, "frameworks/drafting/begin.html", context, status=422 if form.errors else 200)


_TITLES = {
    "leeg": lambda: _("Begin with nothing"),
    "kopie": lambda: _("Begin with a copy"),
    "versie": lambda: _("A next version"),
    "spreadsheet": lambda: _("Begin with a spreadsheet"),
}


def _sources(office: Office, way: str) -> list[Any]:
    if way == "kopie":
        return all_rows()
    return [row for row in all_rows() if row.owner_id == office.provider.pk] if way == "versie" else []


def _made(request: HttpRequest, office: Office, way: str, given: dict[str, Any], rows: dict[str, Any]) -> str:
    """Begin, and return the address to go on at. Raises Invalid."""
    title = Text(given.get("title", ""), "")
    identifier = given.get("identifier") or id_from(title.nl)
    version = given["version"]
    actor: Any = request.user
    if way == "spreadsheet":
        waiting = read_upload(given["file"])
        begun = start_empty(identifier, version, waiting.kind or "framework", title)
        draft = start_from_upload(actor, office.provider, begun, waiting)
        return reverse("drafting:spreadsheet", args=[draft.ref])
    made: Edited
    if way == "leeg":
        made = start_empty(identifier, version, given["kind"], title)
    elif way == "kopie":
        made = start_copy(framework_of(rows[given["source"]]), identifier, version, title)
    else:
        made = start_next(framework_of(rows[given["source"]]), version)
    return reverse("drafting:draft", args=[start_draft(actor, office.provider, made).ref])


@on_provider(Action.PUBLISH_FRAMEWORK)
@require_POST
def in_use(request: HttpRequest, office: Office, identifier: str, version: str) -> HttpResponse:
    """Take a published version out of use, or into use again."""
    back = request.POST.get("do") == "back"
    set_in_use(request.user, office.provider, identifier, version, in_use=back)  # type: ignore[arg-type]
    said = {"id": identifier, "version": version}
    if back:
        messages.success(request, _("%(id)s %(version)s is in use again.") % said)
    else:
        messages.success(
            request, _("%(id)s %(version)s is no longer offered. What runs on it goes on.") % said
        )
    return redirect("drafting:own", office.provider.ref)


def _crumbs(office: Office, label: str) -> list[Crumb]:
    return [Crumb(_("Own frameworks"), reverse("drafting:own", args=[office.provider.ref])), Crumb(label)]
