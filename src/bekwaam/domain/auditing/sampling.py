"""Drawing a sample of dossiers so that nobody can steer it and everybody can do it again. Pure.

Two halves make the seed. The program fixes its half first, unseen: the audit chain gets its fingerprint
together with what will be drawn from. Then the auditor adds a half of their own. Neither knew the other's, so
neither could choose what comes out; and the list is only read when both are fixed. Everything is SHA-256 over
short texts, so that the commands of any computer will do to check it (``docs/audit.md``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from bekwaam.domain.faults import Fault
from bekwaam.domain.procedures.states import State
from bekwaam.wording import N_

HALF_BYTES: Final = 16
"""How many random bytes the program's half has: 128 bits, written as 32 hexadecimal digits."""

MOST_DRAWN: Final = 500
LONGEST_HALF: Final = 200


class Dated(StrEnum):
    """Which day of a dossier has to lie in the period."""

    STARTED = "started"
    DECIDED = "decided"


DATED_NAMES: Final[dict[Dated, str]] = {
    Dated.STARTED: N_("the day the procedure began"),
    Dated.DECIDED: N_("the day the outcome was fixed"),
}


@dataclass(frozen=True, slots=True)
class Criteria:
    """From what is drawn, and how much. ``standard`` is "id@version", empty for every one.

    ``start`` and ``end`` are the first and last day of the period. Either ``number`` or ``percent`` is given.
    """

    dated: Dated
    start: date
    end: date
    standard: str
    states: tuple[State, ...]
    number: int | None = None
    percent: int | None = None

    def plain(self) -> dict[str, Any]:
        """Return the criteria as JSON, for the chain and the exported file."""
        return {
            "dated": self.dated.value,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "standard": self.standard,
            "states": [state.value for state in self.states],
            "number": self.number,
            "percent": self.percent,
        }


def criteria_from(plain: Mapping[str, Any]) -> Criteria:
    """Return criteria from :meth:`Criteria.plain`; KeyError, TypeError or ValueError for anything else."""
    return Criteria(
        dated=Dated(plain["dated"]),
        start=date.fromisoformat(plain["start"]),
        end=date.fromisoformat(plain["end"]),
        standard=str(plain["standard"]),
        states=tuple(State(state) for state in plain["states"]),
        number=None if plain["number"] is None else int(plain["number"]),
        percent=None if plain["percent"] is None else int(plain["percent"]),
    )


def check_criteria(criteria: Criteria) -> tuple[Fault, ...]:
    """Return what is wrong with criteria, by field."""
    faults = []
    if criteria.end < criteria.start:
        faults.append(Fault("end", "before", N_("The period ends before it begins.")))
    if not criteria.states:
        faults.append(Fault("states", "empty", N_("Choose at least one state.")))
    if (criteria.number is None) == (criteria.percent is None):
        faults.append(Fault("size", "empty", N_("Fill in how many dossiers, or which share of them.")))
    elif criteria.number is not None and not 1 <= criteria.number <= MOST_DRAWN:
        message = N_("Fill in a number from 1 to {most}.")
        faults.append(Fault("size", "number", message, {"most": MOST_DRAWN}))
    elif criteria.percent is not None and not 1 <= criteria.percent <= 100:
        faults.append(Fault("size", "percent", N_("Fill in a share from 1 to 100 per cent.")))
    return tuple(faults)


def check_half(own_half: str) -> tuple[Fault, ...]:
    """Return what is wrong with what an auditor adds to the seed."""
    if not own_half.strip():
        return (Fault("own_half", "empty", N_("Type something that nobody could have known beforehand.")),)
    if len(own_half.strip()) > LONGEST_HALF:
        message = N_("This is too long: {limit} characters is the most.")
        return (Fault("own_half", "too_long", message, {"limit": LONGEST_HALF}),)
    return ()


def size_of(criteria: Criteria, total: int) -> int:
    """Return how many of ``total`` dossiers are drawn: never more than there are, and a share rounded up."""
    if criteria.number is not None:
        return min(criteria.number, total)
    return -(-(criteria.percent or 0) * total // 100)


def fingerprint(program_half: str) -> str:
    """Return the SHA-256 of the program's half: what is told of it before the auditor adds theirs."""
    return _sha256(program_half)


def seed_of(program_half: str, own_half: str) -> str:
    """Return the seed: the SHA-256 of both halves with a colon between them."""
    return _sha256(f"{program_half}:{own_half}")


def list_hash(refs: Iterable[str]) -> str:
    """Return the SHA-256 of a list of references: sorted, each on a line of its own."""
    return _sha256("".join(f"{ref}\n" for ref in sorted(refs)))


def draw(seed: str, refs: Iterable[str], number: int) -> tuple[str, ...]:
    """Return the ``number`` references whose SHA-256 of "seed:reference" is lowest, lowest first.

    A reference that stands in the list twice counts once, and the order of the list makes no difference.
    With a larger ``number`` the same ones come first: whoever draws more keeps what was drawn already.
    """
    ordered = sorted((_sha256(f"{seed}:{ref}"), ref) for ref in set(refs))
    return tuple(ref for _, ref in ordered[:number])


def position(drawn: Sequence[str], ref: str) -> int | None:
    """Return which one of the sample a dossier is, from 1; None where it was not drawn."""
    return drawn.index(ref) + 1 if ref in drawn else None


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
