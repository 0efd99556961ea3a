"""Crosswalks: those that come with the product and those that organisations published."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final

from django.db.models import Q, QuerySet

from bekwaam.frameworks.crosswalk import Crosswalk, Reference
from bekwaam.frameworks.crosswalk_document import crosswalk_from_document
from bekwaam.frameworks.library import crosswalk_ids, load_crosswalk
from bekwaam.frameworks.model import Text
from bekwaam.services.errors import NotFound
from bekwaam.store.models import Provider, PublishedCrosswalk


@dataclass(frozen=True, slots=True)
class CrosswalkHead:
    """One published crosswalk without its links; ``owner`` is the name of the organisation that made it."""

    pk: int
    identifier: str
    title: Text
    frm: Reference
    to: Reference
    owner: str
    sha256: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A crosswalk and whose it is: the name of an organisation, or empty where it came with the product."""

    crosswalk: Crosswalk
    owner: str


# By the hash of the content, so that nothing in it can grow old.
_KEPT: Final = 64
_kept: OrderedDict[str, Crosswalk] = OrderedDict()
_keeping = Lock()


def crosswalk_heads(framework_id: str | None = None) -> tuple[CrosswalkHead, ...]:
    """Return the crosswalks of organisations, oldest first; of those at a framework where one is named.

    One query.
    """
    found = PublishedCrosswalk.objects.all()
    if framework_id is not None:
        found = found.filter(Q(from_identifier=framework_id) | Q(to_identifier=framework_id))
    return _heads(found)


def crosswalk_heads_of(provider: Provider) -> tuple[CrosswalkHead, ...]:
    """Return the crosswalks of one organisation, oldest first. One query."""
    return _heads(PublishedCrosswalk.objects.filter(owner=provider))


def crosswalks_of(heads: Iterable[CrosswalkHead]) -> tuple[Held, ...]:
    """Return published crosswalks with their links, in the order given.

    One query for all that this process has not read or did not keep, otherwise none.
    """
    heads = tuple(heads)
    with _keeping:
        found = {head.sha256: _kept[head.sha256] for head in heads if head.sha256 in _kept}
    unknown = [head.pk for head in heads if head.sha256 not in found]
    if unknown:
        rows = PublishedCrosswalk.objects.filter(pk__in=unknown).values_list("sha256", "document")
        found |= {sha256: crosswalk_from_document(document) for sha256, document in rows}
    with _keeping:
        for head in heads:
            _kept[head.sha256] = found[head.sha256]
            _kept.move_to_end(head.sha256)
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return tuple(Held(found[head.sha256], head.owner) for head in heads)


def find_crosswalk(identifier: str) -> tuple[Held, CrosswalkHead | None]:
    """Return a crosswalk by its id, with its head where an organisation published it.

    At most two queries; NotFound where there is none.
    """
    if identifier in crosswalk_ids():
        return Held(load_crosswalk(identifier), ""), None
    heads = _heads(PublishedCrosswalk.objects.filter(identifier=identifier))
    if not heads:
        raise NotFound
    return crosswalks_of(heads)[0], heads[0]


def builtin_crosswalks() -> tuple[Held, ...]:
    """Return the crosswalks that come with the product, by their id. No query."""
    return tuple(Held(load_crosswalk(identifier), "") for identifier in crosswalk_ids())


def crosswalks_between(one: Reference, other: Reference, provider: Provider) -> tuple[Held, ...]:
    """Return what links two versions, in either direction: of the product and of ``provider``.

    At most two queries.
    """
    ends = {(one, other), (other, one)}
    own = [head for head in crosswalk_heads_of(provider) if (head.frm, head.to) in ends]
    ours = [held for held in builtin_crosswalks() if (held.crosswalk.frm, held.crosswalk.to) in ends]
    return (*ours, *crosswalks_of(own))


def _heads(found: QuerySet[PublishedCrosswalk]) -> tuple[CrosswalkHead, ...]:
    fields = (
        "pk", "identifier", "title", "from_identifier", "from_version", "to_identifier", "to_version",
        "owner__name", "sha256", "published_at",
    )  # fmt: skip
    rows = found.order_by("published_at", "pk").values_list(*fields)
    return tuple(
        CrosswalkHead(pk, identifier, Text(**title), Reference(*ends[:2]), Reference(*ends[2:4]), *ends[4:])
        for pk, identifier, title, *ends in rows
    )
