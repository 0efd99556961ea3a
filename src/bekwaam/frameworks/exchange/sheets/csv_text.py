"""Reads a CSV as spreadsheet programs write it: the encoding and the sign between cells are found out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from bekwaam.frameworks.exchange.sheets.book import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Notes,
    Odd,
    Row,
    Sheet,
    Unreadable,
)
from bekwaam.wording import N_

FORMULA: Final = N_("There is a formula here; formulas are not computed. Paste the value in its place.")
_SIGNS: Final = ";\t,"
_SAID: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_LONGEST: Final = 200_000


def read_csv(data: bytes, notes: Notes) -> Sheet:
    """Return the table in ``data``. Raises Unreadable where it is too large or no such text."""
    text = _decoded(data, notes)
    said = _SAID.match(text)
    sign = said.group(1) if said else _sign(text)
    return Sheet("", _rows(text[said.end() :] if said else text, sign, 1 if said else 0))


def _decoded(data: bytes, notes: Notes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig":
            try:
                text = data.decode("cp1252")
            except UnicodeDecodeError:
                pass
            else:
                message = N_(
                    "This text was not in UTF-8; it was read as Windows-1252, as Excel writes it. "
                    "Look whether letters such as é are right."
                )
                notes.repair("", 0, "", "windows_1252", message)
                return text
        line = data.count(b"\n", 0, error.start) + 1
        message = N_("This text is not in UTF-8. Save the file as UTF-8.")
        raise Unreadable("not_utf8", message, cell=f"A{line}", row=line) from None


def _sign(text: str) -> str:
    """Return what stands between the cells: the sign that stands most in the first lines, outside quotes."""
    lines = re.sub(r'"[^"]*"', "", text[:20_000]).splitlines()[:10]
    first = next((line for line in lines if line.strip(_SIGNS + " ")), "")
    return max(_SIGNS, key=lambda sign: (first.count(sign), sum(line.count(sign) for line in lines)))


def _rows(text: str, sign: str, skipped: int) -> tuple[Row, ...]:
    rows: list[Row] = []
    cells = 0
    # A row is known by its number, as a spreadsheet program shows it; not by its line.
    for number, written in enumerate(_written(text, sign), skipped + 1):
        texts = {n: cell for n, cell in enumerate(written[:MAX_COLUMNS]) if cell.strip()}
        if not texts:
            continue
        odd = {n: Odd("formula", FORMULA, fault=True) for n, cell in texts.items() if cell.startswith("=")}
        rows.append(Row(number, texts, odd))
        cells += len(texts)
        if len(rows) > MAX_ROWS or cells > MAX_CELLS:
            message = N_("There are more than {limit} rows here. Divide them over several files.")
            raise Unreadable("too_many_rows", message, cell=f"A{number}", row=number, limit=MAX_ROWS)
    return tuple(rows)


def _written(text: str, sign: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        yield from reader
    except csv.Error as error:
        line = reader.line_num
        message = N_(
            "This cannot be read as a table from here on. Look at the quotes on and above this line."
        )
        raise Unreadable("syntax", message, cell=f"A{line}", row=line) from error
