"""Answers that a browser may keep for as long as nothing in them changed.

A published version never changes, but the frame around it is somebody's own: it carries who is logged in
and the token that proves where a form was sent from. So nothing here may be kept by a cache that people
share. The browser of who is not logged in keeps the page and asks whether it is still right, which costs
no reading and no drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from bekwaam.web.shared.case import language

PACKAGE: Final = Path(__file__).resolve().parents[2]
SHAPING: Final = (".py", ".html", ".css", ".js", ".svg", ".mo", ".yaml")


def unless_unchanged(
    request: HttpRequest, content: Iterable[str], answer: Callable[[], HttpResponse]
) -> HttpResponse:
    """Return what ``answer`` makes, or 304 where the visitor has it already.

    ``content`` are the hashes of everything that the page is about.
    """
    tag = _tag(request, content)
    response = (get_conditional_response(request, etag=tag) if tag else None) or answer()
    if tag:
        response.headers["ETag"] = tag
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response


def _tag(request: HttpRequest, content: Iterable[str]) -> str | None:
    """Return the weak tag of a page; None for one that is always made anew."""
    token = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
    if settings.DEBUG or not token or request.user.is_authenticated or len(get_messages(request)):
        return None
    parts = [_our_own_hash(), language(), token, request.get_full_path(), *content]
    return f'W/"{sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


@lru_cache(maxsize=1)
def _our_own_hash() -> str:
    """Return a hash of the program itself: with a new release every page may look different."""
    found = sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in SHAPING:
            found.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes())
    return found.hexdigest()
