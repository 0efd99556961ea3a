"""The lossless form of a crosswalk: plain JSON data, both languages; what is published is kept in this form.

``crosswalk_from_document(crosswalk_document(c)) == c`` for every crosswalk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bekwaam.frameworks.crosswalk import Crosswalk, Link, Reference
from bekwaam.frameworks.model import Source, Text
from bekwaam.trust.canonical import hash_of


def crosswalk_document(crosswalk: Crosswalk) -> dict[str, Any]:
    """Return ``crosswalk`` as plain JSON data. Its links lead from its one version to its other."""
    return {
        "id": crosswalk.id,
        "title": {"nl": crosswalk.title.nl, "en": crosswalk.title.en},
        "from": {"id": crosswalk.frm.id, "version": crosswalk.frm.version},
        "to": {"id": crosswalk.to.id, "version": crosswalk.to.version},
        "links": [_link(link) for link in crosswalk.links],
    }


def crosswalk_from_document(document: Mapping[str, Any]) -> Crosswalk:
    """Return the crosswalk in ``document``. Raises ValueError where it is not of this form."""
    try:
        frm, to = Reference(**document["from"]), Reference(**document["to"])
        return Crosswalk(
            id=document["id"],
            title=Text(**document["title"]),
            frm=frm,
            to=to,
            links=tuple(_read_link(link, frm, to) for link in document["links"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is not the document of a crosswalk: {error!r}") from error


def crosswalk_hash(crosswalk: Crosswalk) -> str:
    """Return the SHA-256, in hexadecimal digits, of the canonical JSON of the crosswalk's document."""
    return hash_of(crosswalk_document(crosswalk))


def _link(link: Link) -> dict[str, Any]:
    source = link.source
    return {
        "from": link.from_code,
        "to": link.to_code,
        "relation": link.relation,
        "reason": {"nl": link.reason.nl, "en": link.reason.en},
        "source": {"document": source.document, "section": source.section} if source else None,
        "own": link.own,
    }


def _read_link(data: Mapping[str, Any], frm: Reference, to: Reference) -> Link:
    return Link(
        from_framework=frm,
        from_code=data["from"],
        to_framework=to,
        to_code=data["to"],
        relation=data["relation"],
        reason=Text(**data["reason"]),
        source=Source(**data["source"]) if data["source"] else None,
        own=data["own"],
    )
