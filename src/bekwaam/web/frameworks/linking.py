"""Puts the links between frameworks into the words and addresses that the page of an item shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.relation_names import relation_name
from bekwaam.services.frameworks.links import Linked
from bekwaam.services.frameworks.reads import VersionHead
from bekwaam.web.frameworks.presenting import item_url, source_title
from bekwaam.web.shared.case import language


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link as the page tells of it. ``url`` is empty where the other item is not published here."""

    relation: str
    code: str
    name: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Links into one version, of one maker.

    ``document`` is empty where no document makes the links, ``owner`` where they came with the product;
    ``made_for`` is the other version of this framework that they were made for, if any.
    """

    title: str
    version: str
    document: str
    owner: str
    made_for: str
    links: tuple[ShownLink, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Another framework in which the same item stands, with its address there."""

    title: str
    url: str


def shown(here: Framework, links: Iterable[Linked]) -> list[ShownGroup]:
    """Return the links of an item of ``here`` in the language of the page, by where they lead and whose."""
    found: dict[tuple[str, ...], list[ShownLink]] = {}
    for one in links:
        title, version = one.framework.title[language()], one.framework.version
        key = (title, version, _document(here, one), one.owner, one.made_for)
        found.setdefault(key, []).append(_shown(one))
    return [ShownGroup(*key, tuple(links)) for key, links in found.items()]


def place(head: VersionHead, code: str) -> Place:
    """Return where the item with this ``code`` stands in another version."""
    return Place(
        head.title[language()], reverse("frameworks:item", args=[head.identifier, head.version, code])
    )


def _shown(one: Linked) -> ShownLink:
    return ShownLink(
        relation=relation_name(one.link.relation, language(), outward=one.outward),
        code=one.item.code,
        name=one.item.name(language()),
        url=item_url(one.framework, one.item.code) if one.reachable else "",
        reason=one.link.reason[language()],
    )


def _document(here: Framework, one: Linked) -> str:
    source = one.link.source
    if source is None or one.link.own:
        return ""
    # The document that makes a link is one of either framework.
    return source_title(here if source.document in here.documents else one.framework, source)
