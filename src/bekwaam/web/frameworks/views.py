"""Exploring frameworks: the list, the front door of one version, and one item. Open to anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from bekwaam.frameworks.kind_names import KIND_NAMES
from bekwaam.frameworks.model import Framework, Item
from bekwaam.frameworks.rule_text import rule_sentence
from bekwaam.frameworks.wheel import group_of, wheel
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.crosswalks import CrosswalkHead, crosswalk_heads
from bekwaam.services.frameworks.links import standing
from bekwaam.services.frameworks.reads import (
    Opened,
    VersionHead,
    also_in,
    among,
    found_items,
    listed,
    opened,
    published,
    versions_of,
)
from bekwaam.web.frameworks import comparing, linking, presenting, taking
from bekwaam.web.frameworks.presenting import PAGE
from bekwaam.web.frameworks.unchanged import unless_unchanged
from bekwaam.web.frameworks.whose import Chosen, choose_words
from bekwaam.web.shared.case import language

# A wheel with more spokes cannot be read, nor clicked.
MOST_SPOKES: Final = 72
LONGEST_QUERY: Final = 200


@dataclass(frozen=True, slots=True)
class Front:
    """The wheel of a version, as a picture and as groups for the table that says the same."""

    svg: SafeString
    groups: tuple[presenting.Below, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What there is beside a version: all published versions, and the crosswalks of organisations at it."""

    heads: tuple[VersionHead, ...]
    crosswalks: tuple[CrosswalkHead, ...]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show every published framework with its versions. Two queries."""
    heads = published()

    def answer() -> HttpResponse:
        shelves = [presenting.shelf(one) for one in listed(heads)]
        return render(request, "frameworks/list.html", {"shelves": shelves})

    return unless_unchanged(request, [head.stamp for head in heads], answer)


@require_safe
def framework(request: HttpRequest, identifier: str, version: str) -> HttpResponse:
    """Show a version: its front door, one kind of item (``kind``), or what was looked for (``q``).

    Two queries, one more for who is logged in: whose words they read.
    """
    head, others = versions_of(identifier, version)
    chosen = choose_words(request, head)

    def answer() -> HttpResponse:
        return _framework(request, opened(head, others, chosen.shown), chosen)

    return unless_unchanged(request, [one.stamp for one in (head, *others)] + chosen.content, answer)


@require_safe
def item(request: HttpRequest, identifier: str, version: str, code: str) -> HttpResponse:
    """Show one item with what it lies in, what lies in it, where it comes from and what it is linked to.

    Two queries, six for what this process has not read yet, one more for who is logged in: whose words
    they read.
    """
    heads = published()
    crosswalks = crosswalk_heads(identifier)
    head, others = among(heads, identifier, version)
    chosen = choose_words(request, head)

    def answer() -> HttpResponse:
        return _item(request, opened(head, others, chosen.shown), code, Around(heads, crosswalks), chosen)

    content = [one.stamp for one in heads] + [one.sha256 + one.owner for one in crosswalks]
    return unless_unchanged(request, content + chosen.content, answer)


def _framework(request: HttpRequest, version: Opened, chosen: Chosen) -> HttpResponse:
    found = version.framework
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    context: dict[str, Any] = {
        "head": version.head,
        "framework": found,
        "title": found.title[language()],
        "description": found.description[language()],
        "sort": presenting.sort_name(found.kind),
        "crumbs": presenting.crumbs(found),
        "others": [(head.version, presenting.version_url(head)) for head in version.others],
        "home": presenting.version_url(version.head),
        "compare": comparing.compare_url(version.head, *version.others[:1]),
        "query": query,
        "words": chosen.mark(request, version),
        "carried": chosen.carried,
    }
    if query:
        return render(
            request, "frameworks/search.html", {**context, **_searched(request, version, query, chosen)}
        )
    if kind := request.GET.get("kind"):
        return render(request, "frameworks/kind.html", {**context, **_of_kind(request, found, kind, chosen)})
    return render(request, "frameworks/framework.html", {**context, **_front(found)})


def _front(found: Framework) -> dict[str, Any]:
    drawn = _wheel(found)
    kinds = [kind for kind in KIND_NAMES if found.of_kind(kind)]
    return {
        "front": drawn,
        "sections": presenting.sections(found, drawn.kinds if drawn else ()),
        "counts": [(kind, presenting.plural(kind), len(found.of_kind(kind))) for kind in kinds],
        "stages": [
            (number, stage.title[language()], stage.description[language()])
            for number, stage in enumerate(found.stages, start=1)
        ],
        "rule": rule_sentence(found, found.rule, language()) if found.rule else "",
        "documents": [(number, title[language()]) for number, title in found.documents.items()],
        "ways": taking.ways(found),
        "case_address": taking.case_address(found),
    }


def _wheel(found: Framework) -> Front | None:
    """Return the wheel, for a framework whose competences lie in groups and have stages."""
    spokes = found.competences
    groups = {item.code: group_of(found, item) for item in spokes}
    if not found.stages or not 0 < len(spokes) <= MOST_SPOKES or None in groups.values():
        return None
    drawn = wheel(found, None, language=language(), title=found.title[language()], domains=False)
    svg = drawn.svg(prefix="explore", href=lambda code: presenting.item_url(found, code))
    kinds = dict.fromkeys(group.kind for group in groups.values() if group)
    return Front(
        svg=mark_safe(svg),  # noqa: S308 - drawn by us, names escaped
        groups=presenting.below(found, spokes),
        kinds=(*kinds, "competence"),
    )


def _of_kind(request: HttpRequest, found: Framework, kind: str, chosen: Chosen) -> dict[str, Any]:
    """Return one page of all items of a kind; raises NotFound for a kind that is not in it."""
    page = Paginator(_some(found.of_kind(kind)), PAGE).get_page(request.GET.get("page"))
    return {
        "kind": presenting.plural(kind),
        "page": page,
        "groups": presenting.below(found, page.object_list),
        "rest": urlencode({"kind": kind, **chosen.carried}),
    }


def _searched(request: HttpRequest, version: Opened, query: str, chosen: Chosen) -> dict[str, Any]:
    items = found_items(version, query, language())
    page = Paginator(items, PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "hits": [presenting.hit(version.framework, one, query) for one in page],
        "rest": urlencode({"q": query, **chosen.carried}),
    }


def _item(request: HttpRequest, version: Opened, code: str, around: Around, chosen: Chosen) -> HttpResponse:
    found = version.framework
    here = found.by_code.get(code)
    if here is None:
        raise NotFound
    before, after = _neighbours(found, here)
    stage = found.stage_by_code.get(here.stage or "")
    elsewhere = standing(version, here, around.heads, around.crosswalks)
    context: dict[str, Any] = {
        "framework": found,
        "entry": presenting.entry(found, here),
        "kind": presenting.plural(here.kind),
        "stage": stage.description[language()] if stage else "",
        "title": found.title[language()],
        "home": presenting.version_url(version.head),
        "crumbs": presenting.crumbs(found, here),
        "before": presenting.entry(found, before) if before else None,
        "after": presenting.entry(found, after) if after else None,
        "words": chosen.mark(request, version),
        "carried": chosen.carried,
        "theirs": (code, language()) in version.told.replaced,
        "source": here.source,
        "source_title": presenting.source_title(found, here.source),
        "links": linking.shown(found, elsewhere.links),
        "linked": len(elsewhere.links),
        "module": linking.place(elsewhere.module, code) if elsewhere.module else None,
        "included": [linking.place(head, code) for head in elsewhere.included],
        "also": [
            (head.version, reverse("frameworks:item", args=[head.identifier, head.version, code]))
            for head in also_in(code, version.others)
        ],
    }
    if kind := request.GET.get("kind"):
        page = Paginator(_some(found.children(code, kind)), PAGE).get_page(request.GET.get("page"))
        context["page"], context["rest"] = page, urlencode({"kind": kind, **chosen.carried})
        groups = presenting.below(found, page.object_list, named=False)
        total = page.paginator.count
        context["sections"] = [presenting.Section(kind, presenting.plural(kind), total, groups, False)]
    else:
        context["ladder"] = presenting.ladder(found, here)
        context["sections"] = presenting.inside(found, here)
    return render(request, "frameworks/item.html", context)


def _neighbours(found: Framework, here: Item) -> tuple[Item | None, Item | None]:
    """Return the items of the same kind before and after one, in the order of the document."""
    row = found.of_kind(here.kind)
    at = next(place for place, one in enumerate(row) if one.code == here.code)
    return row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None


def _some(items: tuple[Item, ...]) -> tuple[Item, ...]:
    if not items:
        raise NotFound
    return items
