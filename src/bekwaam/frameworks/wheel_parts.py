"""What a competence wheel consists of, as frozen values with angles; drawing is :mod:`.wheel_svg`.

Angles are in degrees, clockwise from the top; radii in the units of the drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What is known of a unit."""

    SHOWN = "shown"
    NOT_SHOWN = "not_shown"
    OPEN = "open"  # not judged yet
    PLAIN = "plain"  # nobody is judged: the wheel shows a framework


@dataclass(frozen=True, slots=True)
class Ring:
    """A stage of the wheel, as the ring that stands for it; the first is innermost."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One judged unit as the wheel is told of it.

    ``rings`` says how many rings are full, counted from the inside. ``short`` is true where the unit was
    judged and did not reach what is asked; ``mark`` is a word to go with a dot, such as "3 pieces".
    """

    code: str
    title: str
    state: State
    stage: str | None = None
    stage_title: str = ""
    rings: int = 0
    short: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The units of one cluster, in order."""

    code: str
    title: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Spoke:
    """A unit with its place: from ``start`` to ``end`` degrees."""

    unit: Unit
    start: float
    end: float

    @property
    def middle(self) -> float:
        """Return the angle half-way."""
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class Sector:
    """A cluster with its place. ``number`` counts from 1 and gives it its hue."""

    code: str
    title: str
    number: int
    spokes: tuple[Spoke, ...]

    @property
    def start(self) -> float:
        """Return the angle at which the first spoke begins."""
        return self.spokes[0].start

    @property
    def end(self) -> float:
        """Return the angle at which the last spoke ends."""
        return self.spokes[-1].end


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table that says the same as the wheel. ``cluster`` is empty for a life domain."""

    cluster_code: str
    cluster: str
    code: str
    title: str
    state: State
    stage: str | None
    outcome: str
    mark: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is drawn. ``asked`` is the number of the ring that the rule asks for, or None."""

    title: str
    language: str
    size: int
    rings: tuple[Ring, ...]
    sectors: tuple[Sector, ...]
    domains: tuple[Spoke, ...]
    domain_rings: int
    asked: int | None
    centre: tuple[str, ...]
    names: bool

    @property
    def spokes(self) -> tuple[Spoke, ...]:
        """Return every spoke, clockwise."""
        return tuple(spoke for sector in self.sectors for spoke in sector.spokes)


def sectors(groups: tuple[Group, ...], gap: float = 2.6) -> tuple[Sector, ...]:
    """Divide the circle over ``groups``: every unit the same angle, ``gap`` degrees between groups."""
    groups = tuple(group for group in groups if group.units)
    total = sum(len(group.units) for group in groups)
    if not total:
        return ()
    gap = min(gap, 120 / len(groups)) if len(groups) > 1 else 0.0
    each = (360 - gap * len(groups)) / total
    found, angle = [], gap / 2
    for number, group in enumerate(groups, start=1):
        spokes = []
        for unit in group.units:
            spokes.append(Spoke(unit, angle, angle + each))
            angle += each
        found.append(Sector(group.code, group.title, number, tuple(spokes)))
        angle += gap
    return tuple(found)


def band(units: tuple[Unit, ...], gap: float = 2.6) -> tuple[Spoke, ...]:
    """Divide the band around the wheel over ``units``, with a gap between each two."""
    single = tuple(Group(unit.code, unit.title, (unit,)) for unit in units)
    return tuple(sector.spokes[0] for sector in sectors(single, gap))
