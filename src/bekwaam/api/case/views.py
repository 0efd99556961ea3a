"""The endpoints of CASE 1.1. Thin: what is there comes from ``services/frameworks/case``."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bekwaam.api.case.answers import answer, endpoint, told
from bekwaam.api.case.description import REQUIRED, description, fields_of
from bekwaam.api.case.selecting import filtered, ordered, selected
from bekwaam.api.case.status import NO_FIELD, NO_SORT, NO_UUID, UNKNOWN, Wrong
from bekwaam.frameworks.exchange.case.addresses import PATH
from bekwaam.frameworks.exchange.case.shapes import uuid_in
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.case import reads

_PAGE: Final = 100
_LARGEST: Final = 2**31 - 1


@endpoint
def documents(request: HttpRequest) -> HttpResponse:
    """Return a page of the CFDocuments: filtered, sorted, and with the fields that are asked for."""
    offset, limit = _whole(request, "offset", 0, 0), _whole(request, "limit", _PAGE, 1)
    found = reads.documents(_base())
    if "filter" in request.GET:
        found = filtered(found, request.GET["filter"])
    found = ordered(found, request.GET.get("sort", "identifier"), _descending(request))
    fields = _fields(request)
    page = [_selected(one, "CFDocument", fields) for one in found[offset : offset + limit]]
    headers = {"X-Total-Count": str(len(found))}
    links = _links(request, offset, limit, len(found))
    if links:
        headers["Link"] = links
    if not page:
        # A CFDocumentSet holds one document at the least, so there is no set to give.
        raise Wrong(404, UNKNOWN, "CFDocuments", "There are no documents that were asked for.")
    return told(request, {"CFDocuments": page}, **headers)


@endpoint
def package(request: HttpRequest, identifier: str) -> HttpResponse:
    """Return a CFPackage, from its bytes as they were made once."""
    found = _found(lambda uuid: reads.package(uuid, _base()), identifier)
    fields = _fields(request)
    if not fields:
        return answer(request, found.content, found.sha256)
    return told(request, _selected(json.loads(found.content), "CFPackage", fields))


@endpoint
def part(request: HttpRequest, identifier: str, collection: str) -> HttpResponse:
    """Return something that is served by itself: a document, an item, an association, a rubric, ..."""
    found = _found(lambda uuid: reads.part(collection, uuid, _base()), identifier)
    return told(request, _selected(found, collection.removesuffix("s"), _fields(request)))


@endpoint
def definitions(request: HttpRequest, identifier: str, collection: str) -> HttpResponse:
    """Return a definition and those below it."""
    found = _found(lambda uuid: reads.definitions(collection, uuid, _base()), identifier)
    fields, shape = _fields(request), collection.removesuffix("s")
    return told(request, {collection: [_selected(one, shape, fields) for one in found]})


@endpoint
def item_associations(request: HttpRequest, identifier: str) -> HttpResponse:
    """Return a CFItem with the associations at it."""
    item, found = _found(lambda uuid: reads.associations_of_item(uuid, _base()), identifier)
    whole = {"CFItem": item, "CFAssociations": found}
    return told(request, _selected(whole, "CFAssociationSet", _fields(request)))


@endpoint
def discovery(request: HttpRequest) -> HttpResponse:
    """Return the description of all this, as OpenAPI 3."""
    return told(request, description(_base() + PATH))


@endpoint
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer for an address that CASE does not have."""
    raise Wrong(404, UNKNOWN, "path", "There is no such endpoint in CASE 1.1.")


def _base() -> str:
    return str(settings.BASE_URL).rstrip("/")


def _found(read: Any, identifier: str) -> Any:
    uuid = uuid_in(identifier)
    if uuid is None:
        raise Wrong(404, NO_UUID, "sourcedId", "Invalid UUID: this identifier is not a UUID.")
    try:
        return read(UUID(uuid))
    except NotFound:
        raise Wrong(404, UNKNOWN, "sourcedId", "Unknown Object: nothing here has this identifier.") from None


def _whole(request: HttpRequest, name: str, otherwise: int, least: int) -> int:
    written = request.GET.get(name)
    if written is None:
        return otherwise
    if written.isascii() and written.isdigit() and len(written) <= 10 and least <= int(written) <= _LARGEST:
        return int(written)
    raise Wrong(400, NO_FIELD, name, f"{name} has to be a whole number from {least}.")


def _descending(request: HttpRequest) -> bool:
    written = request.GET.get("orderBy", "asc")
    if written not in ("asc", "desc"):
        raise Wrong(400, NO_SORT, "orderBy", "orderBy has to be asc or desc.")
    return written == "desc"


def _fields(request: HttpRequest) -> list[str]:
    """Return the fields that are asked for: one parameter with commas, or several."""
    if "fields" not in request.GET:
        return []
    written = ",".join(request.GET.getlist("fields"))
    found = [name.strip() for name in written.split(",")]
    return [""] if not any(found) else [name for name in found if name]


def _selected(whole: dict[str, Any], shape: str, fields: list[str]) -> dict[str, Any]:
    return selected(whole, fields, fields_of(shape), REQUIRED[shape])


def _links(request: HttpRequest, offset: int, limit: int, total: int) -> str:
    """Return the Link header: where the first, previous, next and last pages are."""
    last = max(0, (total - 1) // limit * limit) if total else 0
    pages = {"first": 0, "last": last}
    if offset + limit < total:
        pages["next"] = offset + limit
    if offset > 0:
        pages["prev"] = max(0, min(offset, total) - limit)
    others = [(name, value) for name, values in request.GET.lists() for value in values]
    asked = [(name, value) for name, value in others if name not in ("limit", "offset")]
    address = f"{_base()}{PATH}/CFDocuments"
    links = []
    for name, start in pages.items():
        query = urlencode([*asked, ("limit", limit), ("offset", start)])
        links.append(f'<{address}?{query}>; rel="{name}"')
    return ", ".join(links)
