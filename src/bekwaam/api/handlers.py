"""What Django answers by itself, before or beside a view: in JSON where another system is asking."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

from bekwaam.api.case.answers import failure
from bekwaam.api.case.status import NO_FIELD, OUR_MISTAKE, UNKNOWN, status_info
from bekwaam.web.shared import errors

_SYSTEMS: Final = "/ims/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that is refused before a view sees it."""
    if request.path.startswith(_SYSTEMS):
        return failure(400, status_info("This request cannot be read.", NO_FIELD, "request"))
    return errors.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address that leads nowhere."""
    if request.path.startswith(_SYSTEMS):
        return failure(404, status_info("There is nothing at this address.", UNKNOWN, "path"))
    return errors.not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for our own mistakes."""
    if request.path.startswith(_SYSTEMS):
        return failure(500, status_info("Something went wrong on our side.", OUR_MISTAKE, "server"))
    return errors.server_error(request)
