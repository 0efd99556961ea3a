"""The notice of planned assessments, as assessing organisations ask for it: a CSV file. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES, InstrumentKind
from bekwaam.frameworks.exchange.sheets.csv_out import write_csv
from bekwaam.frameworks.model import Text
from bekwaam.wording import N_, say

COLUMNS: Final = (
    N_("Procedure"),
    N_("Candidate"),
    N_("Assessors"),
    N_("Standard"),
    N_("Code of the standard"),
    N_("Form"),
    N_("Place"),
    N_("Date"),
    N_("Time"),
)


@dataclass(frozen=True, slots=True)
class PlannedAssessment:
    """One assessment. ``kind``, ``place`` and ``on`` are empty where they are not known yet.

    ``at`` is the time of day of an appointment, where the installation is; what was held has none.
    """

    procedure: str
    candidate: str
    assessors: tuple[str, ...]
    standard: Text
    code: str
    kind: InstrumentKind | None
    place: str
    on: date | None
    at: time | None = None

    def cells(self, language: str) -> tuple[str, ...]:
        """Return the row in the order of ``COLUMNS``; the date as Dutch spreadsheet programs read it."""
        return (
            self.procedure,
            self.candidate,
            ", ".join(self.assessors),
            self.standard[language],
            self.code,
            say(language, INSTRUMENT_NAMES[self.kind]) if self.kind else "",
            self.place,
            self.on.strftime("%d-%m-%Y") if self.on else "",
            self.at.strftime("%H:%M") if self.at else "",
        )


def notice_csv(rows: Iterable[PlannedAssessment], language: str) -> bytes:
    """Return the notice as CSV in UTF-8. Nothing in it is a formula, whatever a name begins with."""
    return write_csv((say(language, column) for column in COLUMNS), (row.cells(language) for row in rows))
