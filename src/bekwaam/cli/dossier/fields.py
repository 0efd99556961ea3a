"""The kinds of field that a dossier file has, on top of those that every written file has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from bekwaam.domain.assessment.dossier import MAX_NAME, MAX_TEXT
from bekwaam.frameworks.reading.fields import Fields
from bekwaam.frameworks.reading.tree import Scalar
from bekwaam.wording import N_

Choice = TypeVar("Choice", bound=StrEnum)

NUMBERS_OF_PEOPLE: Final = frozenset(
    {
        "bsn",
        "burgerservicenummer",
        "sofinummer",
        "citizen_service_number",
        "document_number",
        "documentnummer",
        "identity_number",
        "id_number",
        "passport_number",
        "paspoortnummer",
    }
)
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def only(fields: Fields, allowed: Iterable[str]) -> None:
    """Note every key that does not belong; numbers of people with the reason why there is no such key."""
    rest = []
    for key, value in fields.table.entries:
        if key.text.strip().lower().replace("-", "_").replace(" ", "_") in NUMBERS_OF_PEOPLE:
            message = N_(
                '"{key}" has no place here: numbers of people and of their documents are never recorded. '
                "Take it out."
            )
            fields.fault(key.line, "number_of_person", message, key=key.text)
        else:
            rest.append((key, value))
    table = type(fields.table)(tuple(rest), fields.table.line)
    Fields(fields.file, table, fields.faults, fields.item).only(allowed)


def short(fields: Fields, key: str, *, required: bool = True) -> str:
    """Return a text of a line: a name, a title, a place; empty where absent."""
    return _limited(fields, key, MAX_NAME, required)


def long(fields: Fields, key: str) -> str:
    """Return a text that may run on; empty where absent."""
    return _limited(fields, key, MAX_TEXT, required=False)


def _limited(fields: Fields, key: str, most: int, required: bool) -> str:
    text = fields.string(key, required=required) or ""
    if required and fields.has(key) and not text and isinstance(fields.table.get(key), Scalar):
        fields.missing(key)
    if len(text) > most:
        message = N_('"{key}" is too long: {most} characters is the most.')
        fields.fault(fields.line(key), "too_long", message, key=key, most=most)
    return text


def day(fields: Fields, key: str) -> date | None:
    """Return a date, written as 2026-05-31; None where absent."""
    text = fields.string(key, required=False)
    if text is None:
        return None
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass  # such as 2026-02-30: the same sentence fits
    message = N_('"{text}" is no date. Write year, month and day, like 2026-05-31.')
    fields.fault(fields.line(key), "bad_date", message, text=text)
    return None


def one_of(fields: Fields, key: str, choices: type[Choice], *, required: bool = False) -> Choice | None:
    """Return one of a fixed set of words; None where absent or unknown."""
    text = fields.string(key, required=required)
    return as_choice(fields, key, text, fields.line(key), choices) if text is not None else None


def several_of(fields: Fields, key: str, choices: type[Choice]) -> tuple[Choice, ...]:
    """Return some of a fixed set of words, each once."""
    found = (as_choice(fields, key, text, line, choices) for text, line in fields.strings(key))
    return tuple(dict.fromkeys(choice for choice in found if choice is not None))


def as_choice(fields: Fields, key: str, text: str, line: int, choices: type[Choice]) -> Choice | None:
    """Return ``text`` as one of ``choices``; None, with the fault noted, where it is not one."""
    try:
        return choices(text)
    except ValueError:
        message = N_('"{text}" is not possible for "{key}". Possible are: {choices}.')
        allowed = ", ".join(choice.value for choice in choices)
        fields.fault(line, f"unknown_{key}", message, text=text, key=key, choices=allowed)
        return None
