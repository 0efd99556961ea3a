"""Opens a spreadsheet: tells by its content what it is, and refuses in a sentence what is none."""

from __future__ import annotations

from typing import Final

from bekwaam.frameworks.exchange.sheets.book import MAX_BYTES, Book, Notes, Unreadable
from bekwaam.frameworks.exchange.sheets.csv_text import read_csv
from bekwaam.frameworks.exchange.sheets.xlsx import read_xlsx
from bekwaam.wording import N_

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_NO_SHEET: Final = N_("This is not a spreadsheet. Save it from your spreadsheet program as .xlsx or .csv.")


def read_sheets(data: bytes, name: str) -> Book:
    """Return the spreadsheet in ``data``; ``name`` is what the file is called in faults.

    What it is (XLSX or CSV) follows from its content, never from its name. Nothing in it is computed, run
    or fetched. A file that is too large in any way, or that is no spreadsheet, gives a book with one fault
    and no sheets.
    """
    notes = Notes(name)
    try:
        if len(data) > MAX_BYTES:
            message = N_("This file is {size} MB; {limit} MB is the most that is read.")
            size, limit = f"{len(data) / 1e6:.1f}", MAX_BYTES // 1_000_000
            raise Unreadable("too_large", message, size=size, limit=limit)
        sheets = read_xlsx(data, notes) if data.startswith(_ZIP) else (read_csv(_as_text(data), notes),)
    except Unreadable as error:
        notes.fault(error.cell, error.row, "", error.reason, error.message, **error.values)
        return Book(name, (), notes.faults.sorted())
    return Book(name, sheets, notes.faults.sorted(), notes.repairs.sorted())


def is_workbook(data: bytes) -> bool:
    """Tell whether this looks like an XLSX file, by its content."""
    return data.startswith(_ZIP) and b"xl/workbook" in data


def _as_text(data: bytes) -> bytes:
    """Return ``data`` as it is where it may be the text of a CSV; refuse what it plainly is instead."""
    if not data.strip():
        raise Unreadable("empty", N_("This file is empty."))
    if data.startswith(_OLE):
        if _PACKAGE in data:
            message = N_("This file is locked with a password. Save it without one and try again.")
            raise Unreadable("encrypted", message)
        message = N_("This is a file in an older form of Excel (.xls). Save it as .xlsx and try again.")
        raise Unreadable("old_excel", message)
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"%pdf", b"<", b"{", b"{\\rtf")):
        raise Unreadable("not_a_spreadsheet", _NO_SHEET)
    has_order_mark = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not has_order_mark and any(sign in data for sign in (b"\0", b"\x01", b"\x02", b"\x03", b"\x1b")):
        raise Unreadable("not_a_spreadsheet", _NO_SHEET)
    return data
