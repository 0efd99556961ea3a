"""Reads an XLSX file into rows of texts (ECMA-376 part 1, SpreadsheetML).

Only what cells hold is read: no macros, no links to elsewhere, no pictures. A reader of its own, and not a
library's, because nothing in a file that somebody sends may decide how much memory this takes, and because
people are told of every formula, date and merged cell that they use.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bekwaam.frameworks.exchange.sheets.book import Notes, Row, Sheet, Unreadable
from bekwaam.frameworks.exchange.sheets.merged import fill_merged
from bekwaam.frameworks.exchange.sheets.numbers import BUILT_IN
from bekwaam.frameworks.exchange.sheets.xlsx_cells import Cells, Workbook, unescaped
from bekwaam.frameworks.exchange.sheets.xml_parts import Parts
from bekwaam.wording import N_

MAX_SHEETS: Final = 50
_MAX_STYLES: Final = 70_000
_MAX_STRINGS: Final = 1_000_000
_TOO_MUCH: Final = N_("There is too much in this file. Save a smaller one.")


def read_xlsx(data: bytes, notes: Notes) -> tuple[Sheet, ...]:
    """Return the sheets in ``data``, in their order. Raises Unreadable where it cannot be read.

    Of merged cells the text stands in every cell that they cover downwards (see :mod:`merged`).
    """
    parts = Parts(data)
    name = _workbook_part(parts)
    related = parts.related(name)
    sheets, since_1904 = _sheet_names(parts, name)
    others = dict(related.values())
    book = Workbook(
        strings=_strings(parts, others.get("sharedStrings")),
        formats=_formats(parts, others.get("styles")),
        since_1904=since_1904,
    )
    found = []
    for title, reference in sheets:
        kind, part = related.get(reference, ("", ""))
        if kind == "worksheet":
            found.append(_sheet(parts, part, title, book))
    if not found:
        raise Unreadable("no_sheets", N_("There is no sheet with cells in this file."))
    return tuple(found)


def _workbook_part(parts: Parts) -> str:
    """Return the name of the part that lists the sheets."""
    for kind, part in parts.related("").values():
        if kind == "officeDocument":
            return part
    return "xl/workbook.xml"


def _sheet_names(parts: Parts, name: str) -> tuple[list[tuple[str, str]], bool]:
    """Return the title and the reference of every sheet, and whether days count from 1904."""
    found: list[tuple[str, str]] = []
    since_1904 = False

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal since_1904
        if tag == "sheet":
            reference = next((v for key, v in attributes.items() if key.rsplit(" ", 1)[-1] == "id"), "")
            found.append((attributes.get("name", ""), reference))
            if len(found) > MAX_SHEETS:
                message = N_("There are more than {limit} sheets in this file. Take out what is not needed.")
                raise Unreadable("too_many_sheets", message, limit=MAX_SHEETS)
        elif tag == "workbookPr":
            since_1904 = attributes.get("date1904", "") in ("1", "true")

    parts.read(name, start)
    return found, since_1904


def _strings(parts: Parts, name: str | None) -> list[str]:
    """Return the texts that cells refer to by number; how letters look and how they sound is left out."""
    found: list[str] = []
    pieces: list[str] = []
    inside = [False, False]  # a text; how it sounds

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "t":
            inside[0] = not inside[1]
        elif tag == "rPh":
            inside[1] = True

    def end(tag: str) -> None:
        if tag == "t":
            inside[0] = False
        elif tag == "rPh":
            inside[1] = False
        elif tag == "si":
            found.append(unescaped("".join(pieces)))
            pieces.clear()
            if len(found) > _MAX_STRINGS:
                raise Unreadable("too_large", _TOO_MUCH)

    def chars(text: str) -> None:
        if inside[0]:
            pieces.append(text)

    if name in parts.names and name is not None:
        parts.read(name, start, end, chars)
    return found


def _formats(parts: Parts, name: str | None) -> list[str]:
    """Return the number format of every style of cells, by its number."""
    own: dict[int, str] = {}
    found: list[str] = []
    inside = [False]

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if len(own) > _MAX_STYLES or len(found) > _MAX_STYLES:
            raise Unreadable("too_large", _TOO_MUCH)
        if tag == "numFmt":
            own[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside[0] = True
        elif tag == "xf" and inside[0]:
            number = int(attributes.get("numFmtId", "0"))
            found.append(own.get(number) or BUILT_IN.get(number, "General"))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside[0] = False

    if name in parts.names and name is not None:
        parts.read(name, start, end)
    return found


def _sheet(parts: Parts, part: str, title: str, book: Workbook) -> Sheet:
    cells = Cells(title, book)
    parts.read(part, cells.start, cells.end, cells.chars)
    rows: tuple[Row, ...] = cells.rows()
    fill_merged(rows, cells.merged)
    return Sheet(title, rows)
