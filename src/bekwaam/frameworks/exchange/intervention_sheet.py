"""Interventions of an organisation as a spreadsheet: a template, and reading it back with faults by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from bekwaam.frameworks.exchange.sheets.headed import Column, Record, folded
from bekwaam.frameworks.exchange.tied_sheet import (
    Beside,
    TiedRead,
    TiedRows,
    linked,
    read_tied,
    spoken,
    write_tied,
)
from bekwaam.frameworks.model import Framework, Text
from bekwaam.wording import N_, say

COLUMNS: Final = (
    Column("name", N_("Intervention"), ("naam", "interventie", "name"), needed=True),
    Column("situation", N_("What it is for"), ("situatie", "situation"), needed=True),
    Column("people", N_("For whom"), ("doelgroep", "people")),
    Column("step", N_("Step of light to heavy"), ("stap", "step"), needed=True),
    Column("codes", N_("Competences"), ("code", "codes", "competenties"), needed=True, own_each_row=True),
    Column("known", N_("What is known of it"), ("bekend", "erkenning", "known")),
    Column("why", N_("From what this is known"), ("bron", "reden", "source")),
    Column("url", N_("Link"), ("url", "website")),
    Column("takes", N_("What it takes"), ("tijd mensen geld", "takes")),
    Column("not_when", N_("When not"), ("niet wanneer", "not when")),
    Column("goes_with", N_("Goes well with"), ("past bij", "samen met")),
    Column("not_with", N_("Not together with"), ("niet met",)),
)
_ABOUT: Final = (
    N_("Every row is one intervention: a way of working that your people can choose."),
    N_("Under Competences go the codes that it is about, with a semicolon between them."),
    N_(
        "Choose the step and what is known of it from the list. Say from what you know it, and leave it "
        "empty where nothing is known."
    ),
    N_(
        "Under Goes well with and Not together with go names from the first column, with a semicolon "
        "between them."
    ),
    N_("When you load the file, every mistake is named with its cell. Nothing is loaded until all is right."),
)
_BETWEEN: Final = re.compile(r"[;\n]+")


@dataclass(frozen=True, slots=True)
class InterventionRow:
    """One intervention; ``step`` and ``known`` are codes, ties are names in the sheet."""

    name: str
    situation: str
    people: str
    step: str
    codes: tuple[str, ...]
    known: str
    why: str
    url: str
    takes: str
    not_when: str
    goes_with: tuple[str, ...]
    not_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choosable:
    """What can be chosen: competences, steps by code with their names, and what is known (msgids by code).

    ``unknown`` is the code of what is known where a cell is empty; ``most`` says how many there may be.
    """

    codes: Sequence[str]
    steps: Mapping[str, Text]
    known: Mapping[str, str]
    unknown: str
    most: int


def write_intervention_sheet(
    framework: Framework, may: Choosable, language: str, rows: Iterable[InterventionRow] = ()
) -> bytes:
    """Return a template with the ``rows`` that there are, none for an empty one."""
    steps = tuple(name[language] for name in may.steps.values())
    known = tuple(say(language, name) for name in may.known.values())
    beside = (Beside(("step",), N_("Steps"), steps), Beside(("known",), N_("What is known"), known))
    written = [
        {
            **{column.key: getattr(row, column.key) for column in COLUMNS},
            "step": may.steps[row.step][language],
            "codes": "; ".join(row.codes),
            "known": say(language, may.known[row.known]),
            "goes_with": "; ".join(row.goes_with),
            "not_with": "; ".join(row.not_with),
        }
        for row in rows
    ]
    return write_tied(framework, may.codes, COLUMNS, _ABOUT, language, beside=beside, rows=written)


def read_intervention_sheet(
    data: bytes, name: str, framework: Framework, may: Choosable
) -> TiedRead[InterventionRow]:
    """Return the interventions in an XLSX or CSV file; ``name`` is its name in faults.

    A row with a fault is left out and told by its cell; so is one that goes with what stands nowhere.
    """
    return read_tied(data, name, COLUMNS, _Interventions(framework, may))


class _Interventions(TiedRows[InterventionRow]):
    """Reads interventions; what they go with can only be looked at once all names are known."""

    longest: ClassVar[Mapping[str, int]] = {
        "name": 120,
        "situation": 1_000,
        "people": 500,
        "why": 1_000,
        "url": 500,
        "takes": 500,
        "not_when": 1_000,
    }

    def __init__(self, framework: Framework, may: Choosable) -> None:
        super().__init__(framework, may.codes)
        self._most = may.most
        self._unknown_yet = may.unknown
        self._known = spoken(may.known)
        self._steps = {
            folded(said): code for code, name in may.steps.items() for said in (code, name.nl, name.en)
        }
        self._names: dict[str, int] = {}
        self._read: list[tuple[Record, InterventionRow]] = []

    def read(self, record: Record) -> Iterator[InterventionRow]:
        """Yield the intervention of a row; nothing where it has a fault, which is then noted."""
        before = len(record.table.notes.faults)
        row = InterventionRow(
            name=self._name(record),
            situation=self._needed(record, "situation", N_("Say in which situation it helps.")),
            people=self.text(record, "people"),
            step=self._step(record),
            codes=self.units(record),
            known=self.chosen(record, "known", self._known) or self._unknown_yet,
            why=self.text(record, "why"),
            url=linked(record, self.text(record, "url")),
            takes=self.text(record, "takes"),
            not_when=self.text(record, "not_when"),
            goes_with=_names_in(record, "goes_with"),
            not_with=_names_in(record, "not_with"),
        )
        if row.known != self._unknown_yet and not row.why:
            record.fault("why", "", "empty", N_("Say from what this is known."))
        self._read.append((record, row))
        if len(record.table.notes.faults) == before:
            yield row

    def close(self) -> None:
        """Note the faults in what rows say of each other."""
        for record, row in self._read:
            for key, said in (("goes_with", row.goes_with), ("not_with", row.not_with)):
                for name in said:
                    self._insist_other(record, row, key, name)
            both = {folded(name) for name in row.goes_with} & {folded(name) for name in row.not_with}
            if both:
                message = N_("The same name stands under “goes well with”. Choose one of the two.")
                record.fault("not_with", "", "both", message)

    def _insist_other(self, record: Record, row: InterventionRow, key: str, name: str) -> None:
        if folded(name) == folded(row.name):
            record.fault(key, "", "itself", N_("This is the intervention itself."))
        elif folded(name) not in self._names:
            message = N_(
                "There is no “{name}” in this list. Write the name as it stands in the first column."
            )
            record.fault(key, "", "unknown_name", message, name=name[:60])

    def _name(self, record: Record) -> str:
        name = self._needed(record, "name", N_("This row has no name."))
        at = self._names.setdefault(folded(name), record.number) if name else record.number
        if at != record.number:
            message = N_("The same intervention stands in row {row} already.")
            record.fault("name", "", "twice", message, row=at)
        if len(self._names) > self._most:
            message = N_("There are more than {most} interventions; leave some out.")
            record.fault("name", "", "many", message, most=self._most)
        return name

    def _step(self, record: Record) -> str:
        if not record.has("step"):
            record.fault("step", "", "empty", N_("Choose at which step it stands."))
        return self.chosen(record, "step", self._steps)

    def _needed(self, record: Record, key: str, message: str) -> str:
        text = self.text(record, key)
        if not text:
            record.fault(key, "", "empty", message)
        return text


def _names_in(record: Record, key: str) -> tuple[str, ...]:
    said = [part.strip() for part in _BETWEEN.split(record.text(key)) if part.strip()]
    return tuple({folded(name): name for name in said}.values())
