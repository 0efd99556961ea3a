"""Findings of an earlier procedure in a later one: which of the two stands, and where it came from.

What is not judged anew stands as it was found, under the name of where it was found first. Of what is judged
anew the new finding stands, unless the earlier one was higher: asking to be judged again never makes anybody
worse off. In prose, with examples: ``docs/na-de-uitslag.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bekwaam.domain.assessment.findings import Finding, InstrumentKind
from bekwaam.frameworks.model import Framework


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a finding was made first: the procedure's number, its day, and that of the certificate."""

    procedure: str
    decided_on: date
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class EarlierPiece:
    """A piece of evidence that an earlier finding rests on, by its name."""

    ref: str
    title: str
    kind: str
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class EarlierSession:
    """An interview, observation or test that was held in an earlier procedure."""

    ref: str
    kind: InstrumentKind
    held_on: date


@dataclass(frozen=True, slots=True)
class Carried:
    """A finding of an earlier procedure, with all that is needed to name what it rests on."""

    finding: Finding
    origin: Origin
    recommendation: str = ""
    pieces: tuple[EarlierPiece, ...] = ()
    sessions: tuple[EarlierSession, ...] = ()


def is_higher(framework: Framework, one: str | None, other: str | None) -> bool:
    """Tell whether stage ``one`` lies above stage ``other``; None, *not shown*, lies below every stage."""
    return one is not None and not framework.reaches(other, one)


def earlier_stands(framework: Framework, new: str | None, earlier: str | None) -> bool:
    """Tell whether the earlier of two stages stays: only where it is the higher one."""
    return is_higher(framework, earlier, new)


def standing(
    framework: Framework,
    again: tuple[str, ...],
    new: Mapping[str, Finding],
    earlier: Mapping[str, Finding],
) -> dict[str, Finding]:
    """Return the finding that stands per unit.

    ``again`` are the units judged anew: one of those without a new finding has none yet.
    """
    found = {unit: finding for unit, finding in earlier.items() if unit not in again}
    for unit, finding in new.items():
        before = earlier.get(unit)
        kept = before is not None and earlier_stands(framework, finding.stage, before.stage)
        found[unit] = before if kept and before is not None else finding
    return found
