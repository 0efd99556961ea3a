"""Published frameworks as anybody may read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q

from bekwaam.frameworks.compare import Comparison, compare
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Framework, Item, Text
from bekwaam.frameworks.search import Entry, search, search_index
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.versions import framework_of, kept_frameworks, undisturbed
from bekwaam.services.frameworks.words import Told, told
from bekwaam.store.models import FrameworkVersion


@dataclass(frozen=True, slots=True)
class VersionHead:
    """One published version, without its content; ``sha256`` is the hash of that content.

    ``owner`` is the name of the organisation whose it is, empty for what comes with the product;
    ``retired`` tells that nothing new is started on it.
    """

    pk: int
    identifier: str
    version: str
    kind: str
    title: Text
    sha256: str
    published_at: datetime
    owner: str = ""
    retired: bool = False

    @property
    def stamp(self) -> str:
        """Return what changes with everything that a page shows of this version."""
        return f"{self.sha256} {self.owner} {self.retired}"


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a version: how many items of each kind, in the order of the kinds, and their codes.

    ``modules`` are the ids of the packs that its items were written in.
    """

    description: Text
    counts: tuple[tuple[str, int], ...]
    codes: frozenset[str]
    modules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A framework in the list: its versions, newest first, and what is in the newest."""

    versions: tuple[VersionHead, ...]
    contents: Contents

    @property
    def newest(self) -> VersionHead:
        """Return the newest version."""
        return self.versions[0]


@dataclass(frozen=True, slots=True)
class Opened:
    """A version with its content as somebody reads it, and the other versions of it, newest first.

    ``wording`` is the hash of the words of an organisation that it is in; None where they are ours.
    """

    head: VersionHead
    told: Told
    others: tuple[VersionHead, ...]
    wording: str | None = None

    @property
    def framework(self) -> Framework:
        """Return the version itself, in the words in which it is read."""
        return self.told.framework


# By the hash of the content, so that nothing in it can grow old.
_contents: dict[str, Contents] = {}


def published() -> tuple[VersionHead, ...]:
    """Return every published version, newest first. One query."""
    return _heads()


def standards_beside(version: FrameworkVersion, provider: int) -> tuple[VersionHead, ...]:
    """Return a version, and every other standard that an organisation (by key) may use, newest first.

    One query.
    """
    usable = (Q(owner=None) | Q(owner=provider)) & Q(kind="standard", retired_at=None)
    return _heads(Q(pk=version.pk) | usable)


def listed(heads: Iterable[VersionHead]) -> tuple[Listed, ...]:
    """Return the frameworks that ``heads`` are versions of, standards first, modules last.

    One query for what this process has not seen yet, otherwise none.
    """
    found: dict[str, list[VersionHead]] = {}
    for head in heads:
        found.setdefault(head.identifier, []).append(head)
    contents = contents_of([versions[0] for versions in found.values()])
    rank = {"standard": 0, "framework": 1}
    together = [Listed(tuple(versions), contents[versions[0].sha256]) for versions in found.values()]
    return tuple(sorted(together, key=lambda one: (rank.get(one.newest.kind, 2), one.newest.identifier)))


def versions_of(identifier: str, version: str) -> tuple[VersionHead, tuple[VersionHead, ...]]:
    """Return a published version and the other versions of its framework, newest first. One query.

    Raises NotFound where there is no such version.
    """
    return among(_heads(identifier=identifier), identifier, version)


def among(
    heads: tuple[VersionHead, ...], identifier: str, version: str
) -> tuple[VersionHead, tuple[VersionHead, ...]]:
    """Return one of ``heads`` and the other versions of its framework, as :func:`versions_of`. No query."""
    family = [head for head in heads if head.identifier == identifier]
    chosen = next((head for head in family if head.version == version), None)
    if chosen is None:
        raise NotFound
    return chosen, tuple(head for head in family if head is not chosen)


def laid_side_by_side(a: VersionHead, b: VersionHead) -> Comparison:
    """Return the comparison of two versions. At most two queries, none where this process has read both."""
    return _comparison(a.pk, a.sha256, b.pk, b.sha256)


def opened(head: VersionHead, others: tuple[VersionHead, ...], wording: str | None = None) -> Opened:
    """Return a version with its content, in the words that have the hash ``wording`` where one is given.

    One query when this process has not read it yet, and one when it has not read these words.
    """
    return Opened(head, _told(head.pk, head.sha256, wording), others, wording)


def also_in(code: str, others: tuple[VersionHead, ...]) -> tuple[VersionHead, ...]:
    """Return which of ``others`` have an item with the same code. At most one query, as :func:`listed`."""
    contents = contents_of(others)
    return tuple(head for head in others if code in contents[head.sha256].codes)


def found_items(version: Opened, query: str, language: str) -> tuple[Item, ...]:
    """Return the items in which every word of ``query`` occurs, the best first. No query.

    What is looked through are the words in which the version was opened, and no others.
    """
    return search(_index(version.head.pk, version.head.sha256, version.wording, language), query)


def contents_of(heads: Iterable[VersionHead]) -> dict[str, Contents]:
    """Return what is in these versions, by the hash of their content."""
    hashes = {head.sha256: head.pk for head in heads}
    unknown = {sha256: pk for sha256, pk in hashes.items() if sha256 not in _contents}
    kept = kept_frameworks((pk, sha256) for sha256, pk in unknown.items())
    _contents.update(
        {sha256: _summed_up(kept[pk]) for sha256, pk in unknown.items() if pk in kept},
    )
    unread = [pk for pk in unknown.values() if pk not in kept]
    if unread:
        with undisturbed():
            rows = FrameworkVersion.objects.filter(pk__in=unread).values_list("sha256", "document")
            _contents.update({sha256: _summed_up_document(document) for sha256, document in rows})
    return {sha256: _contents[sha256] for sha256 in hashes}


def _heads(*conditions: Q, **narrowed: str) -> tuple[VersionHead, ...]:
    fields = ("pk", "identifier", "version", "kind", "title", "sha256", "published_at")
    rows = FrameworkVersion.objects.filter(*conditions, **narrowed).order_by("-published_at", "-pk")
    return tuple(_head(row) for row in rows.values(*fields, "owner__name", "retired_at"))


def _head(row: dict[str, Any]) -> VersionHead:
    owner, retired = row.pop("owner__name") or "", row.pop("retired_at") is not None
    return VersionHead(**{**row, "title": Text(**row["title"])}, owner=owner, retired=retired)


def _summed_up(framework: Framework) -> Contents:
    counts = Counter(item.kind for item in framework.items)
    return Contents(
        description=framework.description,
        counts=tuple((kind, counts[kind]) for kind in KINDS if counts[kind]),
        codes=frozenset(framework.by_code),
        modules=frozenset(item.module for item in framework.items),
    )


def _summed_up_document(document: dict[str, Any]) -> Contents:
    """Return the same without making a framework of it, which takes much longer."""
    counts = Counter(item["kind"] for item in document["items"])
    return Contents(
        description=Text(**document["description"]),
        counts=tuple((kind, counts[kind]) for kind in KINDS if counts[kind]),
        codes=frozenset(item["code"] for item in document["items"]),
        modules=frozenset(item["module"] for item in document["items"]),
    )


def _framework(pk: int, sha256: str) -> Framework:
    return framework_of(FrameworkVersion(pk=pk, sha256=sha256))


def _told(pk: int, sha256: str, wording: str | None) -> Told:
    return told(FrameworkVersion(pk=pk, sha256=sha256), wording)


@lru_cache(maxsize=32)
def _index(pk: int, sha256: str, wording: str | None, language: str) -> tuple[Entry, ...]:
    return search_index(_told(pk, sha256, wording).framework, language)


@lru_cache(maxsize=16)
def _comparison(a: int, a_sha256: str, b: int, b_sha256: str) -> Comparison:
    return compare(_framework(a, a_sha256), _framework(b, b_sha256))
