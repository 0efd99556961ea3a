"""Puts what came of many certificates into what the page and the spreadsheet show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from bekwaam.domain.certificates.batch import (
    FOUND_WORDS,
    NAME_WORDS,
    Answered,
    Found,
    NameAnswer,
)
from bekwaam.frameworks.exchange.sheets.csv_out import write_csv
from bekwaam.services.checking.batches import FileAnswer
from bekwaam.trust.verdicts import Outcome
from bekwaam.web.checking.presenting import ICONS
from bekwaam.wording import N_, say

MOST_ROWS: Final = 200
"""How many are named on a page; the spreadsheet has them all."""
_ORDER: Final = (Outcome.INVALID, Outcome.UNKNOWN, Outcome.VALID)
_OUTCOMES: Final = {
    Found.GOOD: Outcome.VALID,
    Found.REPLACED: Outcome.UNKNOWN,
    Found.ERASED: Outcome.UNKNOWN,
    Found.SUSPENDED: Outcome.INVALID,
    Found.REVOKED: Outcome.INVALID,
    Found.DOUBTFUL: Outcome.INVALID,
    Found.UNKNOWN: Outcome.INVALID,
    Found.NO_NUMBER: Outcome.UNKNOWN,
}
_BY_NAME: Final = {NameAnswer.OTHER: Outcome.INVALID, NameAnswer.CANNOT_TELL: Outcome.UNKNOWN}
_OF_FILES: Final = {
    Outcome.VALID: N_("In order"),
    Outcome.INVALID: N_("Not in order"),
    Outcome.UNKNOWN: N_("Cannot be told"),
}
_COLUMNS: Final = (
    N_("File"),
    N_("Outcome"),
    N_("Why"),
    N_("Number"),
    N_("Issued by"),
    N_("Known at"),
    N_("Issued on"),
    N_("Standard"),
    N_("Replaced by"),
    N_("Code"),
)


def present_list(answers: Sequence[Answered], language: str) -> dict[str, Any]:
    """Return what the page of a list shows: how many of each, and those that need a look first."""
    rows = [(_outcome(answer), answer) for answer in answers]
    rows.sort(key=lambda row: (_ORDER.index(row[0]), row[1].asked.row))
    return {
        "counts": _counts(outcome for outcome, _ in rows),
        "total": len(rows),
        "more": max(0, len(rows) - MOST_ROWS),
        "with_names": any(answer.asked.name for answer in answers),
        "rows": [
            {
                "answer": answer,
                "outcome": str(outcome),
                "icon": ICONS[outcome],
                "found": say(language, FOUND_WORDS[answer.found]),
                "of_person": say(language, NAME_WORDS[answer.name]) if NAME_WORDS[answer.name] else "",
            }
            for outcome, answer in rows[:MOST_ROWS]
        ],
    }


def _outcome(answer: Answered) -> Outcome:
    """Return how one line comes out: a name of somebody else is as wrong as a number that is not there."""
    both = {_OUTCOMES[answer.found], _BY_NAME.get(answer.name, Outcome.VALID)}
    return next(outcome for outcome in _ORDER if outcome in both)


def present_files(answers: Sequence[FileAnswer], language: str) -> dict[str, Any]:
    """Return what the page of a batch shows: how many of each, and those that need a look first."""
    rows = sorted(answers, key=lambda answer: _ORDER.index(Outcome(answer.outcome)))
    return {
        "counts": _counts(Outcome(answer.outcome) for answer in rows),
        "total": len(rows),
        "more": max(0, len(rows) - MOST_ROWS),
        "rows": [
            {
                "answer": answer,
                "icon": ICONS[Outcome(answer.outcome)],
                "title": say(language, _OF_FILES[Outcome(answer.outcome)]),
            }
            for answer in rows[:MOST_ROWS]
        ],
    }


def _counts(outcomes: Iterable[Outcome]) -> dict[str, int]:
    found = list(outcomes)
    return {str(outcome): found.count(outcome) for outcome in _ORDER}


def files_csv(answers: Iterable[FileAnswer], language: str) -> bytes:
    """Return the report of a batch as CSV in UTF-8, for Dutch spreadsheet programs. Nothing is a formula."""
    rows = (_cells(answer, language) for answer in answers)
    return write_csv((say(language, column) for column in _COLUMNS), rows)


def _cells(answer: FileAnswer, language: str) -> tuple[str, ...]:
    return (
        answer.name,
        say(language, _OF_FILES[Outcome(answer.outcome)]),
        answer.said,
        answer.number,
        answer.issuer,
        answer.host,
        answer.issued_on,
        answer.standard,
        answer.successor,
        answer.code or str(answer.outcome),
    )
