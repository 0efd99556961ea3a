"""An organisation links two versions: begin, load links from a file, look them over, publish them."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bekwaam.domain.accounts.access import Action
from bekwaam.frameworks.exchange.crosswalk_file import read_links
from bekwaam.frameworks.exchange.sheets.book import MAX_BYTES
from bekwaam.services.errors import Invalid, Refused, insist
from bekwaam.services.frameworks.crosswalks import crosswalk_heads_of
from bekwaam.services.frameworks.linking import (
    CrosswalkRead,
    drafts_of,
    drop_crosswalk,
    find_draft,
    load_links,
    publish_crosswalk,
    read_draft,
    start_crosswalk,
    usable_versions,
)
from bekwaam.services.frameworks.reads import published
from bekwaam.web.frameworks.crosswalk_forms import LoadForm, StartForm
from bekwaam.web.frameworks.crosswalks import framework_titles, link_lines, sheet_response, told
from bekwaam.web.frameworks.presenting import PAGE
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider

MOST_FAULTS: Final = 50


@on_provider(Action.SEE_CROSSWALKS)
def index(request: HttpRequest, office: Office) -> HttpResponse:
    """Show what this organisation is gathering and what it published. Five queries with the frame."""
    titles = framework_titles(published())
    own = crosswalk_heads_of(office.provider)[::-1]
    page = Paginator(own, PAGE).get_page(request.GET.get("page"))
    may_make = office.may(Action.MAKE_CROSSWALK)
    context = {
        "office": office,
        "may_make": may_make,
        "drafts": [
            (head, head.title[language()], told(head.frm, titles), told(head.to, titles))
            for head in (drafts_of(office.provider) if may_make else ())
        ],
        "page": page,
        "lines": [
            (head, head.title[language()], told(head.frm, titles), told(head.to, titles)) for head in page
        ],
        "crumbs": [*_home(office), Crumb(_("Links between frameworks"))],
    }
    return render(request, "frameworks/links_own.html", context)


@on_provider(Action.MAKE_CROSSWALK)
def start(request: HttpRequest, office: Office) -> HttpResponse:
    """Begin gathering links: what they are called, from which version to which."""
    usable = usable_versions(office.provider)
    titles = framework_titles(published())
    versions = sorted(((str(one), told(one, titles)) for one in usable), key=lambda one: one[1].casefold())
    form = StartForm(request.POST or None, versions=versions)
    if request.method == "POST" and form.is_valid():
        person: Any = request.user
        try:
            made = start_crosswalk(person, office.provider, *form.given())
        except Invalid as error:
            fill_errors(form, error)
        else:
            return redirect("frameworks:links_draft", office.provider.ref, made.ref)
    context = {"office": office, "form": form, "crumbs": _crumbs(office, _("New links"))}
    return render(request, "frameworks/links_start.html", context, status=422 if form.errors else 200)


@on_provider(Action.MAKE_CROSSWALK)
def draft(request: HttpRequest, office: Office, draft: str) -> HttpResponse:
    """Show the links gathered so far with what is to mend; take in a file with more (POST)."""
    row = find_draft(office.provider, draft)
    read = read_draft(row)
    form = LoadForm(initial={"how": LoadForm.ADD})
    if request.method == "POST":
        form = LoadForm(request.POST, request.FILES)
        if form.is_valid() and _load(request, row, read, form):
            return redirect("frameworks:links_draft", office.provider.ref, draft)
    page = Paginator(read.crosswalk.links, PAGE).get_page(request.GET.get("page"))
    context = {
        "office": office,
        "read": read,
        **_about(read),
        "form": form,
        "page": page,
        "lines": link_lines(read.a, read.b, page, {(one.id, one.version) for one in (read.a, read.b)}),
        "faults": [fault.full_text(language()) for fault in read.faults[:MOST_FAULTS]],
        "more_faults": max(0, len(read.faults) - MOST_FAULTS),
        "repairs": [fault.full_text(language()) for fault in read.repairs[:MOST_FAULTS]],
        "crumbs": _crumbs(office, read.crosswalk.title[language()]),
    }
    return render(request, "frameworks/links_draft.html", context, status=422 if form.errors else 200)


def _load(request: HttpRequest, row: Any, read: CrosswalkRead, form: LoadForm) -> bool:
    sent = form.cleaned_data["file"]
    # One byte more than is read, so that a file that is too large is told so by the reader itself.
    found = read_links(sent.read(MAX_BYTES + 1), sent.name, read.a, read.b)
    if not found.links and not found.faults:
        form.add_error(
            "file", _("There are no links in this file yet. Fill in at least one row and try again.")
        )
        return False
    if not found.links:
        for fault in found.faults[:MOST_FAULTS]:
            form.add_error("file", fault.full_text(language()))
        return False
    person: Any = request.user
    keep = form.cleaned_data["how"] == LoadForm.ADD
    try:
        number = load_links(person, row, found.links, found.faults, found.repairs, keep=keep)
    except Refused as error:
        form.add_error("file", error.verdict.text(language()))
        return False
    loaded = ngettext("%(n)s link was read.", "%(n)s links were read.", len(found.links))
    together = ngettext("There is %(n)s in all.", "There are %(n)s in all.", number)
    messages.success(request, f"{loaded % {'n': len(found.links)}} {together % {'n': number}}")
    return True


@on_provider(Action.MAKE_CROSSWALK)
def spreadsheet(request: HttpRequest, office: Office, draft: str) -> HttpResponse:
    """Give a spreadsheet to fill in, with the links there are and the codes to choose from."""
    read = read_draft(find_draft(office.provider, draft))
    name = _("links")
    return sheet_response(read.crosswalk, read.a, read.b, f"{name}-{read.a.id}-{read.b.id}.xlsx")


@on_provider(Action.MAKE_CROSSWALK)
def publish(request: HttpRequest, office: Office, draft: str) -> HttpResponse:
    """Ask whether the links are to be published for good; publish them (POST)."""
    row = find_draft(office.provider, draft)
    if request.method == "POST":
        person: Any = request.user
        try:
            made = publish_crosswalk(person, row, _number(request.POST.get("revision", "")))
        except Refused as error:
            insist(office.standing.may(Action.MAKE_CROSSWALK))
            messages.error(request, error.verdict.text(language()))
            return redirect("frameworks:links_draft", office.provider.ref, draft)
        messages.success(request, _("The links are published."))
        return redirect("frameworks:crosswalk", made.identifier)
    read = read_draft(row)
    context = {
        "office": office,
        "read": read,
        **_about(read),
        "crumbs": _crumbs(office, _("Publish"), (read.crosswalk.title[language()], draft)),
    }
    return render(request, "frameworks/links_publish.html", context)


@require_POST
@on_provider(Action.MAKE_CROSSWALK)
def drop(request: HttpRequest, office: Office, draft: str) -> HttpResponse:
    """Throw away links that were not published."""
    person: Any = request.user
    drop_crosswalk(person, find_draft(office.provider, draft))
    messages.success(request, _("The links were thrown away."))
    return redirect("frameworks:own_links", office.provider.ref)


def _about(read: CrosswalkRead) -> dict[str, Any]:
    return {
        "title": read.crosswalk.title[language()],
        "a": f"{read.a.title[language()]}, {_('Version')} {read.a.version}",
        "b": f"{read.b.title[language()]}, {_('Version')} {read.b.version}",
    }


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _home(office: Office) -> list[Crumb]:
    return [Crumb(office.provider.name, reverse("procedures:overview", args=[office.provider.ref]))]


def _crumbs(office: Office, here: str, above: tuple[str, str] | None = None) -> list[Crumb]:
    ref = office.provider.ref
    way = [*_home(office), Crumb(_("Links between frameworks"), reverse("frameworks:own_links", args=[ref]))]
    if above:
        way.append(Crumb(above[0], reverse("frameworks:links_draft", args=[ref, above[1]])))
    return [*way, Crumb(here)]
