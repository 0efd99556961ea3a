"""Receiving a file piece by piece; the script ``upload.js`` sends here, and says what it is told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.portfolio.resuming import (
    Coming,
    ElsewhereError,
    add_piece,
    begin_package,
    begin_upload,
    coming,
    forget_upload,
)


@require_POST
def upload_begin(request: HttpRequest) -> HttpResponse:
    """Begin a file of ``name`` and ``size``; answers with its reference, or 422 with a sentence.

    With the ``purpose`` "package" it is a portfolio that somebody took along, and may be larger.
    """
    if not request.user.is_authenticated:
        return _logged_out()
    size = request.POST.get("size", "")
    number = int(size) if size.isascii() and size.isdigit() and len(size) < 16 else 0
    try:
        begin = begin_package if request.POST.get("purpose") == "package" else begin_upload
        return _told(begin(request.user, request.POST.get("name", ""), number))  # type: ignore[arg-type]
    except Invalid as error:
        return _refused(error)


@require_http_methods(["GET", "PATCH", "DELETE"])
def upload(request: HttpRequest, ref: str) -> HttpResponse:
    """Tell how far a file is, add the piece at ``Upload-Offset``, or throw it away.

    Answers 409 with where we are when a piece begins elsewhere, and 404 once it is not there any more.
    """
    if not request.user.is_authenticated:
        return _logged_out()
    person = request.user
    try:
        if request.method == "DELETE":
            forget_upload(person, ref)  # type: ignore[arg-type]
            return HttpResponse(status=204)
        if request.method == "PATCH":
            offset = request.headers.get("Upload-Offset", "")
            number = int(offset) if offset.isascii() and offset.isdigit() and len(offset) < 16 else -1
            return _told(add_piece(person, ref, number, request.body))  # type: ignore[arg-type]
        return _told(coming(person, ref))  # type: ignore[arg-type]
    except ElsewhereError as error:
        return JsonResponse({"received": error.received}, status=409)
    except Invalid as error:
        return _refused(error)
    except NotFound:
        return JsonResponse({"error": _("This file is not coming in any more. Choose it again.")}, status=404)


def _told(found: Coming) -> JsonResponse:
    return JsonResponse({"ref": found.ref, "received": found.received, "size": found.size})


def _logged_out() -> JsonResponse:
    return JsonResponse({"error": _("You are logged out. Log in again in another tab.")}, status=401)


def _refused(error: Invalid) -> JsonResponse:
    return JsonResponse({"error": error.faults[0].text(get_language() or "nl")}, status=422)
