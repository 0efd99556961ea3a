"""Links between frameworks as anybody may read them: all crosswalks, and one with all its links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.frameworks.crosswalk import Crosswalk, Link, Reference
from bekwaam.frameworks.exchange.book import MEDIA_TYPE
from bekwaam.frameworks.exchange.crosswalk_sheet import write_crosswalk_sheet
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.relation_names import relation_name
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.crosswalks import builtin_crosswalks, crosswalk_heads, find_crosswalk
from bekwaam.services.frameworks.links import versions_named
from bekwaam.services.frameworks.reads import VersionHead, published
from bekwaam.web.frameworks.presenting import PAGE, item_url, source_title
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb

OURS: Final = "Bekwaam"


@dataclass(frozen=True, slots=True)
class Line:
    """A crosswalk in a list; ``published_at`` is None for one that came with the product."""

    title: str
    url: str
    frm: str
    to: str
    whose: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link; ``url`` is empty where the item has no page here."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link in a list, to be read as a sentence; ``document`` is empty where no document makes it."""

    frm: End
    relation: str
    to: End
    reason: str
    document: str


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show every crosswalk: the product's and those of organisations. Two queries."""
    titles = framework_titles(published())
    lines = [_builtin(held.crosswalk, titles) for held in builtin_crosswalks()]
    lines += [
        Line(
            head.title[language()],
            reverse("frameworks:crosswalk", args=[head.identifier]),
            told(head.frm, titles),
            told(head.to, titles),
            head.owner,
            head.published_at,
        )
        for head in crosswalk_heads()
    ]
    lines.sort(key=lambda line: (line.whose != OURS, line.title.casefold()))
    context = {
        "page": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "crumbs": [Crumb(_("Frameworks"), reverse("frameworks:list")), Crumb(_("Links between frameworks"))],
    }
    return render(request, "frameworks/crosswalks.html", context)


@require_safe
def crosswalk(request: HttpRequest, identifier: str) -> HttpResponse:
    """Show one crosswalk with its links, a page at a time. At most four queries."""
    held, head = find_crosswalk(identifier)
    heads = published()
    a, b = _both(held.crosswalk, heads)
    page = Paginator(held.crosswalk.links, PAGE).get_page(request.GET.get("page"))
    here = {(one.identifier, one.version) for one in heads}
    context = {
        "title": held.crosswalk.title[language()],
        "a": f"{a.title[language()]}, {_('Version')} {a.version}",
        "b": f"{b.title[language()]}, {_('Version')} {b.version}",
        "url_a": _front(a, here),
        "url_b": _front(b, here),
        "whose": held.owner or OURS,
        "head": head,
        "identifier": identifier,
        "page": page,
        "lines": link_lines(a, b, page, here),
        "crumbs": [
            Crumb(_("Frameworks"), reverse("frameworks:list")),
            Crumb(_("Links between frameworks"), reverse("frameworks:crosswalks")),
            Crumb(held.crosswalk.title[language()]),
        ],
    }
    return render(request, "frameworks/crosswalk.html", context)


@require_safe
def spreadsheet(request: HttpRequest, identifier: str) -> HttpResponse:
    """Give a crosswalk as a spreadsheet. At most four queries."""
    held, _head = find_crosswalk(identifier)
    a, b = _both(held.crosswalk, published())
    return sheet_response(held.crosswalk, a, b, f"{identifier}.xlsx")


def sheet_response(crosswalk: Crosswalk, a: Framework, b: Framework, name: str) -> HttpResponse:
    """Return the links as a file to keep, in the language of the page."""
    content = write_crosswalk_sheet(crosswalk, a, b, language())
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(content, content_type=MEDIA_TYPE, headers=headers)


def link_lines(
    a: Framework, b: Framework, links: Iterable[Link], here: set[tuple[str, str]]
) -> list[LinkLine]:
    """Return links from ``a`` to ``b`` as a list shows them; ``here`` are the versions that have pages."""
    return [
        LinkLine(
            frm=_end(a, link.from_code, here),
            relation=relation_name(link.relation, language()),
            to=_end(b, link.to_code, here),
            reason=link.reason[language()],
            document=_document(a, b, link),
        )
        for link in links
    ]


def framework_titles(heads: Iterable[VersionHead]) -> dict[Reference, str]:
    """Return the titles of versions in the language of the page."""
    return {Reference(head.identifier, head.version): head.title[language()] for head in heads}


def told(reference: Reference, titles: Mapping[Reference, str]) -> str:
    """Return what a version is called, with its version."""
    return f"{titles.get(reference, reference.id)}, {_('Version')} {reference.version}"


def _builtin(crosswalk: Crosswalk, titles: Mapping[Reference, str]) -> Line:
    url = reverse("frameworks:crosswalk", args=[crosswalk.id])
    frm, to = told(crosswalk.frm, titles), told(crosswalk.to, titles)
    return Line(crosswalk.title[language()], url, frm, to, OURS, None)


def _both(crosswalk: Crosswalk, heads: tuple[VersionHead, ...]) -> tuple[Framework, Framework]:
    known = versions_named({crosswalk.frm, crosswalk.to}, heads)
    if not {crosswalk.frm, crosswalk.to} <= known.keys():
        raise NotFound
    return known[crosswalk.frm], known[crosswalk.to]


def _front(framework: Framework, here: set[tuple[str, str]]) -> str:
    if (framework.id, framework.version) not in here:
        return ""
    return reverse("frameworks:framework", args=[framework.id, framework.version])


def _end(framework: Framework, code: str, here: set[tuple[str, str]]) -> End:
    item = framework.by_code.get(code)
    reachable = item is not None and (framework.id, framework.version) in here
    return End(code, item.name(language()) if item else "", item_url(framework, code) if reachable else "")


def _document(a: Framework, b: Framework, link: Link) -> str:
    if link.own or link.source is None:
        return ""
    return source_title(a if link.source.document in a.documents else b, link.source)
