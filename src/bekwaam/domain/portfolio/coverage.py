"""How much evidence there is for what will be judged: counted, never weighed.

A count says where a candidate has collected something; whether it suffices is for the assessors. What is
usually asked (VRAAK: variety, relevance, authenticity, currency, quantity) is a hint and no rule; the
numbers are the provider's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.contexts import variety
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.wording import N_

USUAL_YEARS: Final = 5
USUAL_PIECES: Final = 2
USUAL_CONTEXTS: Final = 2
MOST: Final = {"years": 20, "pieces": 10, "contexts": 10}


@dataclass(frozen=True, slots=True)
class Usual:
    """What a provider usually asks for each competence: how recent, how many pieces, how many situations."""

    years: int = USUAL_YEARS
    pieces: int = USUAL_PIECES
    contexts: int = USUAL_CONTEXTS


def check_usual(usual: Usual) -> tuple[Fault, ...]:
    """Return a fault for every number that makes no sense: each is 1 at least."""
    message = N_("Choose a number from 1 to {most}.")
    return tuple(
        Fault(name, "out_of_range", message, {"most": most})
        for name, most in MOST.items()
        if not 1 <= getattr(usual, name) <= most
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """A piece of evidence as it is counted. ``codes`` is what it is tied to; ``confirmed`` how often."""

    ref: str
    codes: frozenset[str]
    kind: EvidenceKind
    dated_on: date | None = None
    until: date | None = None
    spans: bool = False
    contexts: Mapping[str, str] = field(default_factory=dict)
    context: str = ""
    confirmed: int = 0

    def last_day(self, today: date) -> date | None:
        """Return the last day it tells of: today for what still lasts, None where no day is known."""
        if self.spans and self.dated_on and self.until is None:
            return today
        return self.until or self.dated_on


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that could still be added: a stable ``reason``, and a msgid filled from ``values``."""

    reason: str
    message: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitCoverage:
    """What there is for one unit. ``newest`` is the last day that any piece tells of."""

    code: str
    refs: tuple[str, ...]
    newest: date | None
    contexts: int
    confirmed: int
    hints: tuple[Hint, ...]

    @property
    def pieces(self) -> int:
        """Return how many pieces there are."""
        return len(self.refs)

    @property
    def met(self) -> bool:
        """Whether there is all that is usual."""
        return not self.hints


@dataclass(frozen=True, slots=True)
class Coverage:
    """What there is for each judged unit, in the order of the standard.

    ``pieces`` is the number of pieces in all, ``untied`` how many of them are tied to nothing judged.
    """

    units: Mapping[str, UnitCoverage]
    pieces: int
    untied: int

    @property
    def counts(self) -> dict[str, int]:
        """Return the number of pieces for each unit."""
        return {code: unit.pieces for code, unit in self.units.items()}

    @property
    def gaps(self) -> tuple[str, ...]:
        """Return the units without any evidence."""
        return tuple(code for code, unit in self.units.items() if not unit.pieces)

    @property
    def thin(self) -> tuple[str, ...]:
        """Return the units with some evidence, but not all that is usual."""
        return tuple(code for code, unit in self.units.items() if unit.pieces and not unit.met)

    @property
    def met(self) -> tuple[str, ...]:
        """Return the units with all that is usual."""
        return tuple(code for code, unit in self.units.items() if unit.met)

    @property
    def covered(self) -> int:
        """Return how many units have evidence."""
        return len(self.units) - len(self.gaps)


def coverage(
    units: Mapping[str, Collection[str]], pieces: Iterable[Counted], usual: Usual, today: date
) -> Coverage:
    """Count the evidence per unit.

    ``units`` maps each judged unit to the codes whose evidence bears on it (itself among them, see
    :func:`bekwaam.domain.assessment.asked.related_codes`).
    """
    bearing: dict[str, list[str]] = {}
    for unit, codes in units.items():
        for code in codes:
            bearing.setdefault(code, []).append(unit)
    found: dict[str, list[Counted]] = {unit: [] for unit in units}
    number = untied = 0
    for piece in pieces:
        number += 1
        reached = {unit for code in piece.codes for unit in bearing.get(code, ())}
        untied += not reached
        for unit in reached:
            found[unit].append(piece)
    counted = {unit: _count(unit, there, usual, today) for unit, there in found.items()}
    return Coverage(counted, number, untied)


def _count(unit: str, pieces: Sequence[Counted], usual: Usual, today: date) -> UnitCoverage:
    days = [day for piece in pieces if (day := piece.last_day(today))]
    situations = variety((piece.contexts, piece.context) for piece in pieces)
    return UnitCoverage(
        code=unit,
        refs=tuple(piece.ref for piece in pieces),
        newest=max(days, default=None),
        contexts=situations,
        confirmed=sum(piece.confirmed for piece in pieces),
        hints=tuple(_hints(pieces, situations, usual, today)),
    )


def _hints(pieces: Sequence[Counted], situations: int, usual: Usual, today: date) -> Iterable[Hint]:
    """Yield what could still be added, the most telling first; for a gap only that it is one."""
    if not pieces:
        yield Hint("gap", N_("There is nothing here yet."))
        return
    if all(piece.kind is EvidenceKind.JOB_DESCRIPTION for piece in pieces):
        yield Hint(
            "description_only",
            N_("A job description says what was asked of you. Add something that shows what you did."),
        )
    if len(pieces) < usual.pieces:
        yield Hint(
            "pieces",
            N_("There are {found} of the {usual} pieces that are usually asked."),
            {"found": len(pieces), "usual": usual.pieces},
        )
    days = [piece.last_day(today) for piece in pieces]
    known = [day for day in days if day is not None]
    if not known:
        yield Hint("undated", N_("None of this has a date yet. Fill in when it was."))
    elif max(known) < years_before(today, usual.years):
        yield Hint(
            "old",
            N_("The newest of this is of {year}; usually the last {years} years count."),
            {"year": max(known).year, "years": usual.years},
        )
    if situations < usual.contexts:
        yield Hint(
            "contexts",
            N_("Different situations so far: {found}. Usually {usual} are asked.")
            if situations
            else N_("Where and with whom this was is not filled in yet."),
            {"found": situations, "usual": usual.contexts},
        )


def is_old(piece: Counted, usual: Usual, today: date) -> Hint | None:
    """Return a hint when a piece is older than what usually counts."""
    day = piece.last_day(today)
    if day is None or day >= years_before(today, usual.years):
        return None
    message = N_("This piece is of {year}; usually the last {years} years count.")
    return Hint("old", message, {"year": day.year, "years": usual.years})


def years_before(day: date, years: int) -> date:
    """Return the same day so many years earlier; for 29 February the 28th where there is no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
