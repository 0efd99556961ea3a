"""The classes of CASE 1.1 that are kept as they came: what properties they have, of what type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid5

from bekwaam.frameworks.exchange.case.addresses import NAMESPACE

_BASE: Final = {"identifier": "uuid", "uri": "text", "lastChangeDateTime": "moment", "extensions": "table"}
_DEFINED: Final = _BASE | {"title": "text", "description": "text"}

SHAPES: Final[dict[str, dict[str, str]]] = {
    "CFDocument": _DEFINED
    | {
        "frameworkType": "text", "caseVersion": "case", "creator": "text", "officialSourceURL": "text",
        "publisher": "text", "subject": "texts", "subjectURI": "links", "language": "text", "version": "text",
        "adoptionStatus": "text", "statusStartDate": "day", "statusEndDate": "day", "licenseURI": "link",
        "notes": "text",
    },
    "CFItem": _BASE
    | {
        "fullStatement": "text", "alternativeLabel": "text", "CFItemType": "text",
        "humanCodingScheme": "text", "listEnumeration": "text", "abbreviatedStatement": "text",
        "conceptKeywords": "texts", "conceptKeywordsURI": "link", "notes": "text",
        "subject": "texts", "subjectURI": "links", "language": "text", "educationLevel": "texts",
        "CFItemTypeURI": "link", "licenseURI": "link", "statusStartDate": "day", "statusEndDate": "day",
    },
    "CFAssociation": _BASE
    | {
        "associationType": "relation", "sequenceNumber": "whole", "originNodeURI": "node",
        "destinationNodeURI": "node", "CFAssociationGroupingURI": "link", "notes": "text",
    },
    "CFConcept": _DEFINED | {"keywords": "text", "hierarchyCode": "text"},
    "CFSubject": _DEFINED | {"hierarchyCode": "text"},
    "CFLicense": _DEFINED | {"licenseText": "text"},
    "CFItemType": _DEFINED | {"hierarchyCode": "text", "typeCode": "text"},
    "CFAssociationGrouping": _DEFINED,
    "CFRubric": _DEFINED | {"CFRubricCriteria": "list CFRubricCriterion"},
    "CFRubricCriterion": _BASE
    | {
        "category": "text", "description": "text", "CFItemURI": "link", "weight": "number",
        "position": "whole", "rubricId": "uuid", "CFRubricCriterionLevels": "list CFRubricCriterionLevel",
    },
    "CFRubricCriterionLevel": _BASE
    | {
        "description": "text", "quality": "text", "score": "number", "feedback": "text", "position": "whole",
        "rubricCriterionId": "uuid", "extensions": "tables",
    },
}  # fmt: skip

_REQUIRED: Final[dict[str, tuple[str, ...]]] = {
    "CFConcept": ("title", "hierarchyCode"),
    "CFSubject": ("title", "hierarchyCode"),
    "CFLicense": ("title", "licenseText"),
    "CFItemType": ("title", "description", "hierarchyCode"),
    "CFAssociationGrouping": ("title",),
}
"""The texts a definition has to have; where one is missing it is empty."""

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
_RELATIONS: Final = frozenset(
    {
        "isChildOf", "isPeerOf", "isPartOf", "exactMatchOf", "precedes", "isRelatedTo", "replacedBy",
        "exemplar", "hasSkillLevel", "isTranslationOf",
    }
)  # fmt: skip
_OWN_RELATION: Final = re.compile(r"ext:[a-zA-Z0-9._-]+")


def uuid_in(value: Any) -> str | None:
    """Return the UUID that ``value`` is, in small letters; None where it is none."""
    if not isinstance(value, str) or len(value.strip()) != 36:
        return None
    try:
        found = str(UUID(value.strip()))
    except ValueError:
        return None
    return found if found == value.strip().lower() else None


def day_in(value: Any) -> str | None:
    """Return the day that ``value`` is, None where it is none."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        date.fromisoformat(value)
    except ValueError:
        return None
    return value


