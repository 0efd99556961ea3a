"""A table with headings in a sheet: finds its columns by what they are called, in either language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from bekwaam.frameworks.exchange.sheets.book import Notes, Row, Sheet
from bekwaam.frameworks.faults import Msgid
from bekwaam.wording import LANGUAGES, N_, say

_LOOKED_AT: Final = 12
_MORE: Final = re.compile(r"(.*\S)\s*\((\d{1,2})\)")
_NOT_A_WORD: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the ``key`` to ask for it by, its heading (a msgid), and what else it may be called.

    ``own_each_row`` tells that the cell is of one row only, so that it cannot be merged over several.
    """

    key: str
    heading: str
    also: tuple[str, ...] = ()
    needed: bool = False
    own_each_row: bool = False

    def names(self) -> set[str]:
        """Return everything this column may be called, as :func:`folded`."""
        spoken = {say(language, self.heading) for language in LANGUAGES}
        return {folded(name) for name in (*spoken, self.key, *self.also)}


@dataclass(frozen=True, slots=True)
class Record:
    """A row below the headings. ``text`` reports what is odd about a cell when it is used."""

    table: Table
    row: Row

    @property
    def number(self) -> int:
        """Return the number of the row, as the spreadsheet program shows it."""
        return self.row.number

    def place(self, key: str) -> str:
        """Return the address of the cell of a column; of the row's first where there is no such column."""
        return self.table.sheet.place(self.row.number, self.table.columns.get(key, (0,))[0])

    def has(self, key: str) -> bool:
        """Tell whether something stands in the cell."""
        return any(n in self.row.texts for n in self.table.columns.get(key, ()))

    def raw(self, key: str) -> str:
        """Return what stands in the cell as it is, "" where nothing does; nothing is reported."""
        return "".join(self.row.texts.get(n, "") for n in self.table.columns.get(key, ()))

    def text(self, key: str, item: str = "") -> str:
        """Return the text in a cell with its white space in order, reporting what is odd about it."""
        for n in self.table.columns.get(key, ()):
            if n in self.row.odd:
                self._report(key, n, item)
        return tidied(self.raw(key))

    def odd(self, key: str) -> str:
        """Return the reason why a cell is odd ("number", "date" ...), "" where it is not."""
        found = (self.row.odd.get(n) for n in self.table.columns.get(key, ()))
        return next((odd.reason for odd in found if odd is not None), "")

    def fault(self, key: str, item: str, reason: str, message: str, /, **values: object) -> None:
        """Note something to mend in a cell of this row."""
        self.table.notes.fault(self.place(key), self.number, item, reason, message, **values)

    def repair(self, key: str, item: str, reason: str, message: str, /, **values: object) -> None:
        """Note something that was put right in a cell of this row."""
        self.table.notes.repair(self.place(key), self.number, item, reason, message, **values)

    def _report(self, key: str, column: int, item: str) -> None:
        odd = self.row.odd[column]
        if not odd.message:
            return
        place, notes = self.table.sheet.place(self.number, column), self.table.notes
        if odd.reason == "merged" and key in self.table.own_each_row:
            message = N_("This cell is merged, but every row needs its own here. Take the cells apart.")
            notes.fault(place, self.number, item, odd.reason, message)
        elif odd.fault:
            notes.fault(place, self.number, item, odd.reason, odd.message, **odd.values)
        else:
            notes.repair(place, self.number, item, odd.reason, odd.message, **odd.values)


@dataclass(frozen=True)
class Table:
    """The rows below a line of headings; ``columns`` says by key where each column stands.

    A long text may go on in a second column of the same name with "(2)" behind it.
    """

    sheet: Sheet
    heading_row: int
    columns: dict[str, tuple[int, ...]]
    rows: tuple[Row, ...]
    notes: Notes
    own_each_row: frozenset[str]

    def records(self) -> Iterator[Record]:
        """Yield the rows, those left out in which none of our columns holds anything."""
        ours = {n for numbers in self.columns.values() for n in numbers}
        for row in self.rows:
            if not ours.isdisjoint(row.texts):
                yield Record(self, row)


