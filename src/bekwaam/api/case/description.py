"""The endpoints described as OpenAPI 3.0, made of the same tables that they answer by."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from bekwaam.api.case.selecting import DOCUMENT_FIELDS, SEARCHED
from bekwaam.frameworks.exchange.case.shapes import SHAPES

REQUIRED: Final[dict[str, tuple[str, ...]]] = {
    "CFDocument": ("identifier", "uri", "creator", "title", "lastChangeDateTime", "CFPackageURI"),
    "CFItem": ("identifier", "uri", "fullStatement", "lastChangeDateTime", "CFDocumentURI"),
    "CFAssociation": (
        "identifier", "uri", "associationType", "originNodeURI", "destinationNodeURI", "lastChangeDateTime",
    ),
    "CFConcept": ("identifier", "uri", "title", "hierarchyCode", "lastChangeDateTime"),
    "CFSubject": ("identifier", "uri", "title", "hierarchyCode", "lastChangeDateTime"),
    "CFLicense": ("identifier", "uri", "title", "licenseText", "lastChangeDateTime"),
    "CFItemType": ("identifier", "uri", "title", "description", "hierarchyCode", "lastChangeDateTime"),
    "CFAssociationGrouping": ("identifier", "uri", "title", "lastChangeDateTime"),
    "CFRubric": ("identifier", "uri", "lastChangeDateTime"),
    "CFRubricCriterion": ("identifier", "uri", "lastChangeDateTime"),
    "CFRubricCriterionLevel": ("identifier", "uri", "lastChangeDateTime"),
    "CFPackage": ("CFDocument",),
    "CFAssociationSet": ("CFItem", "CFAssociations"),
}  # fmt: skip
"""What CASE requires of each class when it is served by itself; no selection of fields takes it away."""

_LINKED: Final = {"CFDocument": "CFPackageURI", "CFItem": "CFDocumentURI", "CFAssociation": "CFDocumentURI"}
_PACKAGE: Final = ("CFDocument", "CFItems", "CFAssociations", "CFDefinitions", "CFRubrics", "extensions")
_DEFINITIONS: Final = ("CFConcept", "CFSubject", "CFLicense", "CFItemType", "CFAssociationGrouping")
_SETS: Final = ("CFConcept", "CFSubject", "CFItemType")
_SINGLE: Final = ("CFDocument", "CFItem", "CFAssociation", "CFLicense", "CFAssociationGrouping", "CFRubric")
_MINORS: Final = (
    "fullsuccess", "forbidden", "internal_server_error", "invalid_selection_field", "invalid_sort_field",
    "invalid_uuid", "server_busy", "unauthorised_request", "unknownobject",
)  # fmt: skip
_TYPES: Final[dict[str, dict[str, Any]]] = {
    "text": {"type": "string"},
    "uuid": {"type": "string", "format": "uuid"},
    "moment": {"type": "string", "format": "date-time"},
    "day": {"type": "string", "format": "date"},
    "case": {"type": "string", "enum": ["1.1"]},
    "relation": {"type": "string"},
    "whole": {"type": "integer", "format": "int32"},
    "number": {"type": "number"},
    "table": {"type": "object", "additionalProperties": True},
    "tables": {"type": "array", "items": {"type": "object", "additionalProperties": True}},
    "texts": {"type": "array", "items": {"type": "string"}},
    "link": {"$ref": "#/components/schemas/LinkURI"},
    "links": {"type": "array", "items": {"$ref": "#/components/schemas/LinkURI"}},
    "node": {"$ref": "#/components/schemas/LinkGenURI"},
}


def fields_of(shape: str) -> tuple[str, ...]:
    """Return the fields that can be selected of a class as it is served."""
    if shape == "CFPackage":
        return _PACKAGE
    if shape == "CFAssociationSet":
        return REQUIRED[shape]
    linked = (_LINKED[shape],) if shape in _LINKED else ()
    return (*SHAPES[shape], *linked)


@lru_cache(maxsize=8)
def description(address: str) -> dict[str, Any]:
    """Return the OpenAPI 3.0 description of the endpoints below ``address``."""
    paths = {"/CFDocuments": _path("getAllCFDocuments", "CFDocumentSet", _list_parameters(), paged=True)}
    for shape in _SINGLE:
        paths[f"/{shape}s/{{sourcedId}}"] = _by_identifier(f"get{shape}", shape, fields_of(shape))
    for shape in _SETS:
        paths[f"/{shape}s/{{sourcedId}}"] = _by_identifier(f"get{shape}", f"{shape}Set", fields_of(shape))
    paths["/CFPackages/{sourcedId}"] = _by_identifier("getCFPackage", "CFPackage", _PACKAGE)
    paths["/CFItemAssociations/{sourcedId}"] = _by_identifier(
        "getCFItemAssociations", "CFAssociationSet", fields_of("CFAssociationSet")
    )
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Competency frameworks in 1EdTech CASE 1.1",
            "version": "1.1",
            "description": "Read access to every published framework and to the crosswalks between them.",
            "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/"},
        },
        "servers": [{"url": address}],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _by_identifier(operation: str, schema: str, fields: tuple[str, ...]) -> dict[str, Any]:
    identifier = {
        "name": "sourcedId",
        "in": "path",
        "required": True,
        "schema": {"type": "string"},
        "description": "The UUID of what is asked for.",
    }
    return _path(operation, schema, [identifier, _fields_parameter(fields)])


def _path(
    operation: str, schema: str, parameters: list[dict[str, Any]], *, paged: bool = False
) -> dict[str, Any]:
    answered: dict[str, Any] = {"description": "What was asked for.", "content": _content(schema)}
    if paged:
        answered["headers"] = {
            "X-Total-Count": {"schema": {"type": "integer"}, "description": "How many there are in all."},
            "Link": {"schema": {"type": "string"}, "description": "The first, prev, next and last pages."},
        }
    told = {
        "304": {"description": "What you have is still the same (If-None-Match)."},
        "400": {"description": "A parameter is not understood.", "content": _content("imsx_StatusInfo")},
        "404": {"description": "There is nothing there.", "content": _content("imsx_StatusInfo")},
        "405": {"description": "Frameworks can only be read.", "content": _content("imsx_StatusInfo")},
        "500": {"description": "Our mistake.", "content": _content("imsx_StatusInfo")},
    }
    return {
        "get": {"operationId": operation, "parameters": parameters, "responses": {"200": answered, **told}}
    }


def _content(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": _reference(schema)}}


def _reference(schema: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{schema}"}


def _list_parameters() -> list[dict[str, Any]]:
    whole = {"type": "integer", "format": "int32", "maximum": 2**31 - 1}
    told = {
        "limit": whole | {"minimum": 1, "default": 100},
        "offset": whole | {"minimum": 0, "default": 0},
        "sort": {"type": "string", "enum": list(SEARCHED)},
        "orderBy": {"type": "string", "enum": ["asc", "desc"], "default": "asc"},
        "filter": {"type": "string", "maxLength": 2000, "example": "title~'sociaal' AND language='nl'"},
    }
    parameters = [{"name": name, "in": "query", "required": False, "schema": it} for name, it in told.items()]
    return [*parameters, _fields_parameter(DOCUMENT_FIELDS)]


def _fields_parameter(fields: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": "fields",
        "in": "query",
        "required": False,
        "style": "form",
        "explode": False,
        "schema": {"type": "array", "minItems": 1, "items": {"type": "string", "enum": list(fields)}},
        "description": "Only these fields, and those that CASE requires.",
    }


def _schemas() -> dict[str, Any]:
    classes = {shape: _class(shape) for shape in SHAPES}
    sets = {f"{shape}Set": _table({f"{shape}s": _list(shape, 1)}, (f"{shape}s",)) for shape in _SETS}
    part = {shape: _class(shape, served=False) for shape in _LINKED}
    packaged = {f"{shape}InPackage": found for shape, found in part.items()}
    definition = {f"{shape}s": _list(shape) for shape in _DEFINITIONS} | {"extensions": _TYPES["table"]}
    text = {"type": "string"}
    link = {"title": text, "identifier": _TYPES["uuid"], "uri": text}
    package = {
        "CFDocument": _reference("CFDocumentInPackage"),
        "CFItems": _list("CFItemInPackage"),
        "CFAssociations": _list("CFAssociationInPackage"),
        "CFDefinitions": _reference("CFDefinition"),
        "CFRubrics": _list("CFRubric"),
        "extensions": _TYPES["table"],
    }
    at_item = {"CFItem": _reference("CFItem"), "CFAssociations": _list("CFAssociationInPackage", 1)}
    return {
        **classes,
        **packaged,
        **sets,
        "CFDocumentSet": _table({"CFDocuments": _list("CFDocument", 1)}, ("CFDocuments",)),
        "CFAssociationSet": _table(at_item, tuple(at_item)),
        "CFDefinition": _table(definition, ()),
        "CFPackage": _table(package, ("CFDocument",)),
        "LinkURI": _table(link, tuple(link)),
        "LinkGenURI": _table(link | {"identifier": text, "targetType": text}, tuple(link)),
        "imsx_StatusInfo": _status_info(),
    }


def _class(shape: str, *, served: bool = True) -> dict[str, Any]:
    linked = _LINKED.get(shape)
    properties = {name: _type(kind) for name, kind in SHAPES[shape].items()}
    required = tuple(name for name in REQUIRED[shape] if served or name != linked)
    if served and linked:
        properties[linked] = _reference("LinkURI")
    return _table(properties, required)


def _type(kind: str) -> dict[str, Any]:
    return _list(kind.removeprefix("list ")) if kind.startswith("list ") else _TYPES[kind]


def _list(schema: str, least: int = 0) -> dict[str, Any]:
    return {"type": "array", "minItems": least, "items": _reference(schema)}


def _table(properties: dict[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    told = {"required": list(required)} if required else {}
    return {"type": "object", "additionalProperties": False, "properties": properties, **told}


def _status_info() -> dict[str, Any]:
    text = {"type": "string"}
    minor = {
        "imsx_codeMinorFieldName": text,
        "imsx_codeMinorFieldValue": {"type": "string", "enum": list(_MINORS)},
    }
    listed = {"type": "array", "minItems": 1, "items": _table(minor, tuple(minor))}
    major = {"type": "string", "enum": ["failure", "processing", "success", "unsupported"]}
    return _table(
        {
            "imsx_codeMajor": major,
            "imsx_severity": {"type": "string", "enum": ["error", "status", "warning"]},
            "imsx_description": text,
            "imsx_codeMinor": _table({"imsx_codeMinorField": listed}, ("imsx_codeMinorField",)),
        },
        ("imsx_codeMajor", "imsx_severity"),
    )
