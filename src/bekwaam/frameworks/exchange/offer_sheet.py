"""Learning offers as a spreadsheet: a template to fill in, and reading it back with faults by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from openpyxl import Workbook

from bekwaam.frameworks.exchange.sheets.book import Notes
from bekwaam.frameworks.exchange.sheets.headed import Column, Record, folded, headed, headings_in
from bekwaam.frameworks.exchange.sheets.opening import read_sheets
from bekwaam.frameworks.exchange.workbook.look import PLAIN, STYLES, TITLE, Choice, cell, write_table
from bekwaam.frameworks.exchange.workbook.packing import packed
from bekwaam.frameworks.faults import Fault
from bekwaam.frameworks.model import Framework
from bekwaam.wording import LANGUAGES, N_, say

MOST_OFFERS: Final = 2_000
COLUMNS: Final = (
    Column("name", N_("Learning offer"), ("naam", "aanbod", "title", "titel"), needed=True),
    Column("way", N_("Kind of activity"), ("soort", "vorm")),
    Column("by", N_("Offered by"), ("aanbieder", "provider")),
    Column("codes", N_("Competences"), ("code", "codes", "competenties"), needed=True, own_each_row=True),
    Column("stage", N_("Towards stage"), ("stadium", "stage", "niveau")),
    Column("text", N_("What it is"), ("tekst", "omschrijving", "description")),
    Column("url", N_("Link"), ("url", "website")),
)
_CODES: Final = (Column("code", N_("Code")), Column("title", N_("What it says")))
_ONE: Final = (Column("name", N_("Name")),)
_SHEETS: Final = (N_("Read me"), N_("Learning offers"), N_("Codes"), N_("Kinds"), N_("Stages"))
_ABOUT: Final = (
    N_("Every row is one learning offer: a course, a group, a day, somebody to walk along with."),
    N_("Under Competences go the codes that it is about, with a semicolon between them."),
    N_("Leave the stage empty where an offer is for every stage."),
    N_("When you load the file, every mistake is named with its cell. Nothing is loaded until all is right."),
)
_LONGEST: Final = {"name": 200, "by": 200, "text": 2_000, "url": 500}
_BETWEEN: Final = re.compile(r"[;,\n]+")
_WEB: Final = re.compile(r"https?://[^\s/]+\.\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer: ``way`` a code of the ways that were given, ``stage`` empty for every stage."""

    name: str
    way: str
    by: str
    codes: tuple[str, ...]
    stage: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class OffersRead:
    """The offers that are sound, what has to be mended, and what was put right on the way in."""

    offers: tuple[OfferRow, ...]
    faults: tuple[Fault, ...] = ()
    repairs: tuple[Fault, ...] = ()


def write_offer_sheet(
    framework: Framework, codes: tuple[str, ...], ways: Mapping[str, str], language: str
) -> bytes:
    """Return an empty template, with the codes, kinds and stages that can be chosen in sheets beside it.

    ``ways`` are the kinds of activity: msgids by code.
    """
    book = Workbook(write_only=True)
    for style in STYLES:
        book.add_named_style(style)
    about, offers, items, kinds, stages = (book.create_sheet(say(language, name)) for name in _SHEETS)
    about.column_dimensions["A"].width = 100
    about.append([cell(about, framework.title[language], TITLE.name)])
    for sentence in _ABOUT:
        about.append([cell(about, say(language, sentence), PLAIN.name)])
    choices = [Choice("way", f"'{kinds.title}'!$A$2:$A${len(ways) + 1}")]
    if framework.stages:
        choices.append(Choice("stage", f"'{stages.title}'!$A$2:$A${len(framework.stages) + 1}"))
    write_table(offers, COLUMNS, (), language, choices=tuple(choices), room=MOST_OFFERS)
    named = ({"code": code, "title": framework.by_code[code].name(language)} for code in codes)
    write_table(items, _CODES, named, language)
    write_table(kinds, _ONE, ({"name": say(language, name)} for name in ways.values()), language)
    write_table(stages, _ONE, ({"name": stage.title[language]} for stage in framework.stages), language)
    book.active = 1
    return packed(book)


