"""What a spreadsheet holds once it has been read: rows of texts, each with its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from bekwaam.frameworks.faults import Fault, FaultList

MAX_BYTES: Final = 20_000_000
"""The largest file that is opened."""
MAX_UNPACKED: Final = 100_000_000
"""The most that the parts we read may hold once they are unpacked."""
MAX_ROWS: Final = 50_000
"""The most rows with something in them, on one sheet."""
MAX_CELLS: Final = 1_000_000
"""The most cells with something in them, in the whole file."""
MAX_COLUMNS: Final = 200
"""Columns further to the right are not looked at."""

_NONE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Odd:
    """Something about a cell that has to be said when the cell is used.

    ``fault`` tells that somebody has to mend it; otherwise it was put right. ``reason`` is "formula",
    "error_value", "date", "number" (see ``shown``) or "merged".
    """

    reason: str
    message: str = ""
    values: Mapping[str, Any] = field(default_factory=lambda: _NONE)
    fault: bool = False


@dataclass(slots=True)
class Row:
    """The cells of a row that hold something, by their column (0 is A); ``odd`` those to say more about."""

    number: int
    texts: dict[int, str] = field(default_factory=dict)
    odd: dict[int, Odd] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its rows in order, empty ones left out. ``name`` is empty for the table of a CSV."""

    name: str
    rows: tuple[Row, ...]

    def place(self, row: int, column: int) -> str:
        """Return the address of a cell: "Items!D14", or "D14" in a CSV."""
        cell = f"{letters(column)}{row}"
        return f"{self.name}!{cell}" if self.name else cell


@dataclass(frozen=True, slots=True)
class Book:
    """A spreadsheet file. Where it could not be read there are ``faults`` and no sheets."""

    name: str
    sheets: tuple[Sheet, ...] = ()
    faults: tuple[Fault, ...] = ()
    repairs: tuple[Fault, ...] = ()


class Notes:
    """Gathers what there is to say about one file: what has to be mended, and what was put right.

    ``faulty`` are the cells in which there is something to mend.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults = FaultList()
        self.repairs = FaultList()
        self.faulty: set[str] = set()

    def fault(self, cell: str, row: int, item: str, reason: str, message: str, /, **values: Any) -> None:
        """Note something to mend, in a cell ("Items!D14"; empty for the file as a whole)."""
        self.faulty.add(cell)
        self.faults.add_cell(self.file, cell, row, item, reason, message, **values)

    def repair(self, cell: str, row: int, item: str, reason: str, message: str, /, **values: Any) -> None:
        """Note something that was put right or left out."""
        self.repairs.add_cell(self.file, cell, row, item, reason, message, **values)


class Unreadable(Exception):
    """The file cannot be read at all: ``reason``, and a msgid with ``values`` and perhaps the ``cell``."""

    def __init__(self, reason: str, message: str, /, cell: str = "", row: int = 0, **values: Any) -> None:
        super().__init__(reason)
        self.reason, self.message, self.values = reason, message, values
        self.cell, self.row = cell, row


def letters(column: int) -> str:
    """Return the letters of a column: A for 0, Z for 25, AA for 26."""
    found = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
