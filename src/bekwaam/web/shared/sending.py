"""Sending a file that somebody uploaded: never as a page of ours.

Only what a browser shows without running anything opens in it, and the rest is saved; sound and film play
inside our own page. Django adds nosniff, so that a browser believes our media type, told by the content.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any, BinaryIO, Final, Literal, cast

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.http import FileResponse, HttpRequest, HttpResponse

IMAGES: Final = ("image/png", "image/jpeg", "image/webp")
SHOWN_HERE: Final = ("application/pdf", *IMAGES)
Shown = Literal["", "image", "page", "sound", "film"]

# A browser's own viewer of PDF or images builds a page around the file, with a style and a plug-in of
# its own. The file may do nothing else: no script, nothing from elsewhere, framed by our pages alone.
locked_up: Callable[..., Any] = csp(
    {
        "default-src": [NONE],
        "img-src": [SELF, "data:"],
        "object-src": [SELF],
        "style-src": [UNSAFE_INLINE],
        "frame-ancestors": [SELF],
    }
)

# One range, as players ask (RFC 9110, 14.2). Several at once may be answered with the whole, and are.
_RANGE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)


def shown_as(media_type: str) -> Shown:
    """Return how a page of ours shows a file in its place; empty for what can only be saved."""
    if media_type in IMAGES:
        return "image"
    if media_type == "application/pdf":
        return "page"
    kind = media_type.partition("/")[0]
    return "sound" if kind == "audio" else "film" if kind == "video" else ""


class _Part:
    """The next ``left`` bytes of an open file. It has no descriptor, so that no server sends the whole."""

    def __init__(self, file: BinaryIO, left: int) -> None:
        self._file, self._left = file, left

    def read(self, most: int = -1) -> bytes:
        """Return what is next, at most ``most`` bytes; empty at the end."""
        found = self._file.read(self._left if most < 0 else min(most, self._left))
        self._left -= len(found)
        return found

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def send(request: HttpRequest, content: BinaryIO, name: str, media_type: str) -> HttpResponse:
    """Return the response for a file, or for the part of it that a player asks for.

    Whoever calls also wraps the view in :data:`locked_up`.
    """
    size = content.seek(0, io.SEEK_END)
    wanted = _wanted(request, size)
    response: Any
    if wanted is not None and not wanted:
        content.close()
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        first = wanted.start if wanted else 0
        content.seek(first)
        response = FileResponse(
            _Part(content, len(wanted)) if wanted else content,
            as_attachment=media_type not in SHOWN_HERE,
            filename=name,
            content_type=media_type,
        )
        if wanted:
            response.status_code = 206
            response.headers["Content-Length"] = str(len(wanted))
            response.headers["Content-Range"] = f"bytes {first}-{wanted.stop - 1}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "private, no-store"
    return cast(HttpResponse, response)


def _wanted(request: HttpRequest, size: int) -> range | None:
    """Return which bytes are asked for; None for the whole, an empty range for what is not there.

    We give no validators, so whoever asks *if it is still the same* (If-Range) gets the whole.
    """
    found = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if found is None or found[0] == "bytes=-" or "If-Range" in request.headers:
        return None
    first, last = found[1], found[2]
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None  # not a range at all: to be ignored
    return range(int(first), min(int(last) + 1, size) if last else size)
