"""Reads the words of an organisation from a spreadsheet that is keyed by our codes.

A row is about one code; under "titel nl", "tekst nl", "titel en" and "tekst en" (or in English) stands what
comes in place of ours. A cell that is left empty keeps ours. What is wrong is told by its cell, and costs
that cell only: everything else that is sound is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from bekwaam.frameworks.exchange.sheets.book import Notes, Sheet
from bekwaam.frameworks.exchange.sheets.headed import Column, Record, Table, headed, headings_in
from bekwaam.frameworks.exchange.sheets.opening import read_sheets
from bekwaam.frameworks.faults import Fault
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.worded import PARTS, Given, Slot, WordingTexts, slots_by_code
from bekwaam.wording import LANGUAGES, N_

MAX_LENGTH: Final[Mapping[str, int]] = {"title": 500, "text": 10_000}

CODE: Final = Column("code", N_("code"), ("codes",), needed=True, own_each_row=True)
KIND: Final = Column("kind", N_("kind"), ("sort",))
THEIRS: Final = {
    ("title", "nl"): Column("title_nl", N_("title nl"), ("titel", "naam", "naam nl"), own_each_row=True),
    ("text", "nl"): Column("text_nl", N_("text nl"), ("tekst", "omschrijving nl"), own_each_row=True),
    ("title", "en"): Column("title_en", N_("title en"), ("name en",), own_each_row=True),
    ("text", "en"): Column("text_en", N_("text en"), ("description en",), own_each_row=True),
}
OURS: Final = {
    ("title", "nl"): Column("our_title_nl", N_("title nl in Bekwaam")),
    ("text", "nl"): Column("our_text_nl", N_("text nl in Bekwaam")),
    ("title", "en"): Column("our_title_en", N_("title en in Bekwaam")),
    ("text", "en"): Column("our_text_en", N_("text en in Bekwaam")),
}
COLUMNS: Final = (CODE, KIND, *THEIRS.values(), *OURS.values())

# What stands between these signs is a tag of HTML only where a letter follows: "3 < 5" is none.
_HTML: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&(?:[A-Za-z]{2,8}|#x?[0-9A-Fa-f]{1,6});")
_BETWEEN: Final = re.compile(r"[\W_]+")
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NEVER: Final = frozenset({"Cc", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class WordingReading:
    """The texts that were sound, with all there is to say about the others.

    ``faults`` each cost the cell or the row that they name; ``repairs`` are what was put right or passed
    over on the way in.
    """

    texts: WordingTexts
    faults: tuple[Fault, ...] = ()
    repairs: tuple[Fault, ...] = ()


def read_wording(data: bytes, name: str, framework: Framework) -> WordingReading:
    """Return the texts for ``framework`` in a spreadsheet (XLSX or CSV, told by its content).

    ``name`` is what the file is called in faults. A file that cannot be read at all gives no texts and one
    fault. A row without any text is passed over: that is how a template is left where ours will do.
    """
    book = read_sheets(data, name)
    notes = Notes(name)
    notes.faults.extend(book.faults)
    notes.repairs.extend(book.repairs)
    given: list[Given] = []
    table = _table(book.sheets, notes)
    if table is not None:
        given = _read(table, framework)
    return WordingReading(WordingTexts.of(given), notes.faults.sorted(), notes.repairs.sorted())


def _table(sheets: tuple[Sheet, ...], notes: Notes) -> Table | None:
    """Return the table of the sheet with the most of our headings; faults where there is none."""
    if not sheets:
        return None
    sheet = max(sheets, key=lambda one: headings_in(one, COLUMNS))
    table = headed(sheet, COLUMNS, notes)
    if table is None or CODE.key not in table.columns:
        return None
    if not any(column.key in table.columns for column in THEIRS.values()):
        message = N_("There is no column with texts here. Call one of them {heading}, for example.")
        heading = THEIRS["text", "nl"].heading
        place = sheet.place(table.heading_row, 0)
        notes.fault(place, table.heading_row, "", "no_texts", message, heading=f'"{heading}"')
        return None
    return table


def _read(table: Table, framework: Framework) -> list[Given]:
    known = slots_by_code(framework)
    seen: dict[str, int] = {}
    given: list[Given] = []
    for record in table.records():
        if any(record.has(column.key) for column in THEIRS.values()):
            slot = _slot(record, known, seen)
            if slot is not None:
                seen[slot.code] = record.number
                given += _given(record, slot)
    return given


def _slot(record: Record, known: Mapping[str, Slot], seen: Mapping[str, int]) -> Slot | None:
    """Return what a row is about; None, with the fault noted, where that is not to be told."""
    code = record.text(CODE.key)
    if not code:
        record.fault(CODE.key, "", "no_code", N_("There are texts in this row, but no code."))
    elif code in seen:
        message = N_("{code} stands in row {row} already. This row was left out.")
        record.fault(CODE.key, code, "duplicate_code", message, code=code, row=seen[code])
    elif code in known:
        return known[code]
    elif near := _nearest(code, known):
        message = N_("There is no {code} in this framework. Do you mean {near}?")
        record.fault(CODE.key, code, "unknown_code", message, code=code, near=near)
    else:
        message = N_("There is no {code} in this framework.")
        record.fault(CODE.key, code, "unknown_code", message, code=code)
    return None


def _nearest(code: str, known: Mapping[str, Slot]) -> str:
    """Return the code that is most like one that is not there; empty where none is really like it."""
    plain = {_plain(one): one for one in known}
    near = get_close_matches(_plain(code), plain, n=1, cutoff=0.8)
    return plain[near[0]] if near else ""


def _plain(code: str) -> str:
    """Return a code without what people vary: capitals, and the signs between its parts."""
    return _BETWEEN.sub(".", code.casefold()).strip(".")


def _given(record: Record, slot: Slot) -> list[Given]:
    """Return the sound texts of a row."""
    found = []
    for part in PARTS:
        for language in LANGUAGES:
            column = THEIRS[part, language]
            if record.has(column.key):
                text = record.text(column.key, slot.code)
                if not _at_fault(record, column) and _sound(record, column, slot, part, text):
                    found.append(Given(slot.code, part, language, text))
    return found


def _at_fault(record: Record, column: Column) -> bool:
    """Tell whether the cell itself holds what is no text: a formula, an error, cells that were merged."""
    cells = (record.row.odd.get(number) for number in record.table.columns[column.key])
    return any(odd is not None and (odd.fault or odd.reason == "merged") for odd in cells)


def _sound(record: Record, column: Column, slot: Slot, part: str, text: str) -> bool:
    """Tell whether ``text`` may stand in ``slot``, with the fault noted where it may not."""
    limit = MAX_LENGTH[part]
    if slot.part(part) is None:
        message = {
            "title": N_("{code} has no title, only a text. Put these words in a column for texts."),
            "text": N_("{code} has no text, only a title. Put these words in a column for titles."),
        }[part]
        record.fault(column.key, slot.code, "no_place", message, code=slot.code)
    elif len(text) > limit:
        message = N_("This is {length} characters long; {limit} is the most.")
        record.fault(column.key, slot.code, "too_long", message, length=len(text), limit=limit)
    elif found := _HTML.search(text):
        message = N_("There is HTML in this text ({tag}). Put in the plain text.")
        record.fault(column.key, slot.code, "html", message, tag=found[0][:40])
    elif odd := _unshowable(text):
        message = N_("There is a character in this text that cannot be shown ({number}). Take it out.")
        record.fault(column.key, slot.code, "character", message, number=f"U+{ord(odd):04X}")
    else:
        return bool(text)
    return False


def _unshowable(text: str) -> str:
    """Return the first character that has no form, or that turns the text around it; empty for none."""
    for char in text:
        if char != "\n" and (char in _TURNING or unicodedata.category(char) in _NEVER):
            return char
    return ""
