"""A file as a player asks for it: the whole, a part, or a part that is not there."""

from __future__ import annotations

import io

import pytest
from django.test import RequestFactory

from bekwaam.domain.portfolio.uploads import FILE_TYPES
from bekwaam.web.shared.sending import SHOWN_HERE, send, shown_as

CONTENT = bytes(range(100))


@pytest.mark.parametrize(
    ("headers", "status", "sent", "told"),
    [
        ({}, 200, CONTENT, None),
        ({"Range": "bytes=0-"}, 206, CONTENT, "bytes 0-99/100"),
        ({"Range": "bytes=0-1"}, 206, CONTENT[:2], "bytes 0-1/100"),
        ({"Range": "bytes=40-49"}, 206, CONTENT[40:50], "bytes 40-49/100"),
        ({"Range": "bytes=90-500"}, 206, CONTENT[90:], "bytes 90-99/100"),
        ({"Range": "bytes=-10"}, 206, CONTENT[90:], "bytes 90-99/100"),
        ({"Range": "bytes=-500"}, 206, CONTENT, "bytes 0-99/100"),
        ({"Range": "bytes=100-"}, 416, b"", "bytes */100"),
        ({"Range": "bytes=-0"}, 416, b"", "bytes */100"),
        ({"Range": "bytes=9-3"}, 200, CONTENT, None),
        ({"Range": "bytes=-"}, 200, CONTENT, None),
        ({"Range": "bytes=0-1,5-9"}, 200, CONTENT, None),
        ({"Range": "regels=0-1"}, 200, CONTENT, None),
        ({"Range": "bytes=²-3"}, 200, CONTENT, None),
        ({"Range": "bytes=0-1", "If-Range": '"wat"'}, 200, CONTENT, None),
    ],
)
def test_a_part_is_sent_where_a_part_is_asked_for(
    headers: dict[str, str], status: int, sent: bytes, told: str | None
) -> None:
    request = RequestFactory().get("/", headers=headers)
    response = send(request, io.BytesIO(CONTENT), "opname.mp3", "audio/mpeg")
    assert response.status_code == status
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    assert body == sent
    assert response.get("Content-Range") == told
    assert response["Accept-Ranges"] == "bytes" and response["Cache-Control"] == "private, no-store"
    if status != 416:
        assert response["Content-Length"] == str(len(sent)) and response["Content-Type"] == "audio/mpeg"
        assert response["Content-Disposition"].startswith(
            "attachment"
        )  # played by our page, never a page itself


@pytest.mark.parametrize("known", FILE_TYPES, ids=lambda known: known.extensions[0])
def test_what_opens_by_itself_is_a_picture_or_a_document_and_the_rest_plays_or_is_saved(known) -> None:  # type: ignore[no-untyped-def]
    opens = known.media_type in SHOWN_HERE
    assert opens == (shown_as(known.media_type) in ("image", "page"))
    assert (shown_as(known.media_type) in ("sound", "film")) == known.media_type.startswith(
        ("audio/", "video/")
    )
