"""The curriculum of a programme as a spreadsheet, in two shapes: a long list, and a matrix.

In the list every row says of a module which competences it is about and to which stage it leads. In the
matrix every row is a module, and the stage (or an x) stands in the column of the competence.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from bekwaam.frameworks.exchange.curriculum_columns import MARKS, code_columns
from bekwaam.frameworks.exchange.sheets.book import Book, Notes, Sheet
from bekwaam.frameworks.exchange.sheets.csv_out import write_csv
from bekwaam.frameworks.exchange.sheets.headed import Column, Record, folded, headed, headings_in
from bekwaam.frameworks.exchange.sheets.opening import read_sheets
from bekwaam.frameworks.exchange.tied_sheet import TiedRead, TiedRows, spoken, tied_in, write_tied
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_, say

MOST_MODULES: Final = 2_000
_MOST_HOURS: Final = 10_000
_HEAD: Final = (
    Column("programme", N_("Programme"), ("opleiding", "programma", "curriculum"), needed=True),
    Column("name", N_("Module"), ("onderwijseenheid", "vak", "naam", "name"), needed=True),
    Column("period", N_("Year or period"), ("jaar", "periode", "leerjaar", "year", "period")),
)
_TAIL: Final = (
    Column("way", N_("Kind of activity"), ("soort", "vorm")),
    Column("assessed", N_("How it is assessed"), ("toetsing", "toets", "assessment")),
    Column("hours", N_("Hours"), ("uren", "studielast", "sbu")),
)
CODES: Final = Column(
    "codes", N_("Competences"), ("code", "codes", "competenties"), needed=True, own_each_row=True
)
STAGE: Final = Column("stage", N_("Towards stage"), ("stadium", "stage", "niveau"))
LIST: Final = (*_HEAD, CODES, STAGE, *_TAIL)
_TOLD: Final = (
    N_("Number the years or periods (year 1, year 2): they are put in that order."),
    N_("When you load the file, every mistake is named with its cell. Nothing is loaded until all is right."),
)
_ABOUT_LIST: Final = (
    N_("Every row says of one module which competences it is about, and to which stage it leads."),
    N_("Rows with the same programme, module and period belong together."),
    N_("Under Competences go the codes that it is about, with a semicolon between them."),
    N_("Leave the stage empty where a module is about a competence and leads to no stage."),
    *_TOLD,
)
_ABOUT_MATRIX: Final = (
    N_("Every row is one module. The columns with codes are the competences."),
    N_("Write the stage to which the module leads in the column, or an x where it leads to no stage."),
    *_TOLD,
)


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """A module, or the part of one that stands in a row; ``ties`` are a code and a stage, or no stage."""

    programme: str
    name: str
    period: str
    way: str
    assessed: str
    hours: int | None
    ties: tuple[tuple[str, str], ...]

    @property
    def same(self) -> tuple[str, str, str]:
        """Return what rows of one module share."""
        return folded(self.programme), folded(self.name), folded(self.period)


def write_programme_list(
    framework: Framework, codes: Sequence[str], ways: Mapping[str, str], language: str
) -> bytes:
    """Return an empty template for the long list; ``ways`` are the kinds of activity, msgids by code."""
    return write_tied(framework, codes, LIST, _ABOUT_LIST, language, ways)


def write_programme_matrix(
    framework: Framework, codes: Sequence[str], ways: Mapping[str, str], language: str
) -> bytes:
    """Return an empty template with a column for each of ``codes``."""
    between = code_columns(framework, codes)
    stages = tuple(column.key for column in between)
    columns = (*_HEAD, *between, *_TAIL)
    return write_tied(framework, codes, columns, _ABOUT_MATRIX, language, ways, staged=stages)


def write_programme_csv(framework: Framework, codes: Sequence[str], language: str, matrix: bool) -> bytes:
    """Return the headings of either shape as an empty CSV."""
    between = code_columns(framework, codes) if matrix else (CODES, STAGE)
    return write_csv((say(language, column.heading) for column in (*_HEAD, *between, *_TAIL)), ())


def read_programme_sheet(
    data: bytes, name: str, framework: Framework, codes: Sequence[str], ways: Mapping[str, str]
) -> TiedRead[ModuleRow]:
    """Return the modules in an XLSX or CSV file of either shape, those of several rows as one.

    Which shape it is follows from the headings. A row with a fault is left out and told by its cell.
    """
    book = read_sheets(data, name)
    sheet = max(book.sheets, key=lambda one: headings_in(one, LIST), default=None)
    table = headed(sheet, LIST, Notes(name)) if sheet is not None else None
    if sheet is None or table is None or "codes" in table.columns:
        read = tied_in(book, LIST, _Rows(framework, codes, ways))
    else:
        read = _matrix(book, sheet, table.heading_row, framework, codes, ways)
    return replace(read, rows=_modules(read.rows))


def _matrix(
    book: Book,
    sheet: Sheet,
    heading_row: int,
    framework: Framework,
    codes: Sequence[str],
    ways: Mapping[str, str],
) -> TiedRead[ModuleRow]:
    """Return what stands in a matrix; a heading that is meant as a competence and is none is a fault."""
    rows = _Cells(framework, codes, ways)
    between = code_columns(framework, codes)
    notes = Notes(book.name)
    known = {name for column in (*_HEAD, *between, *_TAIL) for name in column.names()}
    extra = []
    seen: set[str] = set()
    heads = next(row for row in sheet.rows if row.number == heading_row)
    for at, text in sorted(heads.texts.items()):
        said = text.strip()
        place = sheet.place(heading_row, at)
        code = next((one for one in between if folded(said) in one.names()), None)
        if code is not None and code.heading in seen:
            notes.fault(
                place, heading_row, "", "twice", N_("{code} has a column already."), code=code.heading
            )
        elif code is not None:
            seen.add(code.heading)
        elif folded(said) not in known and _meant(sheet, heading_row, at, said, rows):
            rows.unknown_heading(notes, place, heading_row, said)
            extra.append(Column(f"unknown:{at}", said))
    if not seen and not len(notes.faults):
        message = N_(
            "There is no column with competences here: one called Competences, or one for each code."
        )
        notes.fault(sheet.place(heading_row, 0), heading_row, "", "no_codes", message)
    only = replace(book, sheets=(sheet,), faults=(*book.faults, *notes.faults.sorted()))
    return tied_in(only, (*_HEAD, *between, *_TAIL, *extra), rows)


def _meant(sheet: Sheet, heading_row: int, at: int, said: str, rows: _Cells) -> bool:
    """Tell whether a column that is not known looks as if it is about a competence."""
    below = [row.texts[at] for row in sheet.rows if row.number > heading_row and at in row.texts]
    marked = any(rows.stage_in(text) is not None for text in below)
    return marked or (said[:1].isdigit() and len(said) < 12)


def _modules(rows: Iterable[ModuleRow]) -> tuple[ModuleRow, ...]:
    """Return rows of the same module as one, in the order of their first rows."""
    found: dict[tuple[str, str, str], ModuleRow] = {}
    for row in rows:
        before = found.get(row.same)
        found[row.same] = row if before is None else _together(before, row)
    return tuple(found.values())


def _together(one: ModuleRow, other: ModuleRow) -> ModuleRow:
    return replace(
        one,
        way=one.way or other.way,
        assessed=one.assessed or other.assessed,
        hours=other.hours if one.hours is None else one.hours,
        ties=(*one.ties, *other.ties),
    )


class _Reader(TiedRows[ModuleRow]):
    """What both shapes share: the module itself. A subclass reads what it is tied to."""

    longest: ClassVar[Mapping[str, int]] = {"programme": 200, "name": 200, "period": 60, "assessed": 500}

    def __init__(self, framework: Framework, codes: Sequence[str], ways: Mapping[str, str]) -> None:
        super().__init__(framework, codes)
        self._ways = spoken(ways)
        self._seen: dict[tuple[tuple[str, str, str], str], int] = {}
        self._rows = 0

    def read(self, record: Record) -> Iterator[ModuleRow]:
        """Yield the module of a row; nothing where it has a fault, which is then noted."""
        before = len(record.table.notes.faults)
        row = ModuleRow(
            programme=self._needed(record, "programme", N_("Say of which programme this is.")),
            name=self._needed(record, "name", N_("This row has no name.")),
            period=self.text(record, "period"),
            way=self.chosen(record, "way", self._ways),
            assessed=self.text(record, "assessed"),
            hours=self._hours(record),
            ties=self.ties(record),
        )
        self._insist_new(record, row)
        if len(record.table.notes.faults) == before:
            yield row

    @abstractmethod
    def ties(self, record: Record) -> tuple[tuple[str, str], ...]:
        """Return what a row is tied to, with a fault for each that is wrong."""

    @abstractmethod
    def place_of(self, code: str) -> str:
        """Return the key of the column in which a code is told."""

    def _needed(self, record: Record, key: str, message: str) -> str:
        text = self.text(record, key)
        if not text:
            record.fault(key, "", "empty", message)
        return text

    def _hours(self, record: Record) -> int | None:
        said = record.text("hours")
        if said and not (said.isdecimal() and int(said) <= _MOST_HOURS):
            message = N_("“{said}” is no number of hours. Write a whole number, such as 84.")
            record.fault("hours", "", "no_number", message, said=said[:60])
            return None
        return int(said) if said else None

    def _insist_new(self, record: Record, row: ModuleRow) -> None:
        self._rows += 1
        for code, _ in row.ties:
            at = self._seen.setdefault((row.same, code), record.number)
            if row.name and at != record.number:
                message = N_("This module is tied to {code} in row {row} already.")
                record.fault(self.place_of(code), "", "twice", message, code=code, row=at)
        if self._rows > MOST_MODULES:
            record.fault("name", "", "many", N_("There are more than 2,000 rows; leave some out."))


class _Rows(_Reader):
    """Reads the long list."""

    def ties(self, record: Record) -> tuple[tuple[str, str], ...]:
        """Return the codes of a row with its one stage."""
        stage = self.chosen(record, "stage", self.stages)
        return tuple((code, stage) for code in self.units(record))

    def place_of(self, code: str) -> str:
        """Return the column with the codes."""
        return "codes"


class _Cells(_Reader):
    """Reads the matrix."""

    def ties(self, record: Record) -> tuple[tuple[str, str], ...]:
        """Return the codes in whose columns something stands, with the stage or none."""
        found = []
        for code in self.codes.values():
            said = record.text(f"code:{code}")
            if not said:
                continue
            stage = self.stage_in(said)
            if stage is None:
                message = N_("“{said}” is no stage here. Write a stage, or an x where there is none.")
                record.fault(f"code:{code}", code, "unknown_stage", message, said=said[:60])
            else:
                found.append((code, stage))
        return tuple(found)

    def place_of(self, code: str) -> str:
        """Return the column of the code."""
        return f"code:{code}"

    def stage_in(self, said: str) -> str | None:
        """Return the stage that a cell says, empty for a mark; None where it is neither."""
        text = said.strip()
        return "" if text.casefold() in MARKS else self.stages.get(folded(text))

    def unknown_heading(self, notes: Notes, place: str, row: int, said: str) -> None:
        """Note that a column is meant for a competence that is not there."""
        near = self.near(said)
        if near:
            message = N_("There is no {code} in this framework. Do you mean {near}?")
            notes.fault(place, row, "", "unknown_code", message, code=said[:40], near=near)
        else:
            message = N_("There is no {code} in this framework.")
            notes.fault(place, row, "", "unknown_code", message, code=said[:40])
