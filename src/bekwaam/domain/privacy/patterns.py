"""What can be told by its form: numbers, addresses, dates of birth, and names behind a form of address.

This much works without any library. It finds little that is not there: a text full of marks is a text in
which nobody reads the marks any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bekwaam.domain.privacy.marks import Mark, MarkKind, settled

_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z]{4})(?: ?\d){10}\b")
# 06-12345678, 0612345678, +31 6 12 34 56 78, 020 - 123 45 67, (0318) 12 34 56
_PHONE: Final = re.compile(
    r"(?<![\w/.,-])(?:\+31|0031|\(?0)\s?\(?(?:0\))?[\s-]?[1-9](?:[\s\-()]{0,3}\d){8}(?![\w-])"
)
_NINE_DIGITS: Final = re.compile(r"(?<![\d.,/+-])\d(?:[ .]?\d){7,8}(?![\d/-]|[.,]\d)")
_CITIZEN_WORD: Final = re.compile(r"\b(?:bsn|burgerservicenummer|sofinummer)\b", re.IGNORECASE)

_MONTHS: Final = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "jan|feb|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec|january|february|march|may|june|july|august|october"
)
_DATE: Final = rf"(?:\d{{1,2}}[-/.\s](?:\d{{1,2}}|{_MONTHS})[-/.\s](?:19|20)?\d{{2}})"
_BORN: Final = re.compile(
    r"\b(?:geboren(?:\s+(?:op|is|in))?|geb\.?|geboortedatum(?:\s+is)?|born(?:\s+on)?|"
    rf"date of birth(?:\s+is)?)\s*:?\s*(?P<date>{_DATE})",
    re.IGNORECASE,
)

_POSTCODE: Final = re.compile(r"\b[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}\b")
_STREET_ENDS: Final = (
    "straat|laan|weg|plein|gracht|kade|dijk|singel|hof|pad|steeg|park|dreef|plantsoen|wal|markt|erf|ring|baan|"
    "hout|veld|akker|kamp|burg|berg|boulevard|plantage|oord|haven"
)
_STREET: Final = re.compile(
    rf"\b(?:[A-Z][\w'’.-]*\s+(?:(?:van|de|der|den|het|ter|ten)\s+){{0,2}}){{0,3}}(?:[A-Z][\w'’-]*(?:{_STREET_ENDS})|[A-Z][\w'’-]+\s(?:{_STREET_ENDS}))\s+"
    rf"\d{{1,4}}(?:\s?-?\s?[a-zA-Z]\b|\s?-\s?\d{{1,3}}|\s?(?:bis|hs|I{{1,3}})\b)?(?!\d|\s*(?:keer|uur|jaar|mensen|weken|maanden))"
)

_TITLES: Final = (
    "mevrouw|meneer|mijnheer|mevr\\.?|mw\\.?|dhr\\.?|de heer|familie|fam\\.|juf|meester|dokter|dr\\.|"
    "zuster|oma|opa|tante|oom|mrs?\\.?|ms\\.?"
)
_PREFIX: Final = (
    r"(?:van\s(?:der|den|de|'t|het)|van|de|den|der|ter|ten|te|el|al|ben|in\s't|op\sde|op\s't|d'|la|le|von)"
)
_NAME: Final = (
    r"(?:[A-Z]\.\s?){0,3}(?:"
    + _PREFIX
    + r"\s)?[A-ZÀ-ÞĀ-Ž](?:[^\W\d_]|['’])+(?:-[A-ZÀ-ÞĀ-Ž](?:[^\W\d_]|['’])+)?"
)
_NAMED: Final = re.compile(
    rf"\b(?i:{_TITLES})\s+(?P<name>(?:[Vv]an|[Dd]e[nr]?|[Tt]e[rn]?|[Ee]l|[Aa]l)?\s?{_NAME}(?:\s{_NAME}){{0,2}})"
)
# A capital letter alone stands for a name that was shortened already: "mevrouw B." is as it should be.
_SHORT: Final = re.compile(r"(?:[A-Z]\.?\s?){1,3}")
# What follows a form of address and is no name.
_NO_NAMES: Final = frozenset(
    (
        "Ik",
        "Zij",
        "Hij",
        "Ze",
        "We",
        "Wij",
        "Dat",
        "De",
        "Het",
        "Een",
        "En",
        "Maar",
        "Toen",
        "Nederland",
        "Nederlands",
    )
)
_CALLED: Final = re.compile(
    rf"\b(?:heet|heette|genaamd|noem ik|noemde ik|called|named)\s+(?P<name>{_NAME}(?:\s{_NAME}){{0,2}})"
)


def find_by_form(text: str) -> tuple[Mark, ...]:
    """Return what looks like personal data by its form alone, in the order of the text."""
    return settled(_all(text))


def _all(text: str) -> Iterator[Mark]:
    for kind, pattern in (
        (MarkKind.EMAIL, _EMAIL),
        (MarkKind.BANK_ACCOUNT, _IBAN),
        (MarkKind.ADDRESS, _STREET),
    ):
        for found in pattern.finditer(text):
            yield _mark(text, kind, found.start(), found.end())
    for found in _POSTCODE.finditer(text):
        yield _mark(text, MarkKind.ADDRESS, found.start(), found.end())
    for found in _PHONE.finditer(text):
        if _is_phone(found.group()):
            yield _mark(text, MarkKind.PHONE, found.start(), found.end())
    for found in _BORN.finditer(text):
        yield _mark(text, MarkKind.BIRTH_DATE, found.start("date"), found.end("date"))
    yield from _citizen_numbers(text)
    yield from _names(text)


def _citizen_numbers(text: str) -> Iterator[Mark]:
    for found in _NINE_DIGITS.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        said = _CITIZEN_WORD.search(text, max(0, found.start() - 40), found.start()) is not None
        if passes_eleven_test(digits) or (said and len(digits) in (8, 9)):
            yield _mark(text, MarkKind.CITIZEN_NUMBER, found.start(), found.end())


def passes_eleven_test(digits: str) -> bool:
    """Tell whether eight or nine digits can be a citizen service number (burgerservicenummer).

    The weighed sum of the digits, the last one counted negatively, is a multiple of eleven (the
    *elfproef*). Zero is none.
    """
    if len(digits) not in (8, 9) or not digits.isdecimal():
        return False
    row = digits.zfill(9)
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(int(digit) * weight for digit, weight in zip(row, weights, strict=True))
    return total % 11 == 0 and int(row) > 9_999_999


def _is_phone(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    national = (
        re.sub(r"^(?:0031|31)0?", "0", digits)
        if not digits.startswith("0") or digits.startswith("0031")
        else digits
    )
    return len(national) == 10 and national.startswith("0") and national[1] != "0"


def _names(text: str) -> Iterator[Mark]:
    """Yield names: with the form of address before it, so that a role can take the place of all of it."""
    for pattern, whole in ((_NAMED, True), (_CALLED, False)):
        for found in pattern.finditer(text):
            name = found.group("name").strip()
            if _SHORT.fullmatch(name) or name.split()[0] in _NO_NAMES:
                continue
            before = len(found.group("name")) - len(found.group("name").lstrip())
            end = found.start("name") + before + len(name)
            yield _mark(text, MarkKind.NAME, found.start() if whole else end - len(name), end)


def _mark(text: str, kind: MarkKind, start: int, end: int) -> Mark:
    return Mark(start, end, kind, text[start:end])
