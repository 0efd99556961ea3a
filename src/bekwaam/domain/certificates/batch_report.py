"""The report on many certificates that were checked at once: a row for each, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bekwaam.domain.certificates.report import Verification
from bekwaam.domain.certificates.verdict_words import lines_words, outcome_words, successor_words
from bekwaam.frameworks.exchange.sheets.csv_out import write_csv
from bekwaam.trust.verdicts import Outcome
from bekwaam.wording import N_, say

COLUMNS: Final = (
    N_("File"),
    N_("Name asked for"),
    N_("Outcome"),
    N_("What is the matter"),
    N_("Certificate"),
    N_("Provider"),
    N_("Address of the provider"),
    N_("Issued on"),
    N_("Code of the standard"),
    N_("Version"),
    N_("Standard met"),
    N_("Codes"),
)


def report_row(file: str, name: str, found: Verification, language: str) -> tuple[str, ...]:
    """Return the row of one file, in the order of ``COLUMNS``."""
    facts = found.facts
    wrong = [it for it in found.lines if it.outcome is not Outcome.VALID]
    matter = [
        *lines_words(found, Outcome.INVALID, language),
        *lines_words(found, Outcome.UNKNOWN, language),
        successor_words(found, language),
    ]
    met = {True: N_("yes"), False: N_("no"), None: ""}[facts.met if facts else None]
    return (
        file,
        name,
        outcome_words(found, language),
        " ".join(filter(None, matter)),
        facts.number if facts else "",
        facts.issuer_name if facts else "",
        facts.issuer_host if facts else "",
        facts.issued_at.date().isoformat() if facts and facts.issued_at else "",
        facts.standard_code if facts else "",
        facts.standard_version if facts else "",
        say(language, met) if met else "",
        " ".join(f"{it.name}:{it.code}" for it in wrong),
    )


def unread_row(file: str, name: str, why: str) -> tuple[str, ...]:
    """Return the row of a file that could not be read; ``why`` is a sentence."""
    return (file, name, why, *([""] * (len(COLUMNS) - 3)))


def report_csv(rows: Iterable[Sequence[str]], language: str) -> bytes:
    """Return the report as CSV in UTF-8, as Dutch spreadsheet programs want it; nothing is a formula."""
    return write_csv((say(language, column) for column in COLUMNS), rows)
