"""What a team covers: competence by member and by stage, in one layer at a time. Pure.

Members stand in the order in which they are given, and are never ranked. Where several people gave feedback
on one member, the most careful of them counts for the team; each word stays to be read by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bekwaam.domain.growth.gap import Layer, Standing, UnitGap, gap
from bekwaam.domain.growth.rating import rank_of
from bekwaam.domain.growth.target import Ask, Target
from bekwaam.domain.growth.totals import Group
from bekwaam.domain.teams.members import Member
from bekwaam.frameworks.model import Framework


class Known(StrEnum):
    """What the team knows of one member on one unit."""

    SAID = "said"
    UNKNOWN = "unknown"
    NOT_SHARED = "not_shared"


@dataclass(frozen=True, slots=True)
class Cell:
    """One member on one unit: the stage or step shown, None for *not yet* and where nothing is known.

    ``enough`` tells whether that is what the target asks, or more.
    """

    member: str
    known: Known
    value: str | None = None
    enough: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of the target with a cell for every member, in the order of the members."""

    ask: Ask
    cells: tuple[Cell, ...]

    @property
    def enough(self) -> tuple[str, ...]:
        """Return the members who cover what is asked."""
        return tuple(cell.member for cell in self.cells if cell.enough)

    @property
    def open(self) -> int:
        """Return of how many members nothing is known or shared."""
        return sum(cell.known is not Known.SAID for cell in self.cells)


@dataclass(frozen=True)
class Coverage:
    """A team beside a target, in one layer."""

    target: Target
    layer: Layer
    members: tuple[str, ...]
    lines: tuple[Line, ...]

    @cached_property
    def by_code(self) -> dict[str, Line]:
        """Return the lines by the code of their unit."""
        return {line.ask.code: line for line in self.lines}


@dataclass(frozen=True, slots=True)
class Spread:
    """One unit by stage: how many members show exactly each value, lowest first, and of how many it is open.

    The first value is None: looked at and not shown.
    """

    code: str
    counts: tuple[tuple[str | None, int], ...]
    open: int


class Thin(StrEnum):
    """Why a team is thin somewhere."""

    NOBODY = "nobody"
    NOT_KNOWN = "not_known"
    ONE = "one"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class ThinSpot:
    """A unit that too few members cover. ``not_known``: nobody does, as far as is known and shared."""

    ask: Ask
    why: Thin
    covered_by: tuple[str, ...]
    open: int


@dataclass(frozen=True, slots=True)
class GroupCover:
    """How many of the asked units of a group (a cluster, a quadrant, a verb) the team covers at all.

    ``thin`` are those that one member covers, or nobody.
    """

    group: Group
    asked: int
    covered: int
    thin: int


def coverage(framework: Framework, target: Target, members: Sequence[Member], layer: Layer) -> Coverage:
    """Return ``members`` beside ``target`` in one layer.

    Raises ValueError where a member stands in it twice, or the target is about another version.
    """
    refs = tuple(member.ref for member in members)
    if len(set(refs)) < len(refs):
        raise ValueError("a member stands in the team twice")
    columns = [_column(framework, target, member, layer) for member in members]
    lines = tuple(
        Line(ask, tuple(column[place] for column in columns)) for place, ask in enumerate(target.asks)
    )
    return Coverage(target, layer, refs, lines)


def spread(framework: Framework, line: Line) -> Spread:
    """Return one line of a coverage by stage: how many members are exactly where."""
    item = framework.by_code[line.ask.code]
    said = [cell.value for cell in line.cells if cell.known is Known.SAID]
    values: list[str | None] = [stage.code for stage in framework.stages]
    values = sorted({*values, *said} - {None}, key=lambda value: rank_of(framework, item, value))
    counts = tuple((value, said.count(value)) for value in [None, *values])
    return Spread(line.ask.code, counts, line.open)


def thin_spots(found: Coverage, at_least: int = 2) -> tuple[ThinSpot, ...]:
    """Return where fewer than ``at_least`` members cover what is asked, in the order of the document.

    The usual number is two: what leans on one person is gone when that person is.
    """
    spots = []
    for line in found.lines:
        by = line.enough
        if len(by) < at_least:
            why = (
                Thin.FEW if len(by) > 1 else Thin.ONE if by else Thin.NOT_KNOWN if line.open else Thin.NOBODY
            )
            spots.append(ThinSpot(line.ask, why, by, line.open))
    return tuple(spots)


def group_cover(found: Coverage, groups: Iterable[Group]) -> tuple[GroupCover, ...]:
    """Return the coverage gathered by ``groups``; groups in which nothing is asked are left out."""
    gathered = []
    for group in groups:
        numbers = [len(found.by_code[code].enough) for code in group.units if code in found.by_code]
        if numbers:
            covered = sum(number > 0 for number in numbers)
            thin = sum(number < 2 for number in numbers)
            gathered.append(GroupCover(group, len(numbers), covered, thin))
    return tuple(gathered)


def _column(framework: Framework, target: Target, member: Member, layer: Layer) -> tuple[Cell, ...]:
    if layer not in member.layers:
        return tuple(Cell(member.ref, Known.NOT_SHARED) for _ in target.asks)
    voices = [gap(framework, target, picture).units for picture in member.in_layer(layer)]
    return tuple(
        _cell(framework, member.ref, ask, [voice[place] for voice in voices])
        for place, ask in enumerate(target.asks)
    )


def _cell(framework: Framework, ref: str, ask: Ask, voices: list[UnitGap]) -> Cell:
    said = [voice for voice in voices if voice.standing is not Standing.UNKNOWN]
    if not said:
        return Cell(ref, Known.UNKNOWN)
    item = framework.by_code[ask.code]
    lowest = min(said, key=lambda voice: rank_of(framework, item, voice.shown))
    return Cell(ref, Known.SAID, lowest.shown, lowest.standing is Standing.ENOUGH)
