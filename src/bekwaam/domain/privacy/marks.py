"""A mark: a stretch of text that looks like somebody's personal data, and what could stand there instead.

A mark is a question to the writer, never a verdict. Nothing is changed or held back by itself (design,
principle 5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.wording import N_


class MarkKind(StrEnum):
    """What a stretch of text looks like."""

    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    BIRTH_DATE = "birth_date"
    CITIZEN_NUMBER = "citizen_number"
    BANK_ACCOUNT = "bank_account"


MARK_NAMES: Final[dict[MarkKind, str]] = {
    MarkKind.NAME: N_("a name"),
    MarkKind.ADDRESS: N_("an address"),
    MarkKind.PHONE: N_("a phone number"),
    MarkKind.EMAIL: N_("a mail address"),
    MarkKind.BIRTH_DATE: N_("a date of birth"),
    MarkKind.CITIZEN_NUMBER: N_("a citizen service number"),
    MarkKind.BANK_ACCOUNT: N_("a bank account"),
}

# What can stand in place of a name: roles, as social workers write them.
ROLES: Final = (
    N_("a client"),
    N_("a resident"),
    N_("a neighbour"),
    N_("a young person"),
    N_("a mother"),
    N_("a father"),
    N_("a volunteer"),
    N_("an informal carer"),
    N_("a colleague"),
    N_("a partner from another organisation"),
)

INSTEAD: Final[dict[MarkKind, tuple[str, ...]]] = {
    MarkKind.NAME: ROLES,
    MarkKind.ADDRESS: (N_("an address in the neighbourhood"), N_("at home")),
    MarkKind.PHONE: (N_("(phone number left out)"),),
    MarkKind.EMAIL: (N_("(mail address left out)"),),
    MarkKind.BIRTH_DATE: (N_("(date of birth left out)"),),
    MarkKind.CITIZEN_NUMBER: (N_("(number left out)"),),
    MarkKind.BANK_ACCOUNT: (N_("(account number left out)"),),
}

# Where two finds overlap, what says most about it stays: a citizen number is also a row of digits.
_WEIGHT: Final = {kind: weight for weight, kind in enumerate(
    (
        MarkKind.CITIZEN_NUMBER, MarkKind.EMAIL, MarkKind.BANK_ACCOUNT, MarkKind.BIRTH_DATE, MarkKind.PHONE,
        MarkKind.ADDRESS, MarkKind.NAME,
    )
)}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of text, from ``start`` up to ``end`` (in characters), and what it looks like."""

    start: int
    end: int
    kind: MarkKind
    text: str


def settled(found: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return marks that do not overlap, in the order of the text: the surest kind wins, then the longest."""
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda one: (_WEIGHT[one.kind], one.start - one.end, one.start)):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return tuple(sorted(kept))


def replaced(text: str, mark: Mark, instead: str) -> str:
    """Return ``text`` with ``instead`` in place of a mark; a sentence that began there still begins large.

    Raises ValueError where the marked text no longer stands there: the text was changed meanwhile.
    """
    if text[mark.start : mark.end] != mark.text:
        raise ValueError("the text has changed since it was marked")
    before = text[: mark.start].rstrip()
    begins = not before or before[-1] in ".!?\n" or text[: mark.start].endswith("\n")
    word = instead[:1].upper() + instead[1:] if begins else instead
    return text[: mark.start] + word + text[mark.end :]