def read_offer_sheet(
    data: bytes, name: str, framework: Framework, codes: tuple[str, ...], ways: Mapping[str, str], other: str
) -> OffersRead:
    """Return the offers in an XLSX or CSV file; ``name`` is its name in faults.

    ``codes`` are the units that an offer can be about; a kind goes by its name in Dutch or English, or its
    code in ``ways``, and is ``other`` where none is given. A row with a fault is left out and told by its
    cell.
    """
    book = read_sheets(data, name)
    notes = Notes(name)
    notes.faults.extend(book.faults)
    notes.repairs.extend(book.repairs)
    found: tuple[OfferRow, ...] = ()
    if book.sheets:
        sheet = max(book.sheets, key=lambda one: headings_in(one, COLUMNS))
        table = headed(sheet, COLUMNS, notes)
        if table is not None and {"name", "codes"} <= table.columns.keys():
            rows = _Rows(framework, codes, ways, other)
            found = tuple(row for record in table.records() for row in rows.read(record))
            if not found and not len(notes.faults):
                message = N_("There is no learning offer in this file yet.")
                notes.fault(sheet.place(table.heading_row, 0), table.heading_row, "", "none", message)
    return OffersRead(found, notes.faults.sorted(), notes.repairs.sorted())


class _Rows:
    """Reads row after row; what was read before is known by its name and codes."""

    def __init__(
        self, framework: Framework, codes: tuple[str, ...], ways: Mapping[str, str], other: str
    ) -> None:
        self._codes = {folded(code): code for code in codes}
        self._ways = {folded(said): way for way, name in ways.items() for said in (way, *_spoken(name))}
        self._stages = {
            folded(said): stage.code
            for stage in framework.stages
            for said in (stage.code, stage.title.nl, stage.title.en)
        }
        self._other = other
        self._seen: dict[tuple[str, tuple[str, ...], str], int] = {}

    def read(self, record: Record) -> Iterator[OfferRow]:
        """Yield the offer of a row; nothing where it has a fault, which is then noted."""
        before = len(record.table.notes.faults)
        name = self._text(record, "name")
        if not name:
            record.fault("name", "", "empty", N_("This row has no name."))
        row = OfferRow(
            name=name,
            way=self._chosen(record, "way", self._ways) or self._other,
            by=self._text(record, "by"),
            codes=self._units(record),
            stage=self._chosen(record, "stage", self._stages),
            text=self._text(record, "text"),
            url=self._link(record),
        )
        self._insist_new(record, row)
        if len(record.table.notes.faults) == before:
            yield row

    def _text(self, record: Record, key: str) -> str:
        text = record.text(key)
        if len(text) > _LONGEST[key]:
            message = N_("This is {length} characters long; {limit} is the most.")
            record.fault(key, "", "too_long", message, length=len(text), limit=_LONGEST[key])
        return text

    def _chosen(self, record: Record, key: str, known: Mapping[str, str]) -> str:
        said = record.text(key)
        if said and folded(said) not in known:
            message = N_("“{said}” cannot be chosen here. Choose from the list in the template.")
            record.fault(key, "", "unknown", message, said=said[:60])
        return known.get(folded(said), "")

    def _units(self, record: Record) -> tuple[str, ...]:
        said = [part.strip() for part in _BETWEEN.split(record.text("codes")) if part.strip()]
        if not said:
            record.fault("codes", "", "empty", N_("Say which competences it is about, by their codes."))
        found = []
        for code in dict.fromkeys(said):
            known = self._codes.get(folded(code))
            if known is None:
                self._unknown(record, code)
            else:
                found.append(known)
        return tuple(found)

    def _unknown(self, record: Record, code: str) -> None:
        near = get_close_matches(folded(code), self._codes, n=1, cutoff=0.8)
        if near:
            message = N_("There is no {code} in this framework. Do you mean {near}?")
            record.fault("codes", "", "unknown_code", message, code=code[:40], near=self._codes[near[0]])
        else:
            message = N_("There is no {code} in this framework.")
            record.fault("codes", "", "unknown_code", message, code=code[:40])

    def _link(self, record: Record) -> str:
        url = self._text(record, "url")
        if url and not _WEB.fullmatch(url):
            message = N_("This is no address of a web page. It begins with https://.")
            record.fault("url", "", "no_link", message)
        return url

    def _insist_new(self, record: Record, row: OfferRow) -> None:
        key = (folded(row.name), row.codes, row.stage)
        if row.name and self._seen.setdefault(key, record.number) != record.number:
            message = N_("The same offer stands in row {row} already.")
            record.fault("name", "", "twice", message, row=self._seen[key])
        if len(self._seen) > MOST_OFFERS:
            record.fault("name", "", "many", N_("There are more than 2,000 offers; leave some out."))


def _spoken(name: str) -> tuple[str, ...]:
    return tuple(say(language, name) for language in LANGUAGES)
