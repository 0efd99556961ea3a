"""Answers that anybody may have and keep for a moment: with an ETag, open to every origin, faults in JSON."""

from __future__ import annotations

import functools
import hashlib
import json
import logging
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from bekwaam.services.errors import NotFound, Refused

logger = logging.getLogger(__name__)
_METHODS: Final = ("GET", "HEAD", "OPTIONS")
# Somebody may be standing there who wants to know whether it was revoked just now.
_KEPT: Final = "public, max-age=60"

View = Callable[..., HttpResponse]


def endpoint(view: View) -> View:
    """Let ``view`` answer GET and HEAD to every origin; whatever goes wrong in it is answered in JSON."""

    @csrf_exempt
    @functools.wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = _answered(view, request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag"
        return response

    return inner


def _answered(view: View, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    if request.method == "OPTIONS":
        allowed = {"Access-Control-Allow-Methods": ", ".join(_METHODS), "Access-Control-Max-Age": "86400"}
        return HttpResponse(status=204, headers={"Allow": ", ".join(_METHODS), **allowed})
    if request.method not in _METHODS:
        response = failure(405, "This can be read, and not be changed.")
        response["Allow"] = ", ".join(_METHODS)
        return response
    try:
        return view(request, *args, **kwargs)
    except NotFound:
        return failure(404, "There is nothing at this address.")
    except Refused as error:
        return failure(503, error.verdict.text("en"))
    except Exception:
        logger.exception("%s", request.path)
        return failure(500, "Something went wrong on our side.")


def answer(request: HttpRequest, content: bytes, media_type: str) -> HttpResponse:
    """Return ``content`` with its ETag, or 304 where the other has it already."""
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response = HttpResponse(content, content_type=media_type)
    response["ETag"] = etag
    response["Cache-Control"] = _KEPT
    found: HttpResponseBase | None = get_conditional_response(request, etag=etag, response=response)
    return found if isinstance(found, HttpResponse) else response


def failure(status: int, sentence: str) -> HttpResponse:
    """Return a fault as JSON; nobody keeps it."""
    content = json.dumps({"error": sentence}).encode()
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(content, status=status, content_type="application/json", headers=headers)
