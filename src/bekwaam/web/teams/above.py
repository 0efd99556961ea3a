"""Turns numbers without people into what the pages above the teams show: by stage, by group, over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bekwaam.domain.growth.gap_words import value_name
from bekwaam.domain.growth.rating import NO_STAGE
from bekwaam.domain.growth.target import Target
from bekwaam.domain.teams.aggregates import Band
from bekwaam.domain.teams.series import Moment, Reach, Series, group_lines, reach, series_of, unit_lines
from bekwaam.domain.teams.words import band_name, reach_count, reach_share
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.model import Framework
from bekwaam.web.shared.case import language
from bekwaam.web.shared.units import Unit, unit_groups
from bekwaam.web.teams.presenting import all_groups

TINTS: Final = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of people, in words and as a bar: surely up to ``low`` and perhaps up to ``high`` percent."""

    words: str
    low: int = 0
    high: int = 0

    @property
    def perhaps(self) -> int:
        """Return how long the part is that may be."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class HeatCell:
    """Neighbouring stages together: what they are called, over how many columns, how many people are there.

    ``tint`` goes from 1 to 5 with the share of the people; the number says the same.
    """

    label: str
    span: int
    people: int
    tint: int


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One unit by stage; ``cells`` is empty where it cannot be split up. ``enough`` is of what is asked."""

    unit: Unit
    asked: str
    cells: tuple[HeatCell, ...]
    enough: Bar | None


@dataclass(frozen=True, slots=True)
class HeatBlock:
    """The units of a cluster."""

    name: str
    hue: int
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class TeamsRow:
    """One unit with the share of every team, by its name."""

    unit: Unit
    asked: str
    cells: tuple[tuple[str, Bar], ...]


