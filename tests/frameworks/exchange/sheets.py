"""Spreadsheets as other programs write them, to be read or refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

from openpyxl import Workbook, load_workbook

Change = Callable[[Workbook], None]


def xlsx(*rows: Iterable[Any], name: str = "Blad1") -> bytes:
    """Return a workbook of one sheet with these rows, as openpyxl writes it."""
    book = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def changed(data: bytes, change: Change) -> bytes:
    """Return a workbook opened with openpyxl, changed and saved again: as a person with Excel does."""
    book = load_workbook(io.BytesIO(data))
    change(book)
    return saved(book)


def zipped(parts: dict[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return an XLSX with one part replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, bytes | str] = {one: archive.read(one) for one in archive.namelist()}
    return zipped(parts | {name: content})
