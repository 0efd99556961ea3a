"""A spreadsheet to read: sheets of texts with a heading that stays in sight, always the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from bekwaam.frameworks.exchange.workbook.look import HEADING, LABEL, LONGEST, PLAIN, STYLES, TITLE, Pen, cell
from bekwaam.frameworks.exchange.workbook.packing import packed

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME: Final = 31
_A4: Final = "9"
_LOOKS: Final = {
    "title": TITLE.name,
    "section": LABEL.name,
    "heading": HEADING.name,
    "line": PLAIN.name,
    "plain": PLAIN.name,
}

Value = str | int | None
Style = Literal["title", "section", "heading", "line", "plain"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its width in characters."""

    heading: str
    width: int


class Book:
    """A spreadsheet under construction.

    Texts stay texts, whatever they begin with: nothing that came from elsewhere is ever a formula.
    """

    def __init__(self, title: str, language: str) -> None:
        self._book = Workbook(write_only=True)
        for style in STYLES:
            self._book.add_named_style(style)
        self._book.properties.title = title
        self._book.properties.language = language

    def table(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> None:
        """Add a sheet with one table: a row of headings that stays in sight, with a filter on each."""
        sheet = self._sheet(name, [column.width for column in columns])
        sheet.freeze_panes = "A2"
        pen = Pen(sheet)
        sheet.append([_cell(sheet, column.heading, "heading") for column in columns])
        number = 1
        for row in rows:
            sheet.append([_line(sheet, pen, value) for value in row])
            number += 1
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{number}"
        sheet.print_title_rows = "1:1"

    def page(self, name: str, widths: Sequence[int], rows: Iterable[tuple[Style, Sequence[Value]]]) -> None:
        """Add a sheet to read from top to bottom: a title, sections, and small tables below each other."""
        sheet = self._sheet(name, widths)
        for style, values in rows:
            sheet.append([_cell(sheet, value, style) for value in values])

    def _sheet(self, name: str, widths: Sequence[int]) -> Any:
        sheet = self._book.create_sheet(_NOT_IN_NAMES.sub(" ", name)[:_LONGEST_NAME])
        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        return sheet

    def bytes(self) -> bytes:
        """Return the spreadsheet: for the same content always the same bytes."""
        return packed(self._book)


def _line(sheet: Any, pen: Pen, value: Value) -> Any:
    if isinstance(value, int):
        return _cell(sheet, value, "line")
    return pen.cell((value or "")[:LONGEST], PLAIN.name)


def _cell(sheet: Any, value: Value, style: Style) -> Any:
    if isinstance(value, int):
        made = WriteOnlyCell(sheet, value=value)
        made.style = PLAIN.name
        made.number_format = "0"
        return made
    made = cell(sheet, (value or "")[:LONGEST], _LOOKS[style])
    if made is not None and style in ("title", "section", "plain"):
        # These run on over what is empty beside them.
        made.alignment = Alignment(vertical="top")
    return made
