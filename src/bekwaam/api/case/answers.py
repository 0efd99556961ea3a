"""Answers as others may keep them: JSON with a strong ETag, open to every origin."""

from __future__ import annotations

import functools
import hashlib
import json
import logging
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from bekwaam.api.case.status import OUR_MISTAKE, Wrong, status_info

logger = logging.getLogger(__name__)
_METHODS: Final = ("GET", "HEAD", "OPTIONS")
# Published versions never change, but which there are does.
_KEPT: Final = "public, max-age=300"

View = Callable[..., HttpResponse]


def endpoint(view: View) -> View:
    """Let ``view`` answer GET and HEAD; whatever goes wrong in it is answered in JSON too."""

    @csrf_exempt
    @functools.wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return _open(_answered(view, request, *args, **kwargs))
        except Wrong as wrong:
            return _open(failure(wrong.status, wrong.info()))
        except Exception:
            logger.exception("CASE: %s", request.path)
            return _open(
                failure(500, status_info("Something went wrong on our side.", OUR_MISTAKE, "server"))
            )

    return inner


def _answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method == "OPTIONS":
        response = HttpResponse(status=204, headers={"Allow": ", ".join(_METHODS)})
        response["Access-Control-Allow-Methods"] = ", ".join(_METHODS)
        response["Access-Control-Allow-Headers"] = "If-None-Match, Authorization, Content-Type"
        response["Access-Control-Max-Age"] = "86400"
        return response
    if request.method not in ("GET", "HEAD"):
        info = status_info("Frameworks can be read here, and not be changed.", major="unsupported")
        response = failure(405, info)
        response["Allow"] = ", ".join(_METHODS)
        return response
    response = view(request, *args, **kwargs)
    if request.method == "HEAD":
        length = str(len(response.content))
        response.content = b""
        response["Content-Length"] = length
    return response


def answer(request: HttpRequest, content: bytes, sha256: str = "", **headers: str) -> HttpResponse:
    """Return ``content`` (JSON) with its ETag, or 304 where the other has it already."""
    etag = f'"{sha256 or hashlib.sha256(content).hexdigest()}"'
    response = HttpResponse(content, content_type="application/json", headers=headers)
    response["ETag"] = etag
    response["Cache-Control"] = _KEPT
    found: HttpResponseBase | None = get_conditional_response(request, etag=etag, response=response)
    return found if isinstance(found, HttpResponse) else response


def told(request: HttpRequest, value: Any, **headers: str) -> HttpResponse:
    """Return ``value`` as JSON, as :func:`answer`."""
    return answer(request, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), **headers)


def failure(status: int, info: dict[str, Any]) -> HttpResponse:
    """Return an imsx_StatusInfo; nobody keeps it."""
    content = json.dumps(info, ensure_ascii=False).encode()
    return HttpResponse(
        content, status=status, content_type="application/json", headers={"Cache-Control": "no-store"}
    )


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link, X-Total-Count"
    response["Content-Language"] = "nl" if response.status_code < 400 else "en"
    return response