def moment_in(value: Any) -> str | None:
    """Return the moment that ``value`` is, as RFC 3339; None where it is none.

    A moment as CASE wants it stays as it was written. A day becomes its midnight, and what lacks a time
    zone is taken for UTC.
    """
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = datetime.fromisoformat(value.strip().upper())
    except ValueError:
        return None
    if _MOMENT.fullmatch(value):
        return value
    if found.tzinfo is None:
        return found.isoformat() + "Z"
    offset = found.utcoffset()
    return found.isoformat() if offset is not None and offset.seconds % 60 == 0 else None


def is_relation(value: Any) -> bool:
    """Tell whether CASE 1.1 knows this type of association, its own or a proprietary one ("ext:...")."""
    return isinstance(value, str) and (value in _RELATIONS or _OWN_RELATION.fullmatch(value) is not None)


def sifted(shape: str, raw: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the properties in ``raw`` that are of the type CASE wants, and all others."""
    types = SHAPES[shape]
    fit: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    for name, value in raw.items():
        found = _fitting(types[name], value) if name in types else None
        if found is None:
            rest[name] = value
        else:
            fit[name] = found
    return fit, rest


def completed(shape: str, fit: dict[str, Any], place: str, moment: str) -> dict[str, Any]:
    """Return something to keep with all that CASE requires of it; ``place`` makes its identifier unique."""
    identifier = fit.get("identifier") or made_identifier("kept", place)
    texts = dict.fromkeys(_REQUIRED.get(shape, ()), "")
    return {
        "identifier": identifier,
        "uri": f"urn:uuid:{identifier}",
        **texts,
        "lastChangeDateTime": moment,
    } | fit


def made_identifier(document: str, name: str) -> str:
    """Return the identifier for something from elsewhere that has none of its own."""
    return str(uuid5(NAMESPACE, f"elsewhere/{document}/{name}"))


def _fitting(kind: str, value: Any) -> Any:
    """Return ``value`` where it is of this kind, None where it is not."""
    match kind:
        case "text":
            return value if isinstance(value, str) else None
        case "uuid":
            return uuid_in(value)
        case "moment":
            return moment_in(value)
        case "day":
            return day_in(value)
        case "case":
            return value if value == "1.1" else None
        case "relation":
            return value if is_relation(value) else None
        case "whole":
            return _whole(value)
        case "number":
            return value if isinstance(value, int | float) and not isinstance(value, bool) else None
        case "table":
            return value if isinstance(value, dict) else None
        case "link" | "node":
            return _link(value, kind == "node")
    return _list(kind, value)


def _whole(value: Any) -> int | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    fits = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31
    return value if fits else None


def _list(kind: str, value: Any) -> Any:
    if not isinstance(value, list):
        return None
    if kind.startswith("list "):
        return _parts(kind.removeprefix("list "), value)
    one = {"texts": "text", "links": "link", "tables": "table"}[kind]
    found = [_fitting(one, part) for part in value]
    return None if any(part is None for part in found) else found


def _parts(shape: str, values: list[Any]) -> list[dict[str, Any]] | None:
    """Return the parts of a rubric; None unless all of them are whole."""
    found = []
    for value in values:
        if not isinstance(value, dict):
            return None
        fit, rest = sifted(shape, value)
        if rest or not {"identifier", "uri", "lastChangeDateTime"} <= fit.keys():
            return None
        found.append(fit)
    return found


def _link(value: Any, node: bool) -> dict[str, Any] | None:
    if not isinstance(value, dict) or not isinstance(value.get("uri"), str):
        return None
    identifier = value.get("identifier")
    found = identifier if node and isinstance(identifier, str) else uuid_in(identifier)
    if found is None:
        return None
    title = value.get("title")
    link = {"title": title if isinstance(title, str) else "", "identifier": found, "uri": value["uri"]}
    target = value.get("targetType")
    if node and isinstance(target, str) and (target == "CASE" or _OWN_RELATION.fullmatch(target)):
        link["targetType"] = target
    return link
