"""Numbers without people over time: of how many it is known that they show what is asked. Pure.

Everything here is worked out from bands that were shown already (:mod:`bekwaam.domain.teams.aggregates`), so
nothing new is told. Where a band holds values on both sides of what is asked, the number is between two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bekwaam.domain.growth.target import Ask, Target
from bekwaam.domain.growth.totals import Group
from bekwaam.domain.teams.aggregates import Band

Bands = tuple[Band, ...]

HUNDRED: Final = 100


def whole_percent(part: int, people: int) -> int:
    """Return a share in whole percents; 0 only where it is nobody, and 100 only where it is everybody."""
    share = round(HUNDRED * part / people)
    return min(max(share, 1), HUNDRED - 1) if 0 < part < people else share


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of ``people`` are at what is asked or above: ``low`` at least, ``high`` at most.

    In a group of units ``people`` counts somebody once for every unit.
    """

    low: int
    high: int
    people: int

    @property
    def told(self) -> bool:
        """Tell whether the bands say anything: not where it may be anything from nobody to everybody."""
        return self.low > 0 or self.high < self.people

    @property
    def exact(self) -> bool:
        """Tell whether it is one number and not between two."""
        return self.low == self.high

    @property
    def percents(self) -> tuple[int, int]:
        """Return ``low`` and ``high`` in whole percents of ``people``; between two is rounded outwards."""
        if self.exact:
            return (share := whole_percent(self.low, self.people)), share
        return HUNDRED * self.low // self.people, -(-HUNDRED * self.high // self.people)


@dataclass(frozen=True, slots=True)
class Moment:
    """What was shown of one set of people at one moment: how many they are, and the bands by unit."""

    at: datetime
    people: int
    bands: Mapping[str, Bands]

    @property
    def detail(self) -> int:
        """Return in how many bands the units fall together: more is finer."""
        return sum(len(bands) for bands in self.bands.values())


@dataclass(frozen=True, slots=True)
class Series:
    """One set of people over time, the oldest moment first."""

    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit that a target asks, with a point for every moment; None where it was not counted then."""

    ask: Ask
    points: tuple[Reach | None, ...]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The units of a group together (a cluster, life domain, quadrant or verb), with a point a moment."""

    group: Group
    asked: int
    points: tuple[Reach | None, ...]


def series_of(moments: Iterable[Moment]) -> Series:
    """Return moments as a series: of those on one day the last, or one of as many people that tells more."""
    by_day: dict[object, Moment] = {}
    for moment in sorted(moments, key=lambda one: one.at):
        before = by_day.get(moment.at.date())
        if before is None or before.people != moment.people or before.detail <= moment.detail:
            by_day[moment.at.date()] = moment
    return Series(tuple(by_day.values()))


def reach(bands: Sequence[Band], value: str) -> Reach | None:
    """Return how many are at ``value`` or above; None where it is not among the values of the bands."""
    order = [held for band in bands for held in band.values]
    if value not in order:
        return None
    asked = order.index(value)
    low = high = 0
    for band in bands:
        first, last = order.index(band.values[0]), order.index(band.values[-1])
        low += band.people if first >= asked else 0
        high += band.people if last >= asked else 0
    return Reach(low, high, sum(band.people for band in bands))


def unit_lines(found: Series, target: Target) -> tuple[UnitLine, ...]:
    """Return a line for every unit of ``target`` that was counted at some moment, in the target's order."""
    lines = (
        UnitLine(ask, tuple(reach(one.bands.get(ask.code, ()), ask.value) for one in found.moments))
        for ask in target.asks
    )
    return tuple(line for line in lines if any(point is not None for point in line.points))


def group_lines(lines: Sequence[UnitLine], groups: Iterable[Group]) -> tuple[GroupLine, ...]:
    """Return the lines gathered by ``groups``, in their order; a group without any of the units is left out.

    A unit that lies in two groups counts in both, so groups are never added up.
    """
    by_code = {line.ask.code: line for line in lines}
    gathered = []
    for group in groups:
        inside = [by_code[code] for code in group.units if code in by_code]
        if inside:
            points = tuple(map(_together, zip(*(line.points for line in inside), strict=True)))
            gathered.append(GroupLine(group, len(inside), points))
    return tuple(gathered)


def _together(points: Iterable[Reach | None]) -> Reach | None:
    known = [point for point in points if point is not None]
    if not known:
        return None
    return Reach(
        sum(point.low for point in known),
        sum(point.high for point in known),
        sum(point.people for point in known),
    )
