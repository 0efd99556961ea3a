"""Learning offers as a spreadsheet: a template to fill in, and reading it back with faults by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from bekwaam.frameworks.exchange.sheets.headed import Column, Record, folded
from bekwaam.frameworks.exchange.tied_sheet import TiedRead, TiedRows, linked, read_tied, spoken, write_tied
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_

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
_ABOUT: Final = (
    N_("Every row is one learning offer: a course, a group, a day, somebody to walk along with."),
    N_("Under Competences go the codes that it is about, with a semicolon between them."),
    N_("Leave the stage empty where an offer is for every stage."),
    N_("When you load the file, every mistake is named with its cell. Nothing is loaded until all is right."),
)


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


def write_offer_sheet(
    framework: Framework, codes: Sequence[str], ways: Mapping[str, str], language: str
) -> bytes:
    """Return an empty template; ``ways`` are the kinds of activity, msgids by code."""
    return write_tied(framework, codes, COLUMNS, _ABOUT, language, ways)


def read_offer_sheet(
    data: bytes, name: str, framework: Framework, codes: Sequence[str], ways: Mapping[str, str], other: str
) -> TiedRead[OfferRow]:
    """Return the offers in an XLSX or CSV file; ``name`` is its name in faults.

    ``codes`` are the units that an offer can be about; a kind goes by its name in Dutch or English, or its
    code in ``ways``, and is ``other`` where none is given. A row with a fault is left out and told by its
    cell.
    """
    return read_tied(data, name, COLUMNS, _Offers(framework, codes, ways, other))


class _Offers(TiedRows[OfferRow]):
    """Reads offers; one that was read before is known by its name, codes and stage."""

    longest: ClassVar[Mapping[str, int]] = {"name": 200, "by": 200, "text": 2_000, "url": 500}

    def __init__(
        self, framework: Framework, codes: Sequence[str], ways: Mapping[str, str], other: str
    ) -> None:
        super().__init__(framework, codes)
        self._ways, self._other = spoken(ways), other
        self._seen: dict[tuple[str, tuple[str, ...], str], int] = {}

    def read(self, record: Record) -> Iterator[OfferRow]:
        """Yield the offer of a row; nothing where it has a fault, which is then noted."""
        before = len(record.table.notes.faults)
        name = self.text(record, "name")
        if not name:
            record.fault("name", "", "empty", N_("This row has no name."))
        row = OfferRow(
            name=name,
            way=self.chosen(record, "way", self._ways) or self._other,
            by=self.text(record, "by"),
            codes=self.units(record),
            stage=self.chosen(record, "stage", self.stages),
            text=self.text(record, "text"),
            url=linked(record, self.text(record, "url")),
        )
        self._insist_new(record, row)
        if len(record.table.notes.faults) == before:
            yield row

    def _insist_new(self, record: Record, row: OfferRow) -> None:
        key = (folded(row.name), row.codes, row.stage)
        if row.name and self._seen.setdefault(key, record.number) != record.number:
            message = N_("The same offer stands in row {row} already.")
            record.fault("name", "", "twice", message, row=self._seen[key])
        if len(self._seen) > MOST_OFFERS:
            record.fault("name", "", "many", N_("There are more than 2,000 offers; leave some out."))
