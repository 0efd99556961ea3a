"""Writes a CSV for Dutch spreadsheet programs: they expect a semicolon and, to know that it is UTF-8, a byte
order mark. Nothing in it is a formula, whatever a text begins with.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from bekwaam.frameworks.exchange.sheets.plain import plain_cell

_AT_ONCE: Final = 1_000


def write_csv(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return a table as CSV: a row of ``headings`` of our own, and rows of texts that may be anybody's."""
    return b"".join(csv_lines(headings, rows))


def csv_lines(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """Yield the same piece by piece, for a table that does not fit in memory."""
    yield _piece([headings]).encode("utf-8-sig")
    left, plain = iter(rows), _Plain()
    while some := [[plain[text] for text in row] for row in islice(left, _AT_ONCE)]:
        yield _piece(some).encode()


class _Plain(dict[str, str]):
    """Texts as they stand in a cell, so that what comes again and again is looked at once."""

    def __missing__(self, text: str) -> str:
        plain = plain_cell(text)
        if len(self) < _AT_ONCE:
            self[text] = plain
        return plain


def _piece(rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue()
