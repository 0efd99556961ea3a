"""Milder or stricter than the others, and how that goes over time.

The measure is plain on purpose, so that an assessor can do it again by hand: per judgement the distance in
stages to the middle (the median) of what the *others* gave the same, and of those distances the mean.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, median
from typing import Final

from bekwaam.domain.calibration.agreement import FEWEST_ASSESSORS, FEWEST_JUDGEMENTS, NoFigure, Vote
from bekwaam.wording import N_

# Less than a quarter of a stage on average is no lean worth a word.
_LEAN: Final = 0.25


class Lean(StrEnum):
    """Which way somebody leans."""

    MILDER = "milder"
    STRICTER = "stricter"
    LEVEL = "level"


LEANS: Final[dict[Lean, str]] = {
    Lean.MILDER: N_("On average a higher stage than the others gave."),
    Lean.STRICTER: N_("On average a lower stage than the others gave."),
    Lean.LEVEL: N_("About the same stages as the others gave."),
}


@dataclass(frozen=True, slots=True)
class Severity:
    """How far somebody's judgements lie from the others', in stages; above 0 is milder.

    ``difference`` is None when there is a ``reason`` not to show one. ``judgements`` counts those that lie
    beside at least two judgements of others.
    """

    difference: float | None
    reason: NoFigure | None
    judgements: int

    @property
    def lean(self) -> Lean | None:
        """Return which way this leans, None where there is no figure."""
        if self.difference is None:
            return None
        if abs(self.difference) < _LEAN:
            return Lean.LEVEL
        return Lean.MILDER if self.difference > 0 else Lean.STRICTER


def severities(votes: Iterable[Vote]) -> dict[Hashable, Severity]:
    """Return for everybody who voted how their votes lie beside those of the others."""
    by_subject: defaultdict[Hashable, dict[Hashable, int]] = defaultdict(dict)
    everybody: dict[Hashable, list[float]] = {}
    for vote in votes:
        by_subject[vote.subject][vote.assessor] = vote.rank
        everybody.setdefault(vote.assessor, [])
    for given in by_subject.values():
        if len(given) >= FEWEST_ASSESSORS:
            for assessor, rank in given.items():
                others = [other for who, other in given.items() if who != assessor]
                everybody[assessor].append(rank - median(others))
    return {assessor: _severity(distances) for assessor, distances in everybody.items()}


def _severity(distances: list[float]) -> Severity:
    if not distances:
        return Severity(None, NoFigure.FEW_ASSESSORS, 0)
    if len(distances) < FEWEST_JUDGEMENTS:
        return Severity(None, NoFigure.FEW_JUDGEMENTS, len(distances))
    return Severity(fmean(distances), None, len(distances))


def drift(rounds: Sequence[Iterable[Vote]], assessor: Hashable) -> tuple[Severity | None, ...]:
    """Return somebody's severity in each of successive rounds; None where they did not take part."""
    found: list[Mapping[Hashable, Severity]] = [severities(votes) for votes in rounds]
    return tuple(round_.get(assessor) for round_ in found)
