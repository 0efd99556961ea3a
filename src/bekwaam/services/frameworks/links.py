"""What an item is linked to in other frameworks, and where else the item itself stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bekwaam.frameworks.crosswalk import Link, Reference
from bekwaam.frameworks.library import find_builtin
from bekwaam.frameworks.model import Framework, Item
from bekwaam.services.frameworks.crosswalks import CrosswalkHead, builtin_crosswalks, crosswalks_of
from bekwaam.services.frameworks.reads import Opened, VersionHead, contents_of
from bekwaam.services.frameworks.versions import frameworks_of


@dataclass(frozen=True, slots=True)
class Linked:
    """A link as seen from one of its ends.

    ``outward`` tells that the relation reads from here to the other ``item``; ``reachable`` that the other
    item is published here, so that it has a page. ``owner`` is the organisation whose link it is, empty for
    the product's. ``made_for`` is the version that the link was made for, where that is another one in which
    the item stands unchanged; otherwise empty.
    """

    link: Link
    outward: bool
    framework: Framework
    item: Item
    reachable: bool
    owner: str
    made_for: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything about an item that lies outside its own version.

    ``links`` stand in the order of the crosswalks, the product's first, those made for another version last;
    ``module`` is the page of an item that was taken from a module; ``included`` are the frameworks that took
    over the item of a module, newest version of each.
    """

    links: tuple[Linked, ...]
    module: VersionHead | None
    included: tuple[VersionHead, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A link with the end that we stand at, and the other end."""

    link: Link
    owner: str
    outward: bool

    @property
    def here(self) -> Reference:
        return self.link.from_framework if self.outward else self.link.to_framework

    @property
    def there(self) -> tuple[Reference, str]:
        link = self.link
        if self.outward:
            return link.to_framework, link.to_code
        return link.from_framework, link.from_code


def standing(
    version: Opened, item: Item, heads: tuple[VersionHead, ...], crosswalks: tuple[CrosswalkHead, ...]
) -> Standing:
    """Return the links of ``item`` in both directions, and its other places among ``heads``.

    ``heads`` are all published versions, newest first, ``crosswalks`` those of organisations at this
    framework. At most three queries, none once this process has read the versions that it is about.
    """
    # First, for what is read for the links need not be read again to sum it up.
    links = tuple(_links(version, item, heads, crosswalks))
    places = _places(version.framework, item, heads)
    contents = contents_of([*version.others, *places])
    here_too = [
        head
        for head in places
        if item.code in contents[head.sha256].codes
        and (head.identifier == item.module or version.framework.id in contents[head.sha256].modules)
    ]
    mine = item.module == version.framework.id
    return Standing(
        links=links,
        module=None if mine else next(iter(here_too), None),
        included=tuple(here_too) if mine else (),
    )


def _places(framework: Framework, item: Item, heads: tuple[VersionHead, ...]) -> list[VersionHead]:
    """Return where else the item may stand: in the module it came from, or in what includes this module."""
    newest = _newest(head for head in heads if head.identifier != framework.id)
    if item.module != framework.id:
        return [head for head in newest if head.identifier == item.module]
    return [head for head in newest if head.kind != "module"] if framework.kind == "module" else []


def _newest(heads: Iterable[VersionHead]) -> tuple[VersionHead, ...]:
    found: dict[str, VersionHead] = {}
    for head in heads:
        found.setdefault(head.identifier, head)
    return tuple(found.values())


def _links(
    version: Opened, item: Item, heads: tuple[VersionHead, ...], crosswalks: tuple[CrosswalkHead, ...]
) -> Iterator[Linked]:
    here = Reference(version.head.identifier, version.head.version)
    seen = list(_seen(here, item.code, crosswalks))
    known = versions_named({one.here for one in seen} | {one.there[0] for one in seen}, heads)
    published = {Reference(head.identifier, head.version) for head in heads}
    told: set[tuple[object, ...]] = set()
    # What was made for this version goes before the same made for another.
    for one in sorted(seen, key=lambda one: one.here != here):
        there, code = one.there
        framework, told_as = known.get(there), (one.link.relation, one.outward, there, code, one.owner)
        if told_as in told or framework is None or code not in framework.by_code:
            continue
        if one.here != here and not _unchanged(item, known.get(one.here)):
            continue
        told.add(told_as)
        made_for = "" if one.here == here else one.here.version
        yield Linked(
            one.link,
            one.outward,
            framework,
            framework.by_code[code],
            there in published,
            one.owner,
            made_for,
        )


def _seen(here: Reference, code: str, crosswalks: tuple[CrosswalkHead, ...]) -> Iterator[_Seen]:
    """Yield every link with an end at the item, in this version or another, each from one end only."""
    for held in (*builtin_crosswalks(), *crosswalks_of(crosswalks)):
        for link in held.crosswalk.links_at(here.id, code):
            ways = [_Seen(link, held.owner, outward) for outward in (True, False)]
            ways = [one for one in ways if _stands_at(one, here, code)]
            # A link between two versions of this framework is seen from this one, or else from the first.
            yield min(ways, key=lambda one: one.here != here)


def _stands_at(one: _Seen, here: Reference, code: str) -> bool:
    return one.here.id == here.id and code == (one.link.from_code if one.outward else one.link.to_code)


def versions_named(references: set[Reference], heads: tuple[VersionHead, ...]) -> dict[Reference, Framework]:
    """Return the versions as published here, or as they come with the product; without those unknown.

    ``heads`` are all published versions. At most one query.
    """
    wanted = {
        reference: head
        for head in heads
        if (reference := Reference(head.identifier, head.version)) in references
    }
    found = frameworks_of((head.pk, head.sha256) for head in wanted.values())
    known = {reference: found[head.pk] for reference, head in wanted.items()}
    for reference in references - known.keys():
        builtin = find_builtin(reference.id, reference.version)
        if builtin is not None:
            known[reference] = builtin
    return known


def _unchanged(item: Item, framework: Framework | None) -> bool:
    """Tell whether ``item`` reads the same in another version."""
    other = framework.by_code.get(item.code) if framework else None
    return other is not None and _reads(item) == _reads(other)


def _reads(item: Item) -> tuple[object, ...]:
    return item.kind, item.title, item.text, item.stage
