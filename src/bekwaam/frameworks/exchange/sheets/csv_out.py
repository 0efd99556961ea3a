"""Writes a CSV for Dutch spreadsheet programs: they expect a semicolon and, to know that it is UTF-8, a byte
order mark. Nothing in it is a formula, whatever a text begins with.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from bekwaam.frameworks.exchange.sheets.plain import plain_cell


def write_csv(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return a table as CSV: a row of ``headings`` of our own, and rows of texts that may be anybody's."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([plain_cell(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
