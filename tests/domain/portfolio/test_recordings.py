"""Recordings lose where and when they were made, and nothing in them moves."""

from __future__ import annotations

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekwaam.domain.portfolio.photos import Broken
from bekwaam.domain.portfolio.recordings import blanked, blanks

SECRETS = (b"+52.1561+005.3878/", b"Canon", b"xmpmeta", b"Samira", b"\xe3\x01\x02\x03")
MADE = b"\xe3\x01\x02\x03"


def box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I4s", len(body) + 8, name) + body


def long_box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I4sQ", 1, name, len(body) + 16) + body


def dated(name: bytes, version: int = 0) -> bytes:
    times = MADE * 2 if version == 0 else (b"\0\0\0\0" + MADE) * 2
    return box(name, bytes([version, 0, 0, 0]), times, b"the rest of it, as it was")


def film() -> bytes:
    """Return the skeleton of a film as a telephone makes it, with the place in every place it can stand."""
    track = box(
        b"trak",
        dated(b"tkhd"),
        box(b"mdia", dated(b"mdhd", 1), box(b"minf", box(b"stbl", b"offsets"))),
        box(b"udta", box(b"name", b"Samira")),
    )
    place = box(b"\xa9xyz", b"\x00\x12\x15\xc7+52.1561+005.3878/")
    return b"".join(
        (
            box(b"ftyp", b"qt  \x00\x00\x00\x00qt  "),
            long_box(b"mdat", b"pictures udta meta and sound"),
            box(
                b"moov",
                dated(b"mvhd"),
                track,
                box(b"udta", place, box(b"loci", b"+52.1561+005.3878/")),
                box(b"meta", box(b"keys", b"location"), box(b"ilst", b"+52.1561+005.3878/")),
                long_box(b"udta", b"Canon"),
            ),
            box(b"uuid", b"0123456789abcdef<x:xmpmeta>"),
        )
    )


def cleaned(content: bytes, piece: int = 1024) -> bytes:
    wanted = blanks(lambda at, number: content[at : at + number], len(content))
    chunks = [content[at : at + piece] for at in range(0, len(content), piece)]
    return b"".join(blanked(chunks, wanted))


@pytest.mark.parametrize("piece", [1, 7, 64, 10_000])
def test_place_time_and_maker_go_and_everything_else_stays_where_it_was(piece: int) -> None:
    before = film()
    assert all(secret in before for secret in SECRETS)
    after = cleaned(before, piece)
    assert len(after) == len(before)
    assert not any(secret in after for secret in SECRETS)
    for kept in (b"pictures udta meta and sound", b"offsets", b"the rest of it, as it was", b"stbl"):
        assert [at for at in range(len(before)) if before.startswith(kept, at)] == [
            at for at in range(len(after)) if after.startswith(kept, at)
        ]
    assert cleaned(after) == after  # it is still a film of boxes, and there is nothing more to take out


def test_the_notes_that_a_stream_needs_to_play_stay() -> None:
    piece = box(b"moof", box(b"traf", box(b"uuid", b"0123456789abcdef when it plays")))
    assert cleaned(piece) == piece


@pytest.mark.parametrize(
    "content",
    [
        film()[:-5],
        box(b"moov", struct.pack(">I4s", 400, b"udta")),
        struct.pack(">I4s", 7, b"free") + b"12345678",
        struct.pack(">I4sQ", 1, b"mdat", 2**63),
        struct.pack(">I4s", 8, b"free") * 60_000,
    ],
)
def test_what_does_not_fit_is_no_recording(content: bytes) -> None:
    with pytest.raises(Broken):
        cleaned(content)


@given(st.binary(max_size=300))
def test_whatever_comes_it_ends_and_keeps_its_length(content: bytes) -> None:
    with contextlib.suppress(Broken):
        assert len(cleaned(box(b"moov", content))) == len(content) + 8
