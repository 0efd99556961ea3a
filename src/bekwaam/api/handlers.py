"""What Django answers by itself, before or beside a view: in JSON where another system is asking."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse

from bekwaam.api.case.answers import failure
from bekwaam.api.case.status import NO_FIELD, OUR_MISTAKE, UNKNOWN, status_info
from bekwaam.web.shared import errors

_CASE: Final = "/ims/"
_OURS: Final = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that is refused before a view sees it."""
    if request.path.startswith(_CASE):
        return failure(400, status_info("This request cannot be read.", NO_FIELD, "request"))
    if request.path.startswith(_OURS):
        return _told(400, "This request cannot be read.")
    return errors.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for an address that leads nowhere."""
    if request.path.startswith(_CASE):
        return failure(404, status_info("There is nothing at this address.", UNKNOWN, "path"))
    if request.path.startswith(_OURS):
        return _told(404, "There is nothing at this address.")
    return errors.not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for our own mistakes."""
    if request.path.startswith(_CASE):
        return failure(500, status_info("Something went wrong on our side.", OUR_MISTAKE, "server"))
    if request.path.startswith(_OURS):
        return _told(500, "Something went wrong on our side.")
    return errors.server_error(request)


def _told(status: int, detail: str) -> JsonResponse:
    return JsonResponse({"detail": detail}, status=status)
