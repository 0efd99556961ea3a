"""Puts frameworks and their items into the values that the pages show, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.assessment.asked import asked_stage
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Framework, Item, Source
from bekwaam.frameworks.search import Part, marked
from bekwaam.services.frameworks.reads import Listed, VersionHead
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb

PAGE: Final = 25
RUNG: Final = 50
HUES: Final = 7
STAGED: Final = ("indicator", "stage_text")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item in a list.

    ``titled`` is false where all it has is a text, which then is its name and too long for a link.
    ``rings`` is 0 where it belongs to no stage.
    """

    code: str
    name: str
    titled: bool
    text: str
    url: str
    hue: int
    stage: str
    rings: int
    own: bool


@dataclass(frozen=True, slots=True)
class Below:
    """Entries that lie in the same item (None: in none, or in the one that the page is about)."""

    parent: Entry | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The items of one kind: how many, those that are shown, and where all of them are."""

    kind: str
    name: str
    total: int
    groups: tuple[Below, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that was found, with the words marked; ``inside`` is what it lies in."""

    entry: Entry
    kind: str
    code: tuple[Part, ...]
    name: tuple[Part, ...]
    text: tuple[Part, ...]
    inside: Entry | None


@dataclass(frozen=True, slots=True)
class Rung:
    """What a unit shows at one stage. ``asked`` marks the stage that the rule asks for."""

    title: str
    rings: int
    asked: bool
    entries: tuple[Entry, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """A framework in the list."""

    url: str
    title: str
    description: str
    sort: str
    counts: tuple[tuple[str, int], ...]
    versions: tuple[tuple[str, str], ...]
    owner: str
    retired: bool


def sort_name(kind: str) -> str:
    """Return what sort of framework ``kind`` is, for people."""
    names = {"standard": _("standard"), "framework": _("framework"), "module": _("building block")}
    return names.get(kind, kind)


def shelf(listed: Listed) -> Shelf:
    """Return a framework as the list shows it."""
    newest = listed.newest
    return Shelf(
        url=version_url(newest),
        title=newest.title[language()],
        description=listed.contents.description[language()],
        sort=sort_name(newest.kind),
        counts=tuple((plural(kind), count) for kind, count in listed.contents.counts),
        versions=tuple((head.version, version_url(head)) for head in listed.versions),
        owner=newest.owner,
        retired=newest.retired,
    )


def plural(kind: str) -> str:
    """Return what items of ``kind`` are called, as a heading."""
    name = kind_name(kind, language())
    return name[:1].upper() + name[1:]


def version_url(head: VersionHead) -> str:
    """Return the address of a version."""
    return reverse("frameworks:framework", args=[head.identifier, head.version])


def item_url(framework: Framework, code: str) -> str:
    """Return the address of an item."""
    return reverse("frameworks:item", args=[framework.id, framework.version, code])


def entry(framework: Framework, item: Item) -> Entry:
    """Return an item as a list shows it."""
    stage = framework.stage_by_code.get(item.stage or "")
    return Entry(
        code=item.code,
        name=item.name(language()),
        titled=item.title is not None,
        text=item.text[language()] if item.title and item.text else "",
        url=item_url(framework, item.code),
        hue=hue(framework, item),
        stage=stage.title[language()] if stage else "",
        rings=framework.stages.index(stage) + 1 if stage else 0,
        own=item.own,
    )


def hue(framework: Framework, item: Item) -> int:
    """Return the hue (1-7) of the cluster or area that an item is or lies in; 0 where there is none."""
    for found in (item, *framework.ancestors(item.code)):
        if found.kind in ("cluster", "area"):
            place = next(i for i, one in enumerate(framework.of_kind(found.kind)) if one.code == found.code)
            return place % HUES + 1
    return 0


def below(framework: Framework, items: Iterable[Item], *, named: bool = True) -> tuple[Below, ...]:
    """Return items by what they lie in, each group where its first item stands.

    ``named`` says what they lie in.
    """
    found: dict[str | None, list[Entry]] = {}
    for item in items:
        found.setdefault(item.parent, []).append(entry(framework, item))
    return tuple(
        Below(entry(framework, framework.by_code[parent]) if parent and named else None, tuple(entries))
        for parent, entries in found.items()
    )


def section(framework: Framework, kind: str, items: tuple[Item, ...], *, named: bool = True) -> Section:
    """Return the first items of one kind, with how many there are."""
    groups = below(framework, items[:PAGE], named=named)
    return Section(kind, plural(kind), len(items), groups, len(items) > PAGE)


def sections(framework: Framework, drawn: Iterable[str]) -> list[Section]:
    """Return the kinds that the front door lists; ``drawn`` are those that its wheel tells of already.

    What stands per stage is told of where it belongs, below its competence.
    """
    kinds = [kind for kind in KINDS if framework.of_kind(kind) and kind not in (*STAGED, *drawn)]
    return [section(framework, kind, framework.of_kind(kind)) for kind in kinds]


def inside(framework: Framework, item: Item) -> list[Section]:
    """Return what lies directly below an item, by kind, without what its ladder tells of."""
    found: dict[str, list[Item]] = {}
    for child in framework.children(item.code):
        if child.kind not in STAGED or child.stage is None:
            found.setdefault(child.kind, []).append(child)
    kinds = [kind for kind in KINDS if kind in found]
    return [section(framework, kind, tuple(found[kind]), named=False) for kind in kinds]


def ladder(framework: Framework, item: Item) -> list[Rung]:
    """Return what an item describes stage by stage, lowest first; stages without a text are left out."""
    staged = [child for child in framework.children(item.code) if child.kind in STAGED]
    asked = asked_stage(framework, item.code) if staged else None
    rungs = []
    for number, stage in enumerate(framework.stages, start=1):
        here = [child for child in staged if child.stage == stage.code]
        if here:
            shown = tuple(entry(framework, child) for child in here[:RUNG])
            title = stage.title[language()]
            rungs.append(Rung(title, number, stage.code == asked, shown, len(here) - len(shown)))
    return rungs


def hit(framework: Framework, item: Item, query: str) -> Hit:
    """Return an item that was found for ``query``."""
    listed = entry(framework, item)
    over = framework.by_code[item.parent] if item.parent else None
    return Hit(
        entry=listed,
        kind=plural(item.kind),
        code=marked(listed.code, query),
        name=marked(listed.name, query),
        text=marked(listed.text, query),
        inside=entry(framework, over) if over else None,
    )


def source_title(framework: Framework, source: Source) -> str:
    """Return the title of the document that a source names, or its number where that is all we know."""
    title = framework.documents.get(source.document)
    return title[language()] if title else source.document


def crumbs(framework: Framework, item: Item | None = None) -> list[Crumb]:
    """Return the way back: all frameworks, this version, and what an item lies in."""
    return list(_crumbs(framework, item))


def _crumbs(framework: Framework, item: Item | None) -> Iterator[Crumb]:
    yield Crumb(_("Frameworks"), reverse("frameworks:list"))
    home = reverse("frameworks:framework", args=[framework.id, framework.version])
    yield Crumb(framework.title[language()], home)
    if item is None:
        return
    for over in reversed(tuple(framework.ancestors(item.code))):
        yield Crumb(_called(over), item_url(framework, over.code))
    yield Crumb(item.code)


def _called(item: Item) -> str:
    name = item.name(language())
    return f"{item.code} {name}" if len(name) <= 60 else item.code
