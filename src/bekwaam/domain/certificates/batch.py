"""Checking many certificates at once: the list that an employer hands in, and the report they get back.

A list has a column with the numbers and, if wanted, one with the names: whether a name is the holder's is
only said to who had it already. Nothing else of a list is read or kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.domain.certificates.numbers import read_number
from bekwaam.frameworks.exchange.sheets.book import Notes, Row, Sheet
from bekwaam.frameworks.exchange.sheets.csv_out import write_csv
from bekwaam.frameworks.exchange.sheets.opening import read_sheets
from bekwaam.frameworks.faults import Fault
from bekwaam.wording import N_, say

MOST: Final = 1000
_NUMBERS: Final = (
    "nummer",
    "number",
    "certificaatnummer",
    "certificate",
    "certificaat",
    "certificate number",
)
_NAMES: Final = ("naam", "name", "houder", "holder", "kandidaat", "candidate")

_NO_COLUMN: Final = N_("There is no column “nummer” or “number” in the first row. Give one column that name.")
_TOO_MANY: Final = N_(
    "There are more than {limit} certificates in this list. Divide them over several lists."
)
_NONE: Final = N_("There is no certificate in this list.")


class Found(StrEnum):
    """What a number turns out to be. A value never changes its meaning: it stands in reports."""

    GOOD = "good"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    REPLACED = "replaced"
    ERASED = "erased"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"
    NO_NUMBER = "no_number"


FOUND_WORDS: Final[dict[Found, str]] = {
    Found.GOOD: N_("Issued here, and it stands"),
    Found.SUSPENDED: N_("Suspended: do not rely on it for now"),
    Found.REVOKED: N_("Revoked: do not rely on it"),
    Found.REPLACED: N_("Replaced by a newer certificate"),
    Found.ERASED: N_("Issued here; the dossier has been erased since"),
    Found.DOUBTFUL: N_("What we hold is not what was issued by the public log: check the file of the holder"),
    Found.UNKNOWN: N_("No certificate with this number was issued here"),
    Found.NO_NUMBER: N_("This is not the number of a certificate"),
}


class NameAnswer(StrEnum):
    """Whether a name is the holder's."""

    NOT_ASKED = "not_asked"
    SAME = "same"
    OTHER = "other"
    CANNOT_TELL = "cannot_tell"


NAME_WORDS: Final[dict[NameAnswer, str]] = {
    NameAnswer.NOT_ASKED: "",
    NameAnswer.SAME: N_("yes"),
    NameAnswer.OTHER: N_("no, of somebody else"),
    NameAnswer.CANNOT_TELL: N_("cannot tell"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a list: its row, what was typed, the number in that (empty: none) and the name asked."""

    row: int
    typed: str
    number: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class AskedList:
    """A list as it was read; where it could not be, there are ``faults`` and nothing asked."""

    asked: tuple[Asked, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of one line. ``issued_on`` is a day (ISO), ``successor`` the number that replaced it."""

    asked: Asked
    found: Found
    name: NameAnswer = NameAnswer.NOT_ASKED
    provider: str = ""
    standard: str = ""
    issued_on: str = ""
    successor: str = ""

    @property
    def good(self) -> bool:
        """Whether it was issued here, stands, and is not somebody else's."""
        return self.found is Found.GOOD and self.name in (NameAnswer.NOT_ASKED, NameAnswer.SAME)


def read_list(data: bytes, name: str) -> AskedList:
    """Return what is asked in a CSV or XLSX file; ``name`` is what the file is called in faults."""
    book = read_sheets(data, name)
    if book.faults:
        return AskedList(faults=book.faults)
    notes = Notes(name)
    sheet = next((sheet for sheet in book.sheets if sheet.rows), None)
    if sheet is None:
        notes.fault("", 0, "", "none", _NONE)
        return AskedList(faults=notes.faults.sorted())
    asked = _read(sheet, notes)
    return AskedList(asked if not notes.faulty else (), notes.faults.sorted())


def _read(sheet: Sheet, notes: Notes) -> tuple[Asked, ...]:
    head, *rows = sheet.rows
    numbers, names = _column(head, _NUMBERS), _column(head, _NAMES)
    if numbers is None:
        # A bare list of numbers needs no heading.
        if not any(read_number(text) for text in head.texts.values()):
            notes.fault(sheet.place(head.number, 0), head.number, "", "no_column", _NO_COLUMN)
            return ()
        numbers = next(column for column, text in head.texts.items() if read_number(text))
        rows = [head, *rows]
    asked = tuple(_asked(row, numbers, names) for row in rows if row.texts.get(numbers, "").strip())
    if len(asked) > MOST:
        place = asked[MOST].row
        notes.fault(sheet.place(place, numbers), place, "", "too_many", _TOO_MANY, limit=MOST)
    elif not asked:
        notes.fault("", 0, "", "none", _NONE)
    return asked


def _column(head: Row, names: Iterable[str]) -> int | None:
    wanted = set(names)
    return next((n for n, text in head.texts.items() if text.strip().casefold() in wanted), None)


def _asked(row: Row, numbers: int, names: int | None) -> Asked:
    typed = row.texts.get(numbers, "").strip()
    name = row.texts.get(names, "").strip()[:200] if names is not None else ""
    return Asked(row.number, typed[:60], read_number(typed), name)


COLUMNS: Final = (
    N_("Row"),
    N_("Number"),
    N_("Name asked"),
    N_("How it stands"),
    N_("Of this person"),
    N_("Issued by"),
    N_("Issued on"),
    N_("Standard"),
    N_("Replaced by"),
    N_("Code"),
)


def report_csv(answers: Iterable[Answered], language: str) -> bytes:
    """Return the report as CSV in UTF-8, for Dutch spreadsheet programs. Nothing in it is a formula."""
    rows = (_cells(answer, language) for answer in answers)
    return write_csv((say(language, column) for column in COLUMNS), rows)


def _cells(answer: Answered, language: str) -> tuple[str, ...]:
    words = NAME_WORDS[answer.name]
    return (
        str(answer.asked.row),
        answer.asked.number or answer.asked.typed,
        answer.asked.name,
        say(language, FOUND_WORDS[answer.found]),
        say(language, words) if words else "",
        answer.provider,
        answer.issued_on,
        answer.standard,
        answer.successor,
        str(answer.found),
    )
