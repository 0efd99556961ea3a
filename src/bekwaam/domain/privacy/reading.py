"""What could be read of a file, and how its text is cut for looking at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.domain.privacy.marks import Mark, MarkKind

# Of one file at most this many different finds are kept: a file full of them is looked at by a person.
MOST_FOUND: Final = 100
MOST_PLACES: Final = 6
CHUNK: Final = 20_000
_AROUND: Final = 50

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_OPEN: Final = "application/vnd.oasis.opendocument."
READABLE: Final = frozenset(
    (
        "application/pdf",
        _OFFICE + "wordprocessingml.document",
        _OFFICE + "spreadsheetml.sheet",
        _OFFICE + "presentationml.presentation",
        _OPEN + "text",
        _OPEN + "spreadsheet",
        _OPEN + "presentation",
    )
)


class Outcome(StrEnum):
    """How reading a file ended."""

    READ = "read"
    NO_TEXT = "no_text"  # a scan: pictures of text
    LOCKED = "locked"  # a password is needed
    BROKEN = "broken"


class Unit(StrEnum):
    """What the parts of a file are; the words for them stand with the screens."""

    PAGE = "page"
    SLIDE = "slide"
    SHEET = "sheet"
    BODY = "body"
    MARGIN = "margin"  # above or below every page
    NOTE = "note"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file: the how-manieth of its kind, from 1, and its text."""

    unit: Unit
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file. ``partly`` when there is more than we read (too long, or it took too long)."""

    outcome: Outcome
    parts: tuple[Part, ...] = ()
    partly: bool = False


@dataclass(frozen=True, slots=True)
class FileMark:
    """Something in a file that looks like personal data, with the text around the first time it stands there.

    ``places`` are the parts where it stands (the first of them), ``times`` how often in all.
    """

    kind: MarkKind
    text: str
    before: str
    after: str
    places: tuple[tuple[Unit, int], ...]
    times: int = 1


def chunks(text: str) -> Iterator[str]:
    """Yield ``text`` in pieces of at most :data:`CHUNK` characters, cut between lines or words if we can."""
    while len(text) > CHUNK:
        cut = max(text.rfind("\n", CHUNK // 2, CHUNK), text.rfind(" ", CHUNK // 2, CHUNK))
        cut = cut if cut > 0 else CHUNK
        yield text[:cut]
        text = text[cut:]
    if text.strip():
        yield text


def gathered(found: Iterable[tuple[Part, str, Mark]]) -> tuple[tuple[FileMark, ...], bool]:
    """Return what stands in a file, each thing once, and whether there was more than we keep.

    ``found`` gives every mark with its part and the text that it is a place in.
    """
    kept: dict[tuple[MarkKind, str], FileMark] = {}
    more = False
    for part, text, mark in found:
        name = one_line(mark.text)
        key = (mark.kind, name.casefold())
        before = kept.get(key)
        if before is not None:
            kept[key] = _again(before, part)
        elif len(kept) < MOST_FOUND:
            kept[key] = FileMark(
                mark.kind,
                name,
                one_line(text[max(0, mark.start - _AROUND) : mark.start], end=" "),
                one_line(text[mark.end : mark.end + _AROUND], start=" "),
                ((part.unit, part.number),),
            )
        else:
            more = True
    return tuple(kept.values()), more


def _again(before: FileMark, part: Part) -> FileMark:
    place = (part.unit, part.number)
    places = before.places
    if place not in places and len(places) < MOST_PLACES:
        places = (*places, place)
    return FileMark(before.kind, before.text, before.before, before.after, places, before.times + 1)


def one_line(text: str, *, start: str = "", end: str = "") -> str:
    """Return ``text`` on one line; ``start`` and ``end`` stand for the space that it began or ended with."""
    first = start if text[:1].isspace() else ""
    last = end if text[-1:].isspace() else ""
    return first + " ".join(text.split()) + last
