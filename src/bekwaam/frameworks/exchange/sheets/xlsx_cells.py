"""Takes the cells of one sheet as they come by, and makes each a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bekwaam.frameworks.exchange.sheets.book import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Odd,
    Row,
    Unreadable,
    letters,
)
from bekwaam.frameworks.exchange.sheets.csv_text import FORMULA
from bekwaam.frameworks.exchange.sheets.numbers import day, is_date, shown
from bekwaam.wording import N_

_MAX_MERGED: Final = 20_000
_ADDRESS: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUTH: Final = {"1": "TRUE", "0": "FALSE"}

ERROR: Final = N_("There is an error value here ({value}). Type what has to stand here.")
DATE: Final = N_(
    "The spreadsheet program took this for a date ({value}). Make the cell text, and type it again."
)


@dataclass(slots=True)
class Workbook:
    """What the cells of every sheet refer to: texts and number formats by number; how days count."""

    strings: list[str]
    formats: list[str]
    since_1904: bool
    cells: int = 0


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that are one: columns and rows, first and last."""

    left: int
    top: int
    right: int
    bottom: int


class Cells:
    """Gathers one sheet; ``start``, ``end`` and ``chars`` are handed what comes by."""

    def __init__(self, title: str, book: Workbook) -> None:
        self._title, self._book = title, book
        self._rows: dict[int, Row] = {}
        self._row = 0
        self._column = -1
        self._kind = self._style = ""
        self._formula = self._hearing = self._sounds = False
        self._value: list[str] = []
        self.merged: list[Merged] = []

    def rows(self) -> tuple[Row, ...]:
        """Return the rows with something in them, in order."""
        return tuple(self._rows[number] for number in sorted(self._rows))

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "row":
            written = attributes.get("r", "")
            self._row = int(written) if written.isdecimal() else self._row + 1
            self._column = -1
        elif tag in ("v", "t"):
            self._hearing = not self._sounds
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._sounds = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "c":
            self._end_cell()
        elif tag in ("v", "t"):
            self._hearing = False
        elif tag == "rPh":
            self._sounds = False

    def chars(self, text: str) -> None:
        """Take characters."""
        if self._hearing:
            self._value.append(text)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        found = _ADDRESS.fullmatch(attributes.get("r", ""))
        if found:
            self._column = column(found.group(1))
            self._row = int(found.group(2))
        else:
            self._column += 1
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._formula = self._hearing = False
        self._value.clear()

    def _end_cell(self) -> None:
        if not (self._value or self._formula) or not 0 <= self._column < MAX_COLUMNS:
            return
        text, odd = self._text("".join(self._value))
        if self._formula:
            odd = Odd("formula", FORMULA, fault=True)
        if not text.strip() and odd is None:
            return
        row = self._rows.get(self._row)
        if row is None:
            row = self._rows[self._row] = Row(self._row)
        row.texts[self._column] = text
        if odd is not None:
            row.odd[self._column] = odd
        self._book.cells += 1
        if len(self._rows) > MAX_ROWS or self._book.cells > MAX_CELLS:
            message = N_("There are more than {limit} rows here. Divide them over several files.")
            place = f"{self._title}!{letters(0)}{self._row}"
            raise Unreadable("too_many_rows", message, cell=place, row=self._row, limit=MAX_ROWS)

    def _text(self, value: str) -> tuple[str, Odd | None]:
        match self._kind:
            case "s":
                return self._shared(value), None
            case "inlineStr" | "str":
                return unescaped(value), None
            case "b":
                return _TRUTH.get(value, value), None
            case "e":
                return value, Odd("error_value", ERROR, {"value": value}, fault=True)
            case "d":
                return value[:10], Odd("date", DATE, {"value": value[:10]}, fault=True)
        return self._number(value)

    def _shared(self, value: str) -> str:
        strings = self._book.strings
        number = int(value) if value.isdecimal() else -1
        return strings[number] if 0 <= number < len(strings) else ""

    def _number(self, value: str) -> tuple[str, Odd | None]:
        formats = self._book.formats
        style = int(self._style) if self._style.isdecimal() else 0
        form = formats[style] if style < len(formats) else "General"
        try:
            if is_date(form):
                text = day(value, since_1904=self._book.since_1904)
                return text, Odd("date", DATE, {"value": text}, fault=True)
            text, may_have_lost = shown(value, form)
        except (ValueError, OverflowError):
            return value, None
        return text, Odd("number") if may_have_lost else None

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        one, other = _ADDRESS.fullmatch(first), _ADDRESS.fullmatch(last)
        if one and other and len(self.merged) < _MAX_MERGED:
            self.merged.append(Merged(column(one[1]), int(one[2]), column(other[1]), int(other[2])))


def column(name: str) -> int:
    """Return the number of a column by its letters: 0 for A."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def unescaped(text: str) -> str:
    """Return a text with what XML cannot hold put back: "_x000D_" is a carriage return."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)


def escaped(text: str) -> str:
    """Return a text as a cell can hold it; :func:`unescaped` gives it back."""
    text = _ESCAPED.sub(lambda found: f"_x005F{found.group(0)}", text)
    return re.sub("[\0-\x08\x0b-\x1f\ufffe\uffff]", lambda found: f"_x{ord(found.group(0)):04X}_", text)
