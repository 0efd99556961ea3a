"""What a piece of evidence must say before it can stand in a portfolio."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.kinds import (
    EVIDENCE_NAMES,
    KINDS,
    EvidenceKind,
    FieldForm,
    FileRule,
    KindField,
    StarrField,
)
from bekwaam.wording import N_

__all__ = [
    "EVIDENCE_NAMES",
    "EvidenceKind",
    "StarrField",
    "check_dates",
    "check_evidence",
    "link_host",
    "open_parts",
    "tidied",
    "words",
]

MAX_TEXT: Final = 20_000
MAX_SHORT: Final = 300
MAX_LINK: Final = 2_000
MAX_TITLE: Final = 200
MAX_CONTEXT: Final = 300
MAX_WHY: Final = 1_000

_FILE: Final = N_("File")
_EMPTY: Final = N_("Fill this in.")
_TOO_LONG: Final = {
    FieldForm.LONG: (MAX_TEXT, N_("This is too long: 20,000 characters is the most.")),
    FieldForm.SHORT: (MAX_SHORT, N_("This is too long: 300 characters is the most.")),
    FieldForm.LINK: (MAX_LINK, N_("This is too long: 2,000 characters is the most.")),
}
_NO_LINK: Final = N_("This is not the address of a page. It begins with https:// or http://.")
_SECRET_LINK: Final = N_("There is a name or password in this address. Take it out: every reader sees it.")
_CONTACT: Final = N_("Leave out phone numbers and mail addresses. You are asked for them when needed.")
# A mail address, or nine digits and more in a row, however they are parted.
_REACHES_SOMEBODY: Final = re.compile(r"\S@\S|(?:\d[\s().-]{0,2}){9}")


def check_evidence(
    kind: EvidenceKind, title: str, texts: Mapping[str, str], *, has_file: bool
) -> tuple[Fault, ...]:
    """Return what is wrong with a piece of evidence, in the order of the form.

    A story needs every part; reflection included, for STARR without it is only an account.
    """
    faults: list[Fault] = []
    if not title.strip():
        faults.append(Fault("title", "empty", N_("Give it a title, so that you can find it again.")))
    elif len(title) > MAX_TITLE:
        faults.append(Fault("title", "too_long", N_("This title is too long: 200 characters is the most.")))
    spec = KINDS[kind]
    for field in spec.fields:
        faults.extend(_check_field(field, texts.get(field.name, "").strip()))
    if spec.file is FileRule.NEEDED and not has_file:
        faults.append(Fault("file", "empty", N_("Choose a file.")))
    return tuple(faults)


def _check_field(field: KindField, text: str) -> list[Fault]:
    limit, too_long = _TOO_LONG[field.form]
    if not text:
        return [Fault(field.name, "empty", _EMPTY)] if field.required else []
    if len(text) > limit:
        return [Fault(field.name, "too_long", too_long)]
    if field.form is FieldForm.LINK:
        return _check_link(field.name, text)
    if not field.contact and _REACHES_SOMEBODY.search(text):
        return [Fault(field.name, "contact", _CONTACT)]
    return []


def _check_link(name: str, text: str) -> list[Fault]:
    try:
        parts = urlsplit(text)
        host, secret = parts.hostname, parts.username or parts.password
        _ = parts.port  # a port that is none raises here
    except ValueError:
        return [Fault(name, "no_link", _NO_LINK)]
    odd = any(character.isspace() or not character.isprintable() for character in text)
    if parts.scheme not in ("http", "https") or not host or odd or "\\" in text:
        return [Fault(name, "no_link", _NO_LINK)]
    return [Fault(name, "secret", _SECRET_LINK)] if secret else []


def link_host(url: str) -> str:
    """Return the host of an address that passed the check; empty for what is no http(s) address.

    Whoever shows a link asks this first: a row that somebody changed by hand must not become one.
    """
    return (urlsplit(url).hostname or "") if not _check_link("", url) else ""


def check_dates(
    kind: EvidenceKind, dated_on: date | None, until: date | None, today: date
) -> tuple[Fault, ...]:
    """Return what is wrong with when it was: nothing lies ahead, and an end comes after its beginning."""
    faults = []
    if dated_on is None and KINDS[kind].day_required:
        faults.append(Fault("dated_on", "empty", N_("Fill in the date.")))
    if dated_on is not None and dated_on > today:
        faults.append(Fault("dated_on", "future", N_("This date is still to come.")))
    if until is not None and until > today:
        message = N_("This day is still to come. Leave it empty while it lasts.")
        faults.append(Fault("until", "future", message))
    elif until is not None and dated_on is not None and until < dated_on:
        faults.append(Fault("until", "before", N_("This is before the first day.")))
    return tuple(faults)


def tidied(kind: EvidenceKind, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts that a kind has and that say something, without space around them."""
    found = {field.name: texts.get(field.name, "").strip() for field in KINDS[kind].fields}
    return {name: text for name, text in found.items() if text}


def words(text: str) -> int:
    """Return how many words a text has: what stands between spaces and holds a letter or digit."""
    return sum(any(character.isalnum() for character in part) for part in text.split())


def open_parts(
    kind: EvidenceKind, texts: Mapping[str, str], dated_on: date | None, *, has_file: bool
) -> tuple[str, ...]:
    """Return what must still be filled in before a piece is whole, as msgids, in the order of the form.

    Only what was brought in from elsewhere can lack something; what somebody saves here is whole.
    """
    spec = KINDS[kind]
    missing = [field.label for field in spec.fields if field.required and not texts.get(field.name)]
    if spec.day_required and dated_on is None:
        missing.append(spec.day)
    if spec.file is FileRule.NEEDED and not has_file:
        missing.append(_FILE)
    return tuple(missing)
