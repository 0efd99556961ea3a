"""Two frameworks or versions side by side. Open to anybody; what is chosen stands in the address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.frameworks.compare import Comparison, KindComparison, Pair, SharedModule, StagePair
from bekwaam.frameworks.compared import head_differences
from bekwaam.frameworks.exchange.book import MEDIA_TYPE
from bekwaam.frameworks.exchange.comparison_sheet import comparison_sheet
from bekwaam.frameworks.model import Framework, Item
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.reads import VersionHead, laid_side_by_side, published
from bekwaam.web.frameworks.presenting import PAGE, Entry, entry, plural, version_url
from bekwaam.web.frameworks.unchanged import unless_unchanged
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb

STATUSES: Final = ("changed", "moved", "only_in_a", "only_in_b", "shared")


@dataclass(frozen=True, slots=True)
class Choice:
    """A version that can be chosen; ``value`` is "id@version"."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """An item on either side or on both; ``place`` is what each lies in where that is the difference."""

    kind: str
    status: str
    a: Entry | None
    b: Entry | None
    place_a: str = ""
    place_b: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one kind with one status; ``one_sided`` where only one of the two has them."""

    kind: str
    status: str
    one_sided: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many items of a kind have a status, and the address that shows only those."""

    name: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Module:
    """What both took over from one building block."""

    title: str
    url: str
    counts: tuple[tuple[str, int], ...]


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """Show the form and, where two versions are chosen, how they differ. At most three queries."""
    heads = published()

    def answer() -> HttpResponse:
        return _answer(request, heads)

    return unless_unchanged(request, [head.stamp for head in heads], answer)


def compare_url(a: VersionHead, b: VersionHead | None = None) -> str:
    """Return the address that lays ``a`` beside ``b``, or that leaves ``b`` to choose."""
    sides = {"a": _value(a)} | ({"b": _value(b)} if b else {})
    return f"{reverse('frameworks:compare')}?{urlencode(sides)}"


@require_safe
def spreadsheet(request: HttpRequest) -> HttpResponse:
    """Give the comparison of two versions as a spreadsheet. At most three queries."""
    heads = published()
    by_value = {_value(head): head for head in heads}
    a, b = (by_value.get(request.GET.get(side, "")) for side in ("a", "b"))
    if a is None or b is None:
        raise NotFound

    def answer() -> HttpResponse:
        content = comparison_sheet(laid_side_by_side(a, b), language())
        name = f"{a.identifier}-{a.version}_{b.identifier}-{b.version}.xlsx"
        headers = {"Content-Disposition": content_disposition_header(True, name)}
        return HttpResponse(content, content_type=MEDIA_TYPE, headers=headers)

    return unless_unchanged(request, [a.sha256, b.sha256], answer)


def _answer(request: HttpRequest, heads: tuple[VersionHead, ...]) -> HttpResponse:
    by_value = {_value(head): head for head in heads}
    chosen = {side: request.GET.get(side, "") for side in ("a", "b")}
    a, b = (by_value.get(chosen[side]) for side in ("a", "b"))
    context: dict[str, Any] = {
        "choices": _choices(heads),
        "chosen_a": chosen["a"] if a else "",
        "chosen_b": chosen["b"] if b else "",
        "unknown": [value for side, value in chosen.items() if value and value not in by_value],
        "crumbs": [Crumb(_("Frameworks"), reverse("frameworks:list")), Crumb(_("Compare"))],
    }
    if a and b:
        context |= _compared(request, a, b, heads)
    status = 404 if context["unknown"] else 200
    return render(request, "frameworks/compare.html", context, status=status)


def _compared(
    request: HttpRequest, a: VersionHead, b: VersionHead, heads: tuple[VersionHead, ...]
) -> dict[str, Any]:
    found = laid_side_by_side(a, b)
    asked = {name: request.GET[name] for name in ("kind", "status") if request.GET.get(name)}
    rows = _rows(found, **asked)
    if asked and not rows:
        raise NotFound
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return {
        "found": found,
        "swap": compare_url(b, a),
        "all": compare_url(a, b) if asked else "",
        "sheet": f"{reverse('frameworks:compare_sheet')}?{urlencode({'a': _value(a), 'b': _value(b)})}",
        "side_a": _label(a),
        "side_b": _label(b),
        "url_a": version_url(a),
        "url_b": version_url(b),
        "statuses": [_status_name(status) for status in STATUSES],
        "summary": [(plural(kind.kind), _counts(kind, compare_url(a, b))) for kind in found.kinds],
        "modules": [_module(module, found, heads) for module in found.modules],
        "heads": head_differences(found, language()),
        "stages": [_stage(pair) for pair in found.stages if not pair.same],
        "groups": [
            Group(
                plural(kind),
                _status_name(status),
                status in ("only_in_a", "only_in_b"),
                tuple(_row(found, *one) for one in group),
            )
            for (kind, status), group in groupby(page, key=lambda one: (one[0], one[1]))
        ],
        "page": page,
        "rest": urlencode({"a": _value(a), "b": _value(b), **asked}),
    }


def _rows(found: Comparison, kind: str = "", status: str = "") -> list[tuple[str, str, Pair | Item]]:
    """Return what is to be shown; what is shared only where it was asked for."""
    wanted = (status,) if status else STATUSES[:-1]
    return [
        (one.kind, name, each)
        for one in found.kinds
        if kind in ("", one.kind)
        for name in STATUSES
        if name in wanted
        for each in _of(one, name)
    ]


def _of(kind: KindComparison, status: str) -> Iterable[Pair | Item]:
    found: tuple[Pair | Item, ...] = getattr(kind, status)
    return found


def _row(found: Comparison, kind: str, status: str, one: Pair | Item) -> Row:
    if isinstance(one, Pair):
        places = (_place(found.a, one.a), _place(found.b, one.b)) if one.other_parent else ("", "")
        return Row(kind, status, entry(found.a, one.a), entry(found.b, one.b), *places)
    if status == "only_in_a":
        return Row(kind, status, entry(found.a, one), None)
    return Row(kind, status, None, entry(found.b, one))


def _place(framework: Framework, item: Item) -> str:
    over = framework.by_code.get(item.parent or "")
    return f"{over.code} {over.name(language())}" if over else ""


def _counts(kind: KindComparison, url: str) -> list[Count]:
    return [
        Count(
            _status_name(status),
            len(getattr(kind, status)),
            f"{url}&{urlencode({'kind': kind.kind, 'status': status})}#differences",
        )
        for status in STATUSES
    ]


def _status_name(status: str) -> str:
    names = {
        "changed": _("Other words"),
        "moved": _("Other code or place"),
        "only_in_a": _("Only in A"),
        "only_in_b": _("Only in B"),
        "shared": _("The same"),
    }
    return names[status]


def _module(module: SharedModule, found: Comparison, heads: tuple[VersionHead, ...]) -> Module:
    head = next((head for head in heads if head.identifier == module.id), None)
    kinds: dict[str, int] = {}
    for pair in module.pairs:
        kinds[pair.a.kind] = kinds.get(pair.a.kind, 0) + 1
    return Module(
        title=head.title[language()] if head else module.id,
        url=version_url(head) if head else "",
        counts=tuple((plural(kind), number) for kind, number in kinds.items()),
    )


def _stage(pair: StagePair) -> tuple[str, str, str, str]:
    """Return the name and the description of a stage in A, and the same in B; empty where it is not."""
    named: Iterator[str] = (
        words
        for stage in (pair.a, pair.b)
        for words in ((stage.title[language()], stage.description[language()]) if stage else ("", ""))
    )
    return next(named), next(named), next(named), next(named)


def _choices(heads: tuple[VersionHead, ...]) -> list[Choice]:
    return sorted(
        (Choice(_value(head), _label(head)) for head in heads), key=lambda one: one.label.casefold()
    )


def _value(head: VersionHead) -> str:
    return f"{head.identifier}@{head.version}"


def _label(head: VersionHead) -> str:
    return f"{head.title[language()]}, {_('Version')} {head.version}"
