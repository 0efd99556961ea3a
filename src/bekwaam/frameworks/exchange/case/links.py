"""The links of a crosswalk as associations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bekwaam.frameworks.crosswalk import Crosswalk, Link, Reference
from bekwaam.frameworks.exchange.case.addresses import OURS, Addresses, identify, line
from bekwaam.frameworks.model import Framework

GROUPING = "grouping"
LICENCE = "licence"


def links_of(
    crosswalk: Crosswalk,
    find: Callable[[str, str], Framework | None],
    addresses: Addresses,
    moment: str,
    known: Framework | None = None,
) -> list[dict[str, Any]]:
    """Return the links as CFAssociations, in the order written; of ``known`` only where one is given.

    ``find`` gives the frameworks at the ends. Where it knows none, the code is the title, and the identifier
    that of an item that was written here.
    """
    if known is not None and Reference(known.id, known.version) != crosswalk.frm:
        return []
    ends = {str(side): find(side.id, side.version) for side in (crosswalk.frm, crosswalk.to)}
    if known is not None:
        ends[str(crosswalk.frm)] = known
    group = _link_to(crosswalk, addresses)
    return [_association(crosswalk, link, ends, addresses, moment) | group for link in crosswalk.links]


def grouping(crosswalk: Crosswalk, addresses: Addresses, moment: str) -> dict[str, Any]:
    """Return the CFAssociationGrouping that stands for the crosswalk."""
    identifier = identify("crosswalk", crosswalk.id, GROUPING)
    return {
        "identifier": identifier,
        "uri": addresses.uri("CFAssociationGroupings", identifier),
        "title": line(crosswalk.title.nl),
        "description": f"{crosswalk.frm} - {crosswalk.to}",
        "lastChangeDateTime": moment,
    }


def identifiers_of(crosswalk: Crosswalk) -> frozenset[str]:
    """Return the identifiers in the package of a crosswalk, but for that of its document."""
    parts = {identify("crosswalk", crosswalk.id, entity) for entity in (GROUPING, LICENCE)}
    return frozenset(parts | {_identify(crosswalk, link) for link in crosswalk.links})


def _identify(crosswalk: Crosswalk, link: Link) -> str:
    name = f"{link.from_framework}#{link.from_code}/{link.relation}/{link.to_framework}#{link.to_code}"
    return identify("crosswalk", crosswalk.id, "association", name)


def _link_to(crosswalk: Crosswalk, addresses: Addresses) -> dict[str, Any]:
    identifier = identify("crosswalk", crosswalk.id, GROUPING)
    return {
        "CFAssociationGroupingURI": addresses.link("CFAssociationGroupings", identifier, crosswalk.title.nl)
    }


def _association(
    crosswalk: Crosswalk,
    link: Link,
    ends: dict[str, Framework | None],
    addresses: Addresses,
    moment: str,
) -> dict[str, Any]:
    identifier = _identify(crosswalk, link)
    ours: dict[str, Any] = {"from": link.from_code, "to": link.to_code}
    if link.reason.en != link.reason.nl:
        ours["reason"] = {"en": link.reason.en}
    if link.source is not None:
        ours["source"] = [link.source.document, link.source.section]
    if link.own:
        ours["own"] = True
    return {
        "identifier": identifier,
        "associationType": link.relation,
        "uri": addresses.uri("CFAssociations", identifier),
        "originNodeURI": _end(link.from_framework, link.from_code, ends, addresses),
        "destinationNodeURI": _end(link.to_framework, link.to_code, ends, addresses),
        "lastChangeDateTime": moment,
        "notes": link.reason.nl,
        "extensions": {OURS: ours},
    }


def _end(
    reference: Reference, code: str, ends: dict[str, Framework | None], addresses: Addresses
) -> dict[str, Any]:
    framework = ends.get(str(reference))
    item = framework.by_code.get(code) if framework else None
    identifier = item.uuid if item and item.uuid else identify(reference.id, reference.version, "item", code)
    return addresses.node("CFItems", identifier, item.name("nl") if item else code)