def headed(sheet: Sheet, columns: tuple[Column, ...], notes: Notes) -> Table | None:
    """Return the table of ``columns`` in ``sheet``; None, with the fault noted, where it has no headings.

    The headings are looked for in the first rows, in any order, in Dutch or English. A column that means
    nothing here is named among the repairs; one that is needed and not there is a fault.
    """
    names = {name: column.key for column in columns for name in column.names()}
    row = _heading_row(sheet, names)
    if row is None:
        message = N_("There is no row with headings here. These are needed: {headings}.")
        needed = [column for column in columns if column.needed] or columns[:1]
        said = tuple(Msgid(column.heading) for column in needed)
        notes.fault(sheet.place(1, 0), 1, "", "no_headings", message, headings=said)
        return None
    found: dict[str, dict[int, int]] = {}
    for n in sorted(row.texts):
        _place_column(sheet.place(row.number, n), row, n, columns, found, notes)
    for column in columns:
        if column.needed and column.key not in found:
            message = N_('The column "{heading}" is missing.')
            place = sheet.place(row.number, 0)
            notes.fault(place, row.number, "", "missing_column", message, heading=Msgid(column.heading))
    placed = {key: tuple(n for _, n in sorted(numbers.items())) for key, numbers in found.items()}
    rows = tuple(other for other in sheet.rows if other.number > row.number)
    own = frozenset(column.key for column in columns if column.own_each_row)
    return Table(sheet, row.number, placed, rows, notes, own)


def headings_in(sheet: Sheet, columns: tuple[Column, ...]) -> int:
    """Return how many of ``columns`` the sheet has a heading for."""
    names = {name: column.key for column in columns for name in column.names()}
    row = _heading_row(sheet, names)
    return len(_known(row, names)) if row is not None else 0


def folded(name: str) -> str:
    """Return a name without what people vary: capitals, spaces and signs."""
    return _NOT_A_WORD.sub(" ", name.casefold()).strip()


def tidied(text: str) -> str:
    """Return a text with its white space in order, line by line, as in a pack."""
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())


def _heading_row(sheet: Sheet, names: dict[str, str]) -> Row | None:
    """Return the row near the top with the most headings that are known; at least two, where there can be."""
    near = sheet.rows[:_LOOKED_AT]
    best = max(near, key=lambda row: len(_known(row, names)), default=None)
    least = min(2, len(set(names.values())))
    return best if best is not None and len(_known(best, names)) >= least else None


def _known(row: Row, names: dict[str, str]) -> set[str]:
    return {names[_base(text)[0]] for text in row.texts.values() if _base(text)[0] in names}


def _base(heading: str) -> tuple[str, int]:
    """Return a heading, and 2 where it says that it goes on from a column of the same name."""
    found = _MORE.fullmatch(heading.strip())
    return (folded(found[1]), int(found[2])) if found else (folded(heading), 1)


def _place_column(
    place: str, row: Row, n: int, columns: tuple[Column, ...], found: dict[str, dict[int, int]], notes: Notes
) -> None:
    names = {name: column for column in columns for name in column.names()}
    text = row.texts[n].strip()
    name, part = _base(text)
    column = names.get(name) or names.get(folded(text))
    if column is not None and part not in found.setdefault(column.key, {}):
        found[column.key][part] = n
    elif column is not None:
        message = N_('The column "{heading}" stands here twice; the first was taken.')
        notes.repair(place, row.number, "", "duplicate_column", message, heading=text)
    elif near := get_close_matches(name, names, n=1):
        message = N_('The column "{heading}" is not known here and was left out. Did you mean "{near}"?')
        values = {"heading": text, "near": Msgid(names[near[0]].heading)}
        notes.repair(place, row.number, "", "unknown_column", message, **values)
    else:
        message = N_('The column "{heading}" is not known here and was left out.')
        notes.repair(place, row.number, "", "unknown_column", message, heading=text)
