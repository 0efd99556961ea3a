"""The frozen types of a competence framework.

A framework is a tree of *items* (clusters, competences, indicators, life domains, tensions, ...). A
*standard* is a framework plus a rule. Everything is immutable: a published version never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from bekwaam.frameworks.rules import Rule, UnitSet


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages of the product."""

    nl: str
    en: str

    def __getitem__(self, language: str) -> str:
        """Return the text in ``language`` ("nl" or "en")."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True, slots=True)
class Source:
    """Where an item comes from: the document's number and the section in it."""

    document: str
    section: str = ""

    def __str__(self) -> str:
        """Return "004 §1.1" for a numbered section, "000, bijlage 3" for one that has a name."""
        if not self.section:
            return self.document
        return f"{self.document}{' §' if self.section[0].isdigit() else ', '}{self.section}"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of experience. ``rank`` orders them, lowest first; stages are cumulative."""

    code: str
    short: str
    rank: int
    title: Text
    description: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Item:
    """One element of a framework, addressed by its ``code`` within the framework.

    ``kind`` is one of :data:`bekwaam.frameworks.kinds.KINDS`; ``stage`` is set on items that belong to
    one stage (indicators, stage texts); ``module`` is the id of the pack that the item was written in;
    ``own`` is true where the text goes beyond the source document.

    What came in from elsewhere keeps what it was: ``sort`` is what its own framework calls this kind of
    item, ``uuid`` its identifier there, and ``foreign`` what else it told and has no place here, as
    canonical JSON. All three are empty on what was written for Bekwaam.
    """

    code: str
    kind: str
    title: Text | None
    text: Text | None
    source: Source
    parent: str | None = None
    stage: str | None = None
    module: str = ""
    own: bool = False
    sort: Text | None = None
    uuid: str = ""
    foreign: str = ""

    def name(self, language: str) -> str:
        """Return what to call the item: its title or, where it has none, its text."""
        named = self.title or self.text
        return named[language] if named else self.code


@dataclass(frozen=True)
class Framework:
    """One version of a framework, with every item in document order.

    ``rule`` makes it a standard. ``eqf`` is the European level, only where a document gives one.
    ``supersedes`` names the version of the same framework that this one comes after. ``changed`` is the day
    (``2026-11-23``) or the moment (RFC 3339) of its last change, empty where nobody wrote it down.
    ``creator``, ``uuid`` and ``foreign`` are of a framework that came in from elsewhere, as on :class:`Item`.
    """

    id: str
    version: str
    kind: str
    title: Text
    description: Text
    source: Source
    stages: tuple[Stage, ...]
    items: tuple[Item, ...]
    eqf: int | None = None
    rule: Rule | None = None
    includes: tuple[str, ...] = ()
    documents: dict[str, Text] = field(default_factory=dict)
    supersedes: str | None = None
    changed: str = ""
    creator: str = ""
    uuid: str = ""
    foreign: str = ""

    @cached_property
    def by_code(self) -> dict[str, Item]:
        """Return every item by its code."""
        return {item.code: item for item in self.items}

    @cached_property
    def _children(self) -> dict[str | None, tuple[Item, ...]]:
        found: dict[str | None, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.parent, []).append(item)
        return {parent: tuple(items) for parent, items in found.items()}

    @cached_property
    def stage_by_code(self) -> dict[str, Stage]:
        """Return every stage by its code."""
        return {stage.code: stage for stage in self.stages}

    def of_kind(self, kind: str) -> tuple[Item, ...]:
        """Return the items of ``kind`` in document order."""
        return self._kinds.get(kind, ())

    @cached_property
    def _kinds(self) -> dict[str, tuple[Item, ...]]:
        found: dict[str, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.kind, []).append(item)
        return {kind: tuple(items) for kind, items in found.items()}

    @property
    def competences(self) -> tuple[Item, ...]:
        """Return the (generic) competences in document order."""
        return self.of_kind("competence")

    def children(self, code: str | None, kind: str | None = None) -> tuple[Item, ...]:
        """Return the items directly below ``code``, of one ``kind`` where given."""
        below = self._children.get(code, ())
        return below if kind is None else tuple(item for item in below if item.kind == kind)

    def ancestors(self, code: str) -> Iterator[Item]:
        """Yield what ``code`` lies in, nearest first."""
        parent = self.by_code[code].parent
        while parent is not None:
            item = self.by_code[parent]
            yield item
            parent = item.parent

    def indicators(self, competence: str, stage: str | None = None) -> tuple[Item, ...]:
        """Return the indicators of a competence, of one ``stage`` where given (not cumulative)."""
        found = self.children(competence, "indicator")
        return found if stage is None else tuple(item for item in found if item.stage == stage)

    def reaches(self, shown: str | None, asked: str | None) -> bool:
        """Tell whether a judged stage ``shown`` includes stage ``asked``.

        Stages are cumulative (004 §1.6): what belongs to an earlier stage belongs to the later ones too.
        ``shown`` is None for a unit that was not shown at any stage; ``asked`` is None where being
        shown at all is enough.
        """
        if shown is None:
            return False
        if asked is None:
            return True
        return self.stage_by_code[shown].rank >= self.stage_by_code[asked].rank

    def units(self, units: UnitSet) -> tuple[Item, ...]:
        """Return the items that a rule's set names, in document order."""
        return tuple(self._matching(units))

    def _matching(self, units: UnitSet) -> Iterable[Item]:
        for item in self.of_kind(units.kind):
            if units.codes and item.code not in units.codes:
                continue
            if units.within and not any(a.code in units.within for a in self.ancestors(item.code)):
                continue
            yield item
