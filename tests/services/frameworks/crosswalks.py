"""Crosswalks of an organisation's own for tests, made by the services."""

from __future__ import annotations

from bekwaam.frameworks.crosswalk import Link, Reference
from bekwaam.frameworks.model import Text
from bekwaam.services.frameworks.linking import load_links, publish_crosswalk, start_crosswalk
from bekwaam.store.models import CrosswalkDraft, Person, Provider, PublishedCrosswalk


def link(frm: str, from_code: str, to: str, to_code: str, relation: str = "isRelatedTo") -> Link:
    """Return a link of one's own between items of two versions, written as "id@version"."""
    return Link(
        Reference(*frm.split("@")),
        from_code,
        Reference(*to.split("@")),
        to_code,
        relation,
        Text(f"Omdat {from_code} en {to_code}.", f"Because of {from_code} and {to_code}."),
        own=True,
    )


def drafted(
    actor: Person, provider: Provider, *links: Link, title: str = "Onze koppelingen"
) -> CrosswalkDraft:
    """Return links that were gathered and not published."""
    frm, to = links[0].from_framework, links[0].to_framework
    draft = start_crosswalk(actor, provider, Text(title, ""), frm, to)
    load_links(actor, draft, links)
    draft.refresh_from_db()
    return draft


def published(
    actor: Person, provider: Provider, *links: Link, title: str = "Onze koppelingen"
) -> PublishedCrosswalk:
    """Return links that were published."""
    draft = drafted(actor, provider, *links, title=title)
    return publish_crosswalk(actor, draft, draft.revision)
