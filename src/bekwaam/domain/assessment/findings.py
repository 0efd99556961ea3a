"""A finding: what one or more assessors concluded about one unit, with its three legs.

The three legs (design, *Field rules*): which unit was judged; from which evidence and instrument; what
the assessor saw, heard or read, and why that suffices.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.wording import N_


class InstrumentKind(StrEnum):
    """How something was established."""

    PORTFOLIO = "portfolio"
    INTERVIEW = "interview"
    OBSERVATION = "observation"
    PRACTICAL_TEST = "practical_test"


INSTRUMENT_NAMES: Final[dict[InstrumentKind, str]] = {
    InstrumentKind.PORTFOLIO: N_("Portfolio"),
    InstrumentKind.INTERVIEW: N_("Criterion-based interview"),
    InstrumentKind.OBSERVATION: N_("Workplace observation"),
    InstrumentKind.PRACTICAL_TEST: N_("Practical test"),
}

SECOND_INSTRUMENTS: Final = frozenset(
    {InstrumentKind.INTERVIEW, InstrumentKind.OBSERVATION, InstrumentKind.PRACTICAL_TEST}
)


class Leg(StrEnum):
    """A part of the reasoning that may not be missing."""

    BASIS = "basis"
    INSTRUMENT = "instrument"
    OBSERVED = "observed"
    WHY = "why"


LEG_NAMES: Final[dict[Leg, str]] = {
    Leg.BASIS: N_("the evidence it rests on"),
    Leg.INSTRUMENT: N_("the instrument used"),
    Leg.OBSERVED: N_("what was seen, heard or read"),
    Leg.WHY: N_("why that does or does not suffice"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One conclusion about one unit.

    ``stage`` is the stage that was shown, or None for *not shown*. ``evidence`` holds the references of
    what it rests on: pieces of evidence, or sessions (an interview that was held); ``instruments`` the
    kinds used.
    """

    unit: str
    stage: str | None
    evidence: tuple[str, ...] = ()
    instruments: tuple[InstrumentKind, ...] = ()
    observed: str = ""
    why: str = ""

    def missing_legs(self) -> tuple[Leg, ...]:
        """Return the legs that are not filled in.

        What was *not* shown may rest on no evidence at all: that there was none is the finding.
        """
        missing = []
        if not self.evidence and self.stage is not None:
            missing.append(Leg.BASIS)
        if not self.instruments:
            missing.append(Leg.INSTRUMENT)
        if not self.observed.strip():
            missing.append(Leg.OBSERVED)
        if not self.why.strip():
            missing.append(Leg.WHY)
        return tuple(missing)
