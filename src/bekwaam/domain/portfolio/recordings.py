"""Takes out of a film or a voice recording where and when it was made, and with what.

Such a file consists of boxes (ISO/IEC 14496-12; Apple's QuickTime File Format calls them atoms). What tells
is made into a box that means *nothing here* and filled with zeros, in its place: everything else stays
where it is, so that what points into the file is still right, and nothing has to be held in memory. Pure:
the caller reads, and writes what comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bekwaam.domain.portfolio.photos import Broken

BOXED: Final = ("video/mp4", "video/quicktime", "audio/mp4")

# Reads so many bytes from a place; fewer at the end.
Read = Callable[[int, int], bytes]

_INSIDE: Final = frozenset({b"moov", b"trak", b"mdia", b"minf", b"moof", b"traf"})
# Place, maker and title of the film or of a track; ``uuid`` holds XMP and the notes of camera makers.
_TELLS: Final = frozenset({b"udta", b"meta", b"uuid"})
# Their first fields are when it was made and when it was changed.
_DATED: Final = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_MOST_BOXES: Final = 50_000


@dataclass(frozen=True, slots=True)
class Blank:
    """Bytes ``start`` up to ``end`` become ``head`` and then zeros."""

    start: int
    end: int
    head: bytes = b""


def blanks(read: Read, size: int) -> tuple[Blank, ...]:
    """Return what has to be blanked in a recording of ``size`` bytes, in the order of the file.

    Raises Broken where boxes do not fit in each other, for then nobody can say what is in it.
    """
    return tuple(sorted(_blanks(read, size), key=lambda blank: blank.start))


def _blanks(read: Read, size: int) -> Iterator[Blank]:
    waiting, seen = [(0, size, b"")], 0
    while waiting:
        at, end, within = waiting.pop()
        while end - at >= 8:
            seen += 1
            name, body, following = _box(read, at, end)
            if seen > _MOST_BOXES:
                raise Broken
            if name in _TELLS and not (name == b"uuid" and within in (b"moof", b"traf")):
                yield Blank(at + 4, following, b"free" + read(at + 8, body - at - 8))
            elif name in _DATED and following - body >= 20:
                long = read(body, 1) == b"\x01"
                yield Blank(body + 4, body + (20 if long else 12))
            elif name in _INSIDE:
                waiting.append((body, following, name))
            at = following


def _box(read: Read, at: int, end: int) -> tuple[bytes, int, int]:
    """Return the name of the box at ``at``, where its body begins and where the next box does."""
    head = read(at, 16)
    length, name, body = int.from_bytes(head[:4], "big"), head[4:8], at + 8
    if length == 1:  # the length did not fit and stands behind the name
        length, body = int.from_bytes(head[8:16], "big"), at + 16
    elif length == 0:  # up to the end
        length = end - at
    following = at + length
    if following < body or following > end:
        raise Broken
    return name, body, following


def blanked(chunks: Iterable[bytes], wanted: tuple[Blank, ...]) -> Iterator[bytes]:
    """Yield the content of a file with what is ``wanted`` blanked; chunk by chunk, of the same length."""
    at, first = 0, 0
    for chunk in chunks:
        end = at + len(chunk)
        while first < len(wanted) and wanted[first].end <= at:
            first += 1
        changed = None
        for blank in wanted[first:]:
            if blank.start >= end:
                break
            changed = changed if changed is not None else bytearray(chunk)
            _blank(changed, at, blank)
        yield chunk if changed is None else bytes(changed)
        at = end


def _blank(chunk: bytearray, at: int, blank: Blank) -> None:
    """Blank the part of ``blank`` that lies in ``chunk``, which begins at ``at``."""
    start, end = max(blank.start, at), min(blank.end, at + len(chunk))
    skipped = start - blank.start
    head = blank.head[skipped : skipped + end - start]
    chunk[start - at : end - at] = head + bytes(end - start - len(head))
