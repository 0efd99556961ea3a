"""Puts a draft and its parts into the values that the pages show, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from bekwaam.frameworks.checking import with_missing_english
from bekwaam.frameworks.editing.places import is_own, kinds_below
from bekwaam.frameworks.faults import Finding
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.kind_singular import one_of_kind
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Framework, Item, Text
from bekwaam.frameworks.wheel import group_of, wheel
from bekwaam.web.frameworks.drafting.desk import Desk
from bekwaam.web.frameworks.presenting import hue
from bekwaam.web.shared.case import language
from bekwaam.wording import N_

PAGE: Final = 25
MOST_SPOKES: Final = 72
# What is missing, said as a person at this screen would.
_WANTED: Final = {
    "title": N_("A title is still missing."),
    "text": N_("A text is still missing."),
    "description": N_("A description is still missing."),
    "stages": N_("There are no stages yet."),
}
# What most frameworks are made of; the other kinds stand behind "something else".
USUAL: Final = ("cluster", "competence", "life_domain", "indicator", "stage_text", "theme")


@dataclass(frozen=True, slots=True)
class Row:
    """An item in a list of a draft. ``own`` is false for what belongs to a building block."""

    code: str
    name: str
    url: str
    place_url: str
    hue: int
    stage: str
    rings: int
    inside: int
    own: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """The items of one kind that lie in the same place, a page of them, and how to add one if one can."""

    kind: str
    name: str
    total: int
    rows: tuple[Row, ...]
    add_url: str
    add: str
    page: Any


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be added: the address of its form, and what it is called."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is still to be done, with the address of the place."""

    text: str
    url: str


def called(text: Text | None) -> str:
    """Return a text in the language of the page, in the other one where that is all there is."""
    return (text[language()] or text.nl or text.en) if text else ""


def name_of(item: Item) -> str:
    """Return what to call an item, however little there is of it."""
    return called(item.title) or called(item.text) or _("(no text yet)")


def one(kind: str) -> str:
    """Return what one item of a kind is called."""
    return one_of_kind(kind, language())


def row(desk: Desk, item: Item) -> Row:
    """Return an item as a list shows it."""
    framework = desk.framework
    stage = framework.stage_by_code.get(item.stage or "")
    return Row(
        code=item.code,
        name=name_of(item),
        url=desk.url("item", item.code),
        place_url=desk.url("place", item.code),
        hue=hue(framework, item),
        stage=called(stage.title) if stage else "",
        rings=stage.rank if stage else 0,
        inside=len(framework.children(item.code)),
        own=is_own(framework, item),
    )


def shelves(desk: Desk, parent: str | None, chosen: str, number: str | None) -> list[Shelf]:
    """Return what lies in ``parent`` (None: in nothing) by kind; of the ``chosen`` kind another page."""
    found: dict[str, list[Item]] = {}
    for item in desk.framework.children(parent):
        found.setdefault(item.kind, []).append(item)
    return [_shelf(desk, parent, k, found[k], number if k == chosen else None) for k in KINDS if k in found]


def _shelf(desk: Desk, parent: str | None, kind: str, items: list[Item], number: str | None) -> Shelf:
    page = Paginator(items, PAGE).get_page(number)
    name = kind_name(kind, language())
    return Shelf(
        kind=kind,
        name=name[:1].upper() + name[1:],
        total=len(items),
        rows=tuple(row(desk, item) for item in page),
        add_url=_add_url(desk, kind, parent) if _is_open(desk, parent) else "",
        add=one(kind),
        page=page,
    )


def _is_open(desk: Desk, parent: str | None) -> bool:
    """Tell whether anything can be added in ``parent``: not in what a building block brought."""
    above = desk.framework.by_code.get(parent or "")
    return above is None or is_own(desk.framework, above)


def offers(desk: Desk, parent: Item | None) -> tuple[list[Offer], list[Offer]]:
    """Return what can be added in ``parent`` (None: at the top): what is usual there, and the rest."""
    if parent is not None and not is_own(desk.framework, parent):
        return [], []
    kinds = kinds_below(parent.kind if parent else None)
    usual = [kind for kind in USUAL if kind in kinds] if parent is None else list(kinds)
    rest = sorted(set(kinds) - set(usual), key=one)
    return _offers(desk, usual, parent), _offers(desk, rest, parent)


def _offers(desk: Desk, kinds: Iterable[str], parent: Item | None) -> list[Offer]:
    code = parent.code if parent else None
    return [Offer(_add_url(desk, kind, code), one(kind)) for kind in kinds]


def _add_url(desk: Desk, kind: str, parent: str | None) -> str:
    return f"{desk.url('add')}?soort={kind}" + (f"&in={parent}" if parent else "")


def todo_lines(desk: Desk, findings: Iterable[Finding]) -> list[Line]:
    """Return what is still to be done, each with the address where it is done."""
    return [Line(_sentence(desk, finding), _place(desk, finding)) for finding in findings]


def _sentence(desk: Desk, finding: Finding) -> str:
    named = _named(desk, finding)
    text = finding.fault("").text(language())
    wanted = _(_WANTED[finding.key]) if finding.reason == "missing_key" and finding.key in _WANTED else text
    return f"{named}: {wanted}" if named else wanted


def _named(desk: Desk, finding: Finding) -> str:
    parts = {"head": "", "rule": _("The rule"), "documents": _("Document %s") % finding.item}
    if finding.part in parts:
        return parts[finding.part]
    if finding.part == "stages":
        return _("Stage %s") % finding.item
    item = desk.framework.by_code.get(finding.item)
    return f"{item.code} ({one(item.kind)})" if item else finding.item


def _place(desk: Desk, finding: Finding) -> str:
    if finding.part == "items" and finding.item in desk.framework.by_code:
        return desk.url("item", finding.item)
    if finding.part == "stages" and finding.item in desk.framework.stage_by_code:
        return desk.url("stage", finding.item)
    if finding.part == "head" and finding.key in ("stages", "rule"):
        return desk.url(finding.key)
    pages = {"head": "head", "stages": "stages", "documents": "documents", "rule": "rule"}
    return desk.url(pages.get(finding.part, "draft"))


def preview(desk: Desk) -> SafeString | None:
    """Return the wheel as it would be, for a draft whose competences lie in groups and have stages."""
    found = desk.framework
    spokes = found.competences
    grouped = all(group_of(found, item) for item in spokes)
    if not found.stages or not 1 < len(spokes) <= MOST_SPOKES or not grouped:
        return None
    title = called(found.title)
    drawn = wheel(_spoken(found), None, language=language(), title=title, domains=False)
    svg = drawn.svg(prefix="preview", href=lambda code: desk.url("item", code))
    return mark_safe(svg)  # noqa: S308 - drawn by us, names escaped


def _spoken(framework: Framework) -> Framework:
    """Return the framework with the other language wherever one is still missing."""
    whole, _number = with_missing_english(framework)
    return whole
