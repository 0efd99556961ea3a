"""What spreadsheets share whose rows are tied to competences by their codes: reading, and a template."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import ClassVar, Final, Generic, TypeVar

from openpyxl import Workbook

from bekwaam.frameworks.exchange.sheets.book import Book, Notes
from bekwaam.frameworks.exchange.sheets.headed import (
    Column,
    Record,
    Table,
    folded,
    headed,
    headings_in,
)
from bekwaam.frameworks.exchange.sheets.opening import read_sheets
from bekwaam.frameworks.exchange.workbook.look import PLAIN, STYLES, TITLE, Choice, cell, write_table
from bekwaam.frameworks.exchange.workbook.packing import packed
from bekwaam.frameworks.faults import Fault
from bekwaam.frameworks.model import Framework
from bekwaam.wording import LANGUAGES, N_, say

ROOM: Final = 2_000
MOST_FAULTS: Final = 1_000
"""A file with more than these is read no further: looking what was meant takes time for each."""
_MORE: Final = N_("There is more to mend than this. Mend this first and load the file again.")
_CODES: Final = (Column("code", N_("Code")), Column("title", N_("What it says")))
_ONE: Final = (Column("name", N_("Name")),)
_SHEETS: Final = (N_("Read me"), N_("To fill in"), N_("Codes"), N_("Stages"), N_("Kinds"))
_BETWEEN: Final = re.compile(r"[;,\n]+")
_WEB: Final = re.compile(r"https?://[^\s/]+\.\S+", re.IGNORECASE)
_ALSO_BETWEEN: Final = re.compile(r"\s+(?:en|and|&|\+)\s+|\s+", re.IGNORECASE)

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class TiedRead(Generic[R]):
    """The rows that are sound, what has to be mended, and what was put right on the way in."""

    rows: tuple[R, ...]
    faults: tuple[Fault, ...] = ()
    repairs: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """A list for the columns ``keys`` to choose from: a sheet of its own, with the names in it."""

    keys: tuple[str, ...]
    sheet: str
    names: tuple[str, ...]


class TiedRows(ABC, Generic[R]):
    """Reads row after row. What a row becomes is for who inherits; ``longest`` is by the key of a column."""

    longest: ClassVar[Mapping[str, int]] = {}

    def __init__(self, framework: Framework, codes: Sequence[str]) -> None:
        self.framework = framework
        self.codes = {folded(code): code for code in codes}
        self.stages = {
            folded(said): stage.code
            for stage in framework.stages
            for said in (stage.code, stage.title.nl, stage.title.en)
        }

    @abstractmethod
    def read(self, record: Record) -> Iterator[R]:
        """Yield what a row says; nothing where it has a fault, which is then noted."""

    def close(self) -> None:
        """Note the faults that only show once every row was read."""

    def text(self, record: Record, key: str) -> str:
        """Return a text, with a fault where it is too long."""
        text = record.text(key)
        if len(text) > self.longest[key]:
            message = N_("This is {length} characters long; {limit} is the most.")
            record.fault(key, "", "too_long", message, length=len(text), limit=self.longest[key])
        return text

    def chosen(self, record: Record, key: str, known: Mapping[str, str]) -> str:
        """Return what was chosen by its name; empty for nothing, with a fault for what is not known."""
        said = record.text(key)
        if said and folded(said) not in known:
            message = N_("“{said}” cannot be chosen here. Choose from the list in the template.")
            record.fault(key, "", "unknown", message, said=said[:60])
        return known.get(folded(said), "")

    def units(self, record: Record) -> tuple[str, ...]:
        """Return the codes in a row, with a fault for none and for each that is not there."""
        said = [part.strip() for part in _BETWEEN.split(record.text("codes")) if part.strip()]
        if not said:
            record.fault("codes", "", "empty", N_("Say which competences it is about, by their codes."))
        found: list[str] = []
        for code in dict.fromkeys(part for one in said for part in self._apart(one)):
            known = self.codes.get(folded(code))
            if known is None and len(record.table.notes.faults) > MOST_FAULTS:
                break
            if known is None:
                self._unknown(record, code)
            else:
                found.append(known)
        return tuple(dict.fromkeys(found))

    def _apart(self, said: str) -> Sequence[str]:
        """Return the codes in "1.1 en 1.2" or "1.1 1.2"; a text in which not all are codes stays whole."""
        parts = _ALSO_BETWEEN.split(said)
        whole = folded(said) in self.codes or any(folded(part) not in self.codes for part in parts)
        return (said,) if whole else parts

    def near(self, said: str) -> str:
        """Return the code that somebody nearly wrote, or whose name they wrote; empty where there is none."""
        near = get_close_matches(folded(said), self.codes, n=1, cutoff=0.8)
        if near:
            return self.codes[near[0]]
        names = {
            folded(self.framework.by_code[code].name(language)): code
            for code in self.codes.values()
            for language in LANGUAGES
        }
        alike = get_close_matches(folded(said), names, n=1, cutoff=0.8)
        return names[alike[0]] if alike else ""

    def _unknown(self, record: Record, code: str) -> None:
        inside = self._inside(code)
        if inside:
            message = N_("{code} holds several parts. Name the ones you mean: {codes}.")
            record.fault("codes", "", "unknown_code", message, code=code[:40], codes=", ".join(inside))
            return
        near = self.near(code)
        if near:
            message = N_("There is no {code} in this framework. Do you mean {near}?")
            record.fault("codes", "", "unknown_code", message, code=code[:40], near=near)
        else:
            message = N_("There is no {code} in this framework. The template names every code there is.")
            record.fault("codes", "", "unknown_code", message, code=code[:40])

    def _inside(self, code: str) -> list[str]:
        """Return the codes in what is named, where that is a cluster or the like."""
        return [
            one for one in self.codes.values() if code in {up.code for up in self.framework.ancestors(one)}
        ]


def read_tied(data: bytes, name: str, columns: tuple[Column, ...], rows: TiedRows[R]) -> TiedRead[R]:
    """Return the rows in an XLSX or CSV file; ``name`` is its name in faults.

    A row with a fault is left out and told by its cell. A file without any row is a fault as well.
    """
    return tied_in(read_sheets(data, name), columns, rows)


def tied_in(book: Book, columns: tuple[Column, ...], rows: TiedRows[R]) -> TiedRead[R]:
    """Return the same of a file that was opened before."""
    notes = Notes(book.name)
    notes.faults.extend(book.faults)
    notes.repairs.extend(book.repairs)
    found: tuple[R, ...] = ()
    if book.sheets:
        sheet = max(book.sheets, key=lambda one: headings_in(one, columns))
        table = headed(sheet, columns, notes)
        needed = {column.key for column in columns if column.needed}
        if table is not None and needed <= table.columns.keys():
            found = tuple(_rows(table, rows))
            rows.close()
            if not found and not len(notes.faults):
                place = sheet.place(table.heading_row, 0)
                notes.fault(place, table.heading_row, "", "none", N_("Nothing is filled in here yet."))
    return TiedRead(found, notes.faults.sorted(), notes.repairs.sorted())


def _rows(table: Table, rows: TiedRows[R]) -> Iterator[R]:
    """Yield the rows of a table, until there is more to mend than anybody reads."""
    for record in table.records():
        yield from rows.read(record)
        if len(table.notes.faults) > MOST_FAULTS:
            record.fault("", "", "more_faults", _MORE)
            return


def linked(record: Record, url: str) -> str:
    """Return the address of a web page that stands under "url", with a fault for what is none."""
    if url and not _WEB.fullmatch(url):
        record.fault("url", "", "no_link", N_("This is no address of a web page. It begins with https://."))
    return url


def spoken(names: Mapping[str, str]) -> dict[str, str]:
    """Return codes by all that they may be called: themselves, and their name (a msgid) in each language."""
    return {
        folded(said): code
        for code, name in names.items()
        for said in (code, *(say(language, name) for language in LANGUAGES))
    }


def write_tied(
    framework: Framework,
    codes: Sequence[str],
    columns: tuple[Column, ...],
    about: Iterable[str],
    language: str,
    kinds: Mapping[str, str] | None = None,
    *,
    staged: Collection[str] = ("stage",),
    beside: Sequence[Beside] = (),
    rows: Iterable[Mapping[str, str]] = (),
) -> bytes:
    """Return a template: what to do, the table with its ``rows``, and what can be chosen beside it.

    ``about`` and the values of ``kinds`` are msgids; ``kinds`` are what goes in the column "way", and
    ``staged`` the keys of the columns in which a stage goes. The stages stand beside a table that has one.
    """
    book = Workbook(write_only=True)
    for style in STYLES:
        book.add_named_style(style)
    first, table, items = (book.create_sheet(say(language, name)) for name in _SHEETS[:3])
    first.column_dimensions["A"].width = 100
    first.append([cell(first, framework.title[language], TITLE.name)])
    for sentence in about:
        first.append([cell(first, say(language, sentence), PLAIN.name)])
    choices = []
    lists = [*_stages(framework, columns, staged, language), *beside]
    if kinds:
        lists.append(Beside(("way",), _SHEETS[4], tuple(say(language, name) for name in kinds.values())))
    for one in lists:
        sheet = book.create_sheet(say(language, one.sheet))
        if one.names:
            known = f"'{sheet.title}'!$A$2:$A${len(one.names) + 1}"
            choices += [Choice(key, known) for key in one.keys]
        write_table(sheet, _ONE, ({"name": name} for name in one.names), language)
    write_table(table, columns, rows, language, choices=tuple(choices), room=ROOM)
    named = ({"code": code, "title": framework.by_code[code].name(language)} for code in codes)
    write_table(items, _CODES, named, language)
    book.active = 1
    return packed(book)


def _stages(
    framework: Framework, columns: tuple[Column, ...], staged: Collection[str], language: str
) -> Iterator[Beside]:
    keys = tuple(column.key for column in columns if column.key in staged)
    if keys:
        yield Beside(keys, _SHEETS[3], tuple(stage.title[language] for stage in framework.stages))
