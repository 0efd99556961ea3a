"""A crosswalk as a CASE package of its own: a document with associations only, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bekwaam.frameworks.crosswalk import RELATIONS, Crosswalk, Link, Reference
from bekwaam.frameworks.exchange.case.addresses import OURS, Addresses, identify, line, moment_of
from bekwaam.frameworks.exchange.case.head import text_of
from bekwaam.frameworks.exchange.case.links import LICENCE, grouping, links_of
from bekwaam.frameworks.exchange.case.noting import Noting
from bekwaam.frameworks.exchange.case.parsing import parse
from bekwaam.frameworks.exchange.case.tree import key_of, ours_in
from bekwaam.frameworks.exchange.case.writer import (
    CREATOR,
    LICENCE_NAME,
    LICENCE_TEXT,
    to_bytes,
    unknown_framework,
)
from bekwaam.frameworks.faults import Fault, FaultList
from bekwaam.frameworks.model import Framework, Source
from bekwaam.frameworks.reading.fields import CODE
from bekwaam.wording import N_

Find = Callable[[str, str], Framework | None]


@dataclass(frozen=True, slots=True)
class CrosswalkReading:
    """A crosswalk as far as it could be read; see :class:`bekwaam.frameworks.exchange.outcome.Reading`."""

    crosswalk: Crosswalk | None
    faults: tuple[Fault, ...] = ()
    repairs: tuple[Fault, ...] = ()


def write_case_crosswalk(
    crosswalk: Crosswalk,
    find: Find = unknown_framework,
    *,
    base_url: str | None = None,
    creator: str = "",
    moment: str = "",
) -> bytes:
    """Return ``crosswalk`` as the bytes of a CASE 1.1 package; see :func:`to_crosswalk_package`."""
    package = to_crosswalk_package(crosswalk, find, base_url=base_url, creator=creator, moment=moment)
    return to_bytes(package)


def crosswalk_document_id(crosswalk_id: str) -> str:
    """Return the identifier of the CFDocument that a crosswalk is."""
    return identify("crosswalk", crosswalk_id, "document")


def to_crosswalk_package(
    crosswalk: Crosswalk,
    find: Find = unknown_framework,
    *,
    base_url: str | None = None,
    creator: str = "",
    moment: str = "",
) -> dict[str, Any]:
    """Return ``crosswalk`` as a CASE 1.1 package: a CFDocument, and a CFAssociation for every link.

    ``find`` gives the two frameworks, for titles and identifiers of their items. ``creator`` is who made it,
    where that is not us; ``moment`` when, which is otherwise the last change of either framework.
    """
    sides = [find(side.id, side.version) for side in (crosswalk.frm, crosswalk.to)]
    moment = moment or max(moment_of(side.changed if side else "") for side in sides)
    addresses = Addresses((base_url or "").rstrip("/"))
    definitions: dict[str, Any] = {"CFAssociationGroupings": [grouping(crosswalk, addresses, moment)]}
    if not creator:
        identifier = identify("crosswalk", crosswalk.id, LICENCE)
        definitions["CFLicenses"] = [
            {
                "identifier": identifier,
                "uri": addresses.uri("CFLicenses", identifier),
                "title": LICENCE_NAME,
                "licenseText": LICENCE_TEXT,
                "lastChangeDateTime": moment,
            }
        ]
    return {
        "CFDocument": case_crosswalk_document(crosswalk, moment, base_url=base_url, creator=creator),
        "CFAssociations": links_of(crosswalk, find, addresses, moment),
        "CFDefinitions": definitions,
    }


def case_crosswalk_document(
    crosswalk: Crosswalk, moment: str, *, base_url: str | None = None, creator: str = ""
) -> dict[str, Any]:
    """Return the CFDocument of a crosswalk alone, last changed at ``moment``."""
    addresses = Addresses((base_url or "").rstrip("/"))
    identifier = crosswalk_document_id(crosswalk.id)
    licence = addresses.link("CFLicenses", identify("crosswalk", crosswalk.id, LICENCE), LICENCE_NAME)
    ours: dict[str, Any] = {
        "crosswalk": crosswalk.id,
        "title": {"en": crosswalk.title.en},
        "from": [crosswalk.frm.id, crosswalk.frm.version],
        "to": [crosswalk.to.id, crosswalk.to.version],
    }
    return {
        "identifier": identifier,
        "uri": addresses.uri("CFDocuments", identifier),
        "caseVersion": "1.1",
        "creator": creator or CREATOR,
        "title": line(crosswalk.title.nl),
        "lastChangeDateTime": moment,
        "language": "nl",
        "adoptionStatus": "Adopted",
        **({} if creator else {"licenseURI": licence}),
        "extensions": {OURS: ours},
    }


def read_case_crosswalk(data: bytes, name: str) -> CrosswalkReading:
    """Return the crosswalk in a package that was written here; of any other, the fault that it is none.

    Associations say by identifier what they link; which codes those are stands in what we wrote beside it.
    """
    faults, repairs = FaultList(), FaultList()
    package = parse(data, name, faults, repairs)
    crosswalk = _crosswalk(package, name, faults, repairs) if package is not None else None
    return CrosswalkReading(crosswalk, faults.sorted(), repairs.sorted())


def _crosswalk(package: dict[str, Any], name: str, faults: FaultList, repairs: FaultList) -> Crosswalk | None:
    document = package.get("CFDocument")
    ours = ours_in(document)
    frm, to = _reference(ours.get("from")), _reference(ours.get("to"))
    identifier = ours.get("crosswalk")
    if not isinstance(document, dict) or frm is None or to is None or not isinstance(identifier, str):
        message = N_("This package does not say which codes it links: it was not written by Bekwaam.")
        faults.add(name, 0, "", "no_crosswalk", message)
        return None
    noting = Noting()
    links = []
    associations = package.get("CFAssociations")
    for raw in associations if isinstance(associations, list) else []:
        link = _link(raw, frm, to)
        if link is None:
            message = N_("Associations that are no links of a crosswalk were left out: {number} ({names}).")
            noting.note("odd_link", message, key_of(raw) or "?")
        else:
            links.append(link)
    noting.tell(name, repairs)
    title = document.get("title")
    return Crosswalk(
        id=identifier,
        title=text_of(title if isinstance(title, str) else identifier, ours.get("title")),
        frm=frm,
        to=to,
        links=tuple(links),
    )


def _reference(told: Any) -> Reference | None:
    found = _pair(told)
    return Reference(*found) if found is not None and all(found) else None


def _pair(told: Any) -> tuple[str, str] | None:
    if isinstance(told, list) and len(told) == 2 and all(isinstance(part, str) for part in told):
        return told[0], told[1]
    return None


def _link(raw: Any, frm: Reference, to: Reference) -> Link | None:
    ours = ours_in(raw)
    codes = (ours.get("from"), ours.get("to"))
    if not all(isinstance(code, str) and CODE.fullmatch(code) for code in codes):
        return None
    notes = raw.get("notes")
    if raw.get("associationType") not in RELATIONS or not isinstance(notes, str):
        return None
    source = _pair(ours.get("source"))
    return Link(
        from_framework=frm,
        from_code=str(codes[0]),
        to_framework=to,
        to_code=str(codes[1]),
        relation=raw["associationType"],
        reason=text_of(notes, ours.get("reason")),
        source=Source(*source) if source is not None else None,
        own=ours.get("own") is True,
    )
