"""Reads review terms: one file with a ``review_terms`` head. All faults are found in one go."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from bekwaam.frameworks.faults import FaultList, sound
from bekwaam.frameworks.loading.head import read_documents
from bekwaam.frameworks.loading.items import read_source
from bekwaam.frameworks.loading.reference import FindVersion, read_reference
from bekwaam.frameworks.model import Framework, Text
from bekwaam.frameworks.reading.fields import Fields
from bekwaam.frameworks.reading.files import read_file
from bekwaam.frameworks.reading.tree import Table
from bekwaam.frameworks.review_term import ReviewTerm, ReviewTerms, Tied
from bekwaam.wording import N_

MAX_BYTES: Final = 500_000
HEAD_KEY: Final = "review_terms"
MOST_MONTHS: Final = 120
_KEYS: Final = (HEAD_KEY, "for", "usual", "documents", "terms", "items")
_TERM_KEYS: Final = ("code", "name", "days", "months", "reason", "source", "own")
_ITEM_KEYS: Final = ("code", "term", "source", "own")
_DAY: Final = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])")
_NO_TEXT: Final = Text("", "")


def load_review_terms_file(path: Path, find: FindVersion) -> ReviewTerms:
    """Return the terms in ``path``. Raises FaultsFound with every fault. See :func:`read_review_terms`."""
    return sound(read_review_terms(path, find))


def read_review_terms(path: Path, find: FindVersion) -> tuple[ReviewTerms | None, FaultList]:
    """Return the terms as far as they could be read, and the faults.

    ``find`` gives a framework by its id and version, None where it is not known.
    """
    faults = FaultList()
    node = read_file(path, str(path), MAX_BYTES, faults)
    if isinstance(node, Table):
        return _terms(Fields(str(path), node, faults), find), faults
    if node is not None:
        message = N_("Review terms are a table with these keys: {keys}.")
        faults.add(str(path), node.line, "", "not_a_table", message, keys=", ".join(_KEYS))
    return None, faults


def _terms(fields: Fields, find: FindVersion) -> ReviewTerms | None:
    fields.only(_KEYS)
    identifier = fields.string(HEAD_KEY) or ""
    reference, framework = read_reference(fields, "for", find)
    written = read_documents(fields, required=False)
    documents = {**(framework.documents if framework else {}), **written}
    terms = tuple(filter(None, (_term(one, documents) for one in fields.tables("terms"))))
    if not fields.has("terms"):
        fields.missing("terms")
    known = {term.code: term for term in terms}
    tied = tuple(filter(None, (_tied(one, framework, known, documents) for one in fields.tables("items"))))
    usual = _named(fields, "usual", known)
    return ReviewTerms(identifier, reference, known[usual], terms, tied) if usual else None


def _term(written: Fields, documents: dict[str, Text]) -> ReviewTerm | None:
    code = written.code()
    here = Fields(written.file, written.table, written.faults, code or "")
    here.only(_TERM_KEYS)
    name, reason = here.text("name") or _NO_TEXT, here.text("reason") or _NO_TEXT
    days = tuple(sorted(filter(None, (_day(here, text, line) for text, line in here.strings("days")))))
    months = here.number("months", 1, MOST_MONTHS, required=False) or 0
    if here.has("days") == here.has("months"):
        message = N_('A term has either "days" or "months".')
        here.fault(here.table.line, "one_of_two", message)
    own = here.flag("own")
    source = read_source(here, documents, None, required=not own)
    return ReviewTerm(code, name, reason, days, months, source, own) if code else None


def _day(here: Fields, text: str, line: int) -> tuple[int, int] | None:
    if not _DAY.fullmatch(text):
        message = N_('"{text}" is no day of every year: write it like "07-01", month first.')
        here.fault(line, "odd_day", message, text=text)
        return None
    month, _, day = text.partition("-")
    return int(month), int(day)


def _tied(
    written: Fields, framework: Framework | None, known: dict[str, ReviewTerm], documents: dict[str, Text]
) -> Tied | None:
    code = written.code()
    here = Fields(written.file, written.table, written.faults, code or "")
    here.only(_ITEM_KEYS)
    term = _named(here, "term", known)
    if code and framework is not None and code not in framework.by_code:
        message = N_("There is no item {code} in {framework}.")
        here.fault(here.line("code"), "unknown_code", message, code=code, framework=framework.id)
    own = here.flag("own")
    source = read_source(here, documents, None, required=not own)
    return Tied(code, term, source, own) if code and term else None


def _named(here: Fields, key: str, known: dict[str, ReviewTerm]) -> str | None:
    """Return the code of a term that stands under ``key``; noted where there is no such term."""
    name = here.string(key)
    if name is None or name in known:
        return name
    message = N_('There is no term "{name}". There are: {known}.')
    here.fault(here.line(key), "unknown_term", message, name=name, known=", ".join(known))
    return None
