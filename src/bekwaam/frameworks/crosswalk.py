"""Links between the items of two frameworks, each with what it means and why it is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from bekwaam.frameworks.model import Source, Text

RELATIONS: Final = (
    "exactMatchOf", "isRelatedTo", "isPartOf", "isChildOf", "isPeerOf", "precedes", "replacedBy", "exemplar",
    "hasSkillLevel", "isTranslationOf",
)  # fmt: skip
"""The association types of 1EdTech CASE 1.1; read from the item linked from to the item linked to."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One version of a framework, written as "id@version"."""

    id: str
    version: str

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two items, of one of :data:`RELATIONS`, with its ``reason``.

    ``source`` is the document that makes the link; ``own`` is true where the link is ours and not a
    document's. One of the two is always there.
    """

    from_framework: Reference
    from_code: str
    to_framework: Reference
    to_code: str
    relation: str
    reason: Text
    source: Source | None = None
    own: bool = False


@dataclass(frozen=True)
class Crosswalk:
    """The links from one version of a framework to a version of another, or of the same."""

    id: str
    title: Text
    frm: Reference
    to: Reference
    links: tuple[Link, ...] = field(default=())

    @cached_property
    def _from(self) -> dict[str, tuple[Link, ...]]:
        found: dict[str, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.from_code, []).append(link)
        return {code: tuple(links) for code, links in found.items()}

    @cached_property
    def _to(self) -> dict[str, tuple[Link, ...]]:
        found: dict[str, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.to_code, []).append(link)
        return {code: tuple(links) for code, links in found.items()}

    def links_from(self, code: str) -> tuple[Link, ...]:
        """Return the links from an item of the framework linked from, in the order written."""
        return self._from.get(code, ())

    def links_to(self, code: str) -> tuple[Link, ...]:
        """Return the links to an item of the framework linked to, in the order written."""
        return self._to.get(code, ())

    @cached_property
    def _ends(self) -> dict[tuple[str, str], tuple[Link, ...]]:
        found: dict[tuple[str, str], dict[Link, None]] = {}
        for link in self.links:
            for end in ((link.from_framework.id, link.from_code), (link.to_framework.id, link.to_code)):
                found.setdefault(end, {})[link] = None
        return {end: tuple(links) for end, links in found.items()}

    def links_at(self, framework_id: str, code: str) -> tuple[Link, ...]:
        """Return the links with an end at an item of either version of a framework, in the order written."""
        return self._ends.get((framework_id, code), ())
