"""Reads the text of office documents: zips with XML, as Microsoft Office and LibreOffice write them.

Only the members that hold text are opened, each is unpacked up to a bound, and no entity of an XML file is
ever followed (defusedxml).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from defusedxml.ElementTree import iterparse

from bekwaam.adapters.texts.bounds import CHARACTERS, MEMBER_BYTES, MEMBERS, Enough, Locked
from bekwaam.domain.privacy.reading import Part, Unit

Wanted = tuple[tuple[re.Pattern[str], Unit], ...]

_WORD: Final[Wanted] = (
    (re.compile(r"word/document\.xml"), Unit.BODY),
    (re.compile(r"word/(?:header|footer)(\d*)\.xml"), Unit.MARGIN),
    (re.compile(r"word/(?:footnotes|endnotes)\.xml"), Unit.NOTE),
    (re.compile(r"word/comments\.xml"), Unit.COMMENT),
)
_POWERPOINT: Final[Wanted] = (
    (re.compile(r"ppt/slides/slide(\d+)\.xml"), Unit.SLIDE),
    (re.compile(r"ppt/notesSlides/notesSlide(\d+)\.xml"), Unit.NOTE),
)
_EXCEL_COMMENTS: Final[Wanted] = ((re.compile(r"xl/comments(\d+)\.xml"), Unit.COMMENT),)
_SHEETS: Final[Wanted] = ((re.compile(r"xl/worksheets/sheet(\d+)\.xml"), Unit.SHEET),)
_STRINGS: Final = "xl/sharedStrings.xml"
# Where a page of an OpenDocument file ends, by the last word of its media type.
_PAGES: Final = {"presentation": ("page", Unit.SLIDE), "spreadsheet": ("table", Unit.SHEET)}


def office_parts(source: BinaryIO, media_type: str) -> Iterator[Part]:
    """Yield the parts of an office document, in the order of reading.

    Raises Locked when a password is needed, Enough where there is more than we read.
    """
    with _Archive(source) as archive:
        if any(entry.flag_bits & 1 for entry in archive.infolist()):
            raise Locked
        kind = media_type.rsplit(".", 1)[-1]
        if "opendocument" in media_type:
            yield from _open_document(archive, kind)
        elif kind == "sheet":
            yield from _workbook(archive)
        else:
            yield from _members(archive, _POWERPOINT if kind == "presentation" else _WORD)
        if archive.cut:
            raise Enough


class _Archive(zipfile.ZipFile):
    """A zip; ``cut`` once a member was not read to its end, because there is too much in it."""

    cut = False


def _members(archive: _Archive, wanted: Wanted) -> Iterator[Part]:
    for unit, number, name in _named(archive, wanted):
        yield Part(unit, number, _paragraphs(archive, name))


def _named(archive: _Archive, wanted: Wanted) -> Iterator[tuple[Unit, int, str]]:
    """Yield the members that we look for with their number: as their names say, or 1."""
    for pattern, unit in wanted:
        found = [(match, name) for name in archive.namelist() if (match := pattern.fullmatch(name))]
        numbered = sorted((int("".join(match.groups()) or 1), name) for match, name in found)
        for number, name in numbered[:MEMBERS]:
            yield unit, number, name
        if len(numbered) > MEMBERS:
            raise Enough


def _paragraphs(archive: _Archive, name: str) -> str:
    """Return the text of a member of Microsoft's kind, a line for each paragraph."""
    said: list[str] = []
    length = 0
    for tag, element in _ended(archive, name):
        if tag == "t":
            said.append(element.text or "")
            length += len(said[-1])
        elif tag in ("tab", "br", "cr"):
            said.append(" ")
        elif tag == "p":
            said.append("\n")
        element.clear()
        if length > CHARACTERS:
            break
    return "".join(said)


def _workbook(archive: _Archive) -> Iterator[Part]:
    """Yield a workbook's sheets, a line for each row; a cell may name a text by its number in a list."""
    strings = list(_strings(archive)) if _STRINGS in archive.namelist() else []
    for unit, number, name in _named(archive, _SHEETS):
        said: list[str] = []
        for tag, element in _ended(archive, name):
            if tag == "c":
                said.append(_cell(element, strings) + "  ")
                element.clear()
            elif tag == "row":
                said.append("\n")
                element.clear()
        yield Part(unit, number, "".join(said))
    yield from _members(archive, _EXCEL_COMMENTS)


def _strings(archive: _Archive) -> Iterator[str]:
    for tag, element in _ended(archive, _STRINGS):
        if tag == "si":
            yield _told(element)
            element.clear()


def _cell(element: Any, strings: list[str]) -> str:
    told = _told(element)
    if element.get("t") != "s":
        return told
    return strings[int(told)] if told.isdecimal() and int(told) < len(strings) else ""


def _told(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter() if _tag(one) in ("t", "v"))


def _open_document(archive: _Archive, kind: str) -> Iterator[Part]:
    """Yield the slides or sheets of a file, or a text as a whole; then what stands above and below it."""
    border, unit = _PAGES.get(kind, ("", Unit.BODY))
    number, said = 1, list[str]()
    for tag, element in _ended(archive, "content.xml"):
        if tag in ("p", "h"):
            said.append("".join(element.itertext()) + "\n")
            element.clear()
        elif tag in ("tab", "line-break", "s"):
            element.text = " "
        elif tag == border:
            yield Part(unit, number, "".join(said))
            number, said = number + 1, []
    yield Part(unit, number, "".join(said))
    if "styles.xml" in archive.namelist():
        lines = ["".join(found.itertext()) for tag, found in _ended(archive, "styles.xml") if tag == "p"]
        yield Part(Unit.MARGIN, 1, "\n".join(lines))


def _ended(archive: _Archive, name: str) -> Iterator[tuple[str, Any]]:
    """Yield the elements of a member as each ends, with their names without the namespace."""
    with archive.open(name) as opened:
        try:
            for _event, element in iterparse(_Bounded(opened), events=("end",)):
                yield _tag(element), element
        except Enough:
            archive.cut = True


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


class _Bounded:
    """A member of a zip that reads as a file, up to a bound: what unpacks to more raises Enough."""

    def __init__(self, source: Any) -> None:
        self._source, self._left = source, MEMBER_BYTES

    def read(self, size: int = -1) -> bytes:
        """Return at most ``size`` bytes."""
        if self._left <= 0:
            raise Enough
        got: bytes = self._source.read(min(65536 if size < 0 else size, self._left))
        self._left -= len(got)
        return got
