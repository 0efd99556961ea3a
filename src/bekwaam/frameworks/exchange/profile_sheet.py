"""Function profiles of an organisation as a spreadsheet: a row a demand, read with faults by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.exchange.sheets.headed import Column, Record, folded
from bekwaam.frameworks.exchange.tied_sheet import TiedRead, TiedRows, read_tied, write_tied
from bekwaam.frameworks.function_profile import Demand, FunctionProfile, asked_items, profile_code
from bekwaam.frameworks.model import Framework, Source, Text
from bekwaam.wording import N_

MOST_PROFILES: Final = 200
LONGEST: Final = {"name": 200, "book": 80, "text": 2_000, "reason": 500}
COLUMNS: Final = (
    Column("name", N_("Function"), ("functie", "profiel", "naam", "name"), needed=True),
    Column("book", N_("In the function book"), ("functieboek", "nummer", "function book")),
    Column("text", N_("What the work is"), ("omschrijving", "tekst", "description")),
    Column("codes", N_("Competences"), ("code", "codes", "competenties"), needed=True, own_each_row=True),
    Column("stage", N_("Asked stage"), ("stadium", "stage", "niveau")),
    Column("reason", N_("Why it is asked"), ("waarom", "reden", "why", "reason"), needed=True),
)
_ABOUT: Final = (
    N_("Every row is one thing that a function asks: competences, a stage and the reason."),
    N_("Rows with the same name of a function belong together. Say once what the work is."),
    N_("Under Competences go the codes that it is about, with a semicolon between them."),
    N_("A profile describes work and never a person."),
    N_("When you load the file, every mistake is named with its cell. Nothing is loaded until all is right."),
)


@dataclass(frozen=True, slots=True)
class DemandRow:
    """One row: what a function asks for one reason. ``stage`` is None in a framework without stages."""

    name: str
    book: str
    text: str
    codes: tuple[str, ...]
    stage: str | None
    reason: str


def asked_codes(framework: Framework) -> tuple[str, ...]:
    """Return the codes that a profile can ask on this framework."""
    return tuple(item.code for item in asked_items(framework))


def write_profile_sheet(framework: Framework, language: str) -> bytes:
    """Return an empty template for profiles on ``framework``."""
    return write_tied(framework, asked_codes(framework), COLUMNS, _ABOUT, language)


def read_profile_sheet(data: bytes, name: str, framework: Framework) -> TiedRead[DemandRow]:
    """Return the demands in an XLSX or CSV file; ``name`` is its name in faults."""
    return read_tied(data, name, COLUMNS, _Demands(framework, asked_codes(framework)))


def profiles_of(
    rows: Iterable[DemandRow], framework: Framework, organisation: str, prefix: str
) -> tuple[FunctionProfile, ...]:
    """Return the profiles that rows make, in the order of their first rows, as the word of ``organisation``.

    What is written in one language stands for both. A code is made of ``prefix`` and the name of the
    function, so that it stays the same when a file is loaded anew.
    """
    by_name: dict[str, list[DemandRow]] = {}
    for row in rows:
        by_name.setdefault(folded(row.name), []).append(row)
    return tuple(_profile(found, framework, organisation, prefix) for found in by_name.values())


def _profile(
    rows: Sequence[DemandRow], framework: Framework, organisation: str, prefix: str
) -> FunctionProfile:
    name = rows[0].name
    text = next((row.text for row in rows if row.text), name)
    source = Source(organisation)
    return FunctionProfile(
        code=profile_code(prefix, name),
        name=Text(name, name),
        text=Text(text, text),
        source=source,
        framework=Reference(framework.id, framework.version),
        demands=tuple(
            Demand(code, row.stage, Text(row.reason, row.reason), source)
            for row in rows
            for code in row.codes
        ),
        function_book=next((row.book for row in rows if row.book), ""),
    )


class _Demands(TiedRows[DemandRow]):
    """Reads demands; what a function asked before is known by its name and code."""

    longest: ClassVar[Mapping[str, int]] = LONGEST

    def __init__(self, framework: Framework, codes: Sequence[str]) -> None:
        super().__init__(framework, codes)
        self._slugs: dict[str, str] = {}
        self._seen: dict[tuple[str, str], int] = {}

    def read(self, record: Record) -> Iterator[DemandRow]:
        """Yield the demand of a row; nothing where it has a fault, which is then noted."""
        before = len(record.table.notes.faults)
        row = DemandRow(
            name=self._name(record),
            book=self.text(record, "book"),
            text=self.text(record, "text"),
            codes=self.units(record),
            stage=self.chosen(record, "stage", self.stages) or None,
            reason=self.text(record, "reason"),
        )
        if not row.reason:
            record.fault("reason", "", "empty", N_("Say why this is asked."))
        if self.stages and not record.has("stage"):
            record.fault("stage", "", "empty", N_("Say which stage is asked."))
        self._insist_new(record, row)
        if len(record.table.notes.faults) == before:
            yield row

    def _name(self, record: Record) -> str:
        name = self.text(record, "name")
        code = profile_code("", name)
        if not code:
            record.fault("name", "", "empty", N_("This row has no name."))
        elif self._slugs.setdefault(code, folded(name)) != folded(name):
            message = N_("Another function here has nearly the same name. Make the difference clearer.")
            record.fault("name", "", "alike", message)
        if len(self._slugs) > MOST_PROFILES:
            record.fault("name", "", "many", N_("There are more than 200 functions; leave some out."))
        return name

    def _insist_new(self, record: Record, row: DemandRow) -> None:
        for code in row.codes:
            at = self._seen.setdefault((folded(row.name), code), record.number)
            if at != record.number:
                message = N_("This function asks {code} in row {row} already.")
                record.fault("codes", "", "twice", message, code=code, row=at)