@dataclass(frozen=True, slots=True)
class TeamsBlock:
    """The units of a cluster, team by team."""

    name: str
    hue: int
    rows: tuple[TeamsRow, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line of small drawn figures and the numbers under it: what it is about, and a cell a moment.

    ``areas`` and ``lines`` are points as SVG takes them; ``dots`` are pairs. ``told`` says it in words.
    """

    code: str
    name: str
    sub: str
    cells: tuple[tuple[str, str], ...]
    areas: tuple[str, ...]
    lines: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    told: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Small figures that are looked at together, with the words above the columns of their table."""

    title: str
    hue: int
    heads: tuple[str, ...]
    rows: tuple[Drawn, ...]


def stage_names(framework: Framework) -> list[str]:
    """Return what the columns by stage are called, *not yet* first."""
    return [value_name(framework, value, language()) for value in (NO_STAGE, *framework.stage_by_code)]


def heat(framework: Framework, target: Target, bands: Mapping[str, Sequence[Band]]) -> list[HeatBlock]:
    """Return one set of people by unit and stage, gathered by cluster."""
    asked = {ask.code: ask.value for ask in target.asks}
    return [
        HeatBlock(
            group.name,
            group.hue,
            tuple(_heat_row(framework, unit, asked.get(unit.code), bands[unit.code]) for unit in group.units),
        )
        for group in unit_groups(framework, bands)
    ]


def _heat_row(framework: Framework, unit: Unit, asked: str | None, bands: Sequence[Band]) -> HeatRow:
    everybody = sum(band.people for band in bands)
    cells = tuple(
        HeatCell(
            label=band_name(framework, band, language()),
            span=len(band.values),
            people=band.people,
            tint=max(1, -(-TINTS * band.people // everybody)),
        )
        for band in bands
    )
    return HeatRow(
        unit=unit,
        asked=value_name(framework, asked, language()) if asked else "",
        cells=cells if len(cells) > 1 else (),
        enough=bar(reach(bands, asked)) if asked else None,
    )


def bar(point: Reach | None) -> Bar:
    """Return a share of people as words and a bar; an empty bar where it cannot be told."""
    words = reach_share(point, language())
    return Bar(words, *point.percents) if point is not None and point.told else Bar(words)


def groups_now(
    framework: Framework, target: Target, at: datetime, people: int, bands: Mapping[str, tuple[Band, ...]]
) -> list[tuple[str, list[tuple[str, Bar]]]]:
    """Return one set of people at one moment by cluster, life domain, quadrant and verb."""
    by_kind: dict[str, list[tuple[str, Bar]]] = {}
    lines = unit_lines(series_of([Moment(at, people, bands)]), target)
    for line in group_lines(lines, all_groups(framework)):
        by_kind.setdefault(line.group.kind, []).append((line.group.name[language()], bar(line.points[0])))
    return [(kind_name(kind, language()).capitalize(), rows) for kind, rows in by_kind.items()]


def team_by_team(
    framework: Framework, target: Target, sets: Sequence[tuple[str, Mapping[str, Sequence[Band]]]]
) -> list[TeamsBlock]:
    """Return by cluster and unit the share of every set of people, in the order in which these are given."""
    asked = {ask.code: ask.value for ask in target.asks}
    codes = [code for code in asked if all(code in bands for _name, bands in sets)] if sets else []
    return [
        TeamsBlock(
            group.name,
            group.hue,
            tuple(
                TeamsRow(
                    unit,
                    value_name(framework, asked[unit.code], language()),
                    tuple((name, bar(reach(bands[unit.code], asked[unit.code]))) for name, bands in sets),
                )
                for unit in group.units
            ),
        )
        for group in unit_groups(framework, codes)
    ]


def unit_panels(framework: Framework, target: Target, found: Series, heads: Sequence[str]) -> list[Panel]:
    """Return the units of ``target`` over time, a panel a cluster; cells hold numbers of people."""
    lines = {line.ask.code: line for line in unit_lines(found, target)}
    places = _across(found)
    return [
        Panel(
            group.name,
            group.hue,
            tuple(heads),
            tuple(
                _drawn(
                    (unit.code, unit.name, value_name(framework, lines[unit.code].ask.value, language())),
                    lines[unit.code].points,
                    places,
                    [reach_count(one, language()) for one in lines[unit.code].points],
                    heads,
                )
                for unit in group.units
            ),
        )
        for group in unit_groups(framework, lines)
    ]


def group_panels(framework: Framework, target: Target, found: Series, heads: Sequence[str]) -> list[Panel]:
    """Return the groups of ``framework`` over time, a panel a kind; cells hold shares of the people."""
    by_kind: dict[str, list[Drawn]] = {}
    places = _across(found)
    for line in group_lines(unit_lines(found, target), all_groups(framework)):
        said = [reach_share(one, language()) for one in line.points]
        drawn = _drawn(("", line.group.name[language()], ""), line.points, places, said, heads)
        by_kind.setdefault(line.group.kind, []).append(drawn)
    return [
        Panel(kind_name(kind, language()).capitalize(), 0, tuple(heads), tuple(rows))
        for kind, rows in by_kind.items()
    ]


WIDTH: Final = 160
HEIGHT: Final = 48
_EDGE: Final = 6


def _across(found: Series) -> list[float]:
    """Return how far to the right each moment lies, by its day."""
    days = [moment.at.timestamp() for moment in found.moments]
    room = WIDTH - 2 * _EDGE
    if len(days) < 2:
        return [WIDTH / 2 for _day in days]
    return [round(_EDGE + room * (day - days[0]) / (days[-1] - days[0]), 1) for day in days]


def _height(number: int, people: int) -> float:
    return round(HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * number / people, 1)


def _drawn(
    named: tuple[str, str, str],
    points: Sequence[Reach | None],
    places: Sequence[float],
    said: Sequence[str],
    heads: Sequence[str],
) -> Drawn:
    """Draw the points that are told; where one is not, the line is broken off."""
    runs: list[list[tuple[float, float, float]]] = [[]]
    for point, x in zip(points, places, strict=True):
        if point is None or not point.told:
            runs.append([])
        else:
            runs[-1].append((x, _height(point.low, point.people), _height(point.high, point.people)))
    runs = [run for run in runs if run]
    code, name, sub = named
    return Drawn(
        code=code,
        name=name,
        sub=sub,
        cells=tuple(zip(heads, said, strict=True)),
        areas=tuple(
            _points([*((x, low) for x, low, _high in run), *((x, high) for x, _low, high in reversed(run))])
            for run in runs
            if any(low != high for _x, low, high in run)
        ),
        lines=tuple(_points([(x, (low + high) / 2) for x, low, high in run]) for run in runs if len(run) > 1),
        dots=tuple((x, round((low + high) / 2, 1)) for run in runs for x, low, high in run),
        told=f"{name}: {said[0]} … {said[-1]}" if len(said) > 1 else f"{name}: {said[0]}",
    )


def _points(pairs: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{round(y, 1)}" for x, y in pairs)
