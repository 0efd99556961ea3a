"""The geometry of the wheel's drawing: where each ring and text lies, and its shapes as SVG path data."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, radians, sin
from textwrap import wrap
from typing import Final

from bekwaam.frameworks.wheel_parts import Plan

Point = tuple[float, float]
# How wide a letter is on average, as a part of the font's size: measured on Dutch names in a sans serif.
LETTER: Final = 0.53
SMALLEST_TEXT: Final = 10.0
NAME_LINES: Final = 3
LINE: Final = 1.15
LARGE: Final = 480  # from this size on texts can be their full size


@dataclass(frozen=True, slots=True)
class Layout:
    """The radii of a wheel, from the middle outward. ``code_size`` is 0 where codes do not fit."""

    centre: Point
    inner: float
    outer: float
    codes: float
    names: float
    band_inner: float
    band_outer: float
    domain_names: float
    code_size: float
    name_size: float

    def ring(self, number: int, count: int) -> tuple[float, float]:
        """Return the inner and outer radius of ring ``number`` (from 1, inside out) of ``count``."""
        return _slice(self.inner, self.outer, number, count)

    def domain_ring(self, number: int, count: int) -> tuple[float, float]:
        """Return the same for the band of life domains."""
        return _slice(self.band_inner, self.band_outer, number, count)


def _slice(inner: float, outer: float, number: int, count: int) -> tuple[float, float]:
    each = (outer - inner) / max(count, 1)
    return inner + each * (number - 1), inner + each * number


def layout(plan: Plan) -> Layout:
    """Divide the drawing from the rim inward: life domains, names, codes, and the rings."""
    half = plan.size / 2
    small = plan.size < LARGE
    name_size = 11.0 if small else 13.5
    radius = half - 2
    domain_names = band_outer = band_inner = radius
    if plan.domains:
        domain_names = radius - 6
        band_outer = radius - (13 if small else 16)
        band_inner = band_outer - (9 if small else 15)
        radius = band_inner - (4 if small else 6)
    names = radius - name_size * 0.6
    if plan.names:
        radius -= (NAME_LINES * LINE - 0.4) * name_size
    code_size = 10.0 if small else 13.0
    codes = radius - code_size * 0.95
    room = 2 * pi * codes / max(len(plan.spokes), 1)
    longest = max((len(spoke.unit.code) for spoke in plan.spokes), default=0)
    if room < (longest + 0.5) * LETTER * code_size:  # they would run into each other
        code_size = 0.0
    radius = codes - (code_size or SMALLEST_TEXT) * 0.95
    return Layout(
        centre=(half, half),
        inner=radius * 0.35,
        outer=radius,
        codes=codes,
        names=names,
        band_inner=band_inner,
        band_outer=band_outer,
        domain_names=domain_names,
        code_size=code_size,
        name_size=name_size,
    )


def deepening(number: int, count: int) -> float:
    """Return how much darker than the hue full ring ``number`` of ``count`` is: the inner ones most."""
    return 0.24 * (count - number) / (count - 1) if count > 1 else 0.0


def mix(colour: str, other: str, part: float) -> str:
    """Return ``colour`` (#rrggbb) with ``part`` (0 to 1) of ``other`` mixed in."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def point(centre: Point, radius: float, angle: float) -> Point:
    """Return the point at ``angle`` (degrees clockwise from the top) and ``radius``, to a tenth."""
    turned = radians(angle - 90)
    return round(centre[0] + radius * cos(turned), 1), round(centre[1] + radius * sin(turned), 1)


def arc(centre: Point, radius: float, start: float, end: float, reverse: bool = False) -> str:
    """Return path data of an arc; ``reverse`` draws it anticlockwise, from ``end`` to ``start``."""
    end = min(end, start + 359.9)  # an arc that ends where it begins is no arc
    first, last = point(centre, radius, start), point(centre, radius, end)
    if reverse:
        first, last = last, first
    large, sweep = int(end - start > 180), int(not reverse)
    return f"M{_xy(first)}A{radius:.1f} {radius:.1f} 0 {large} {sweep} {_xy(last)}"


def ring_segment(
    centre: Point, inner: float, outer: float, start: float, end: float, trim: float = 0.0
) -> str:
    """Return path data of a piece of a ring, each side ``trim`` units narrower."""
    end = min(end, start + 359.9)
    off_out, off_in = (trim / radius * 180 / pi for radius in (outer, inner))
    large = int(end - start > 180)
    return (
        f"M{_xy(point(centre, outer, start + off_out))}"
        f"A{outer:.1f} {outer:.1f} 0 {large} 1 {_xy(point(centre, outer, end - off_out))}"
        f"L{_xy(point(centre, inner, end - off_in))}"
        f"A{inner:.1f} {inner:.1f} 0 {large} 0 {_xy(point(centre, inner, start + off_in))}Z"
    )


def _xy(at: Point) -> str:
    return f"{at[0]:.1f} {at[1]:.1f}"


@dataclass(frozen=True, slots=True)
class CurvedLine:
    """One line of text along a circle; ``reverse`` where it would otherwise stand on its head."""

    text: str
    radius: float
    size: float
    reverse: bool


def curved_lines(
    text: str, start: float, end: float, radius: float, size: float, most: int
) -> tuple[CurvedLine, ...]:
    """Lay ``text`` along the arc in at most ``most`` lines, smaller if need be.

    ``radius`` is the middle of the outermost line. Where it does not fit even so, it is left out: the
    table and the legend have it.
    """
    reverse = 90 < (start + end) / 2 % 360 < 270
    for fitted in (size, size - 1, size - 2, size - 3):
        if fitted < SMALLEST_TEXT:
            break
        room = radians(end - start) * (radius - (most - 1) * fitted * LINE)
        lines = _balanced(text, int(room / (LETTER * fitted)), most)
        if lines:
            return tuple(
                CurvedLine(
                    line, _line_radius(radius, fitted, number, len(lines), most, reverse), fitted, reverse
                )
                for number, line in enumerate(lines)
            )
    return ()


def _balanced(text: str, letters: int, most: int) -> list[str]:
    """Break ``text`` into as few lines as will do, of about the same length; empty where it cannot be."""
    for count in range(1, most + 1):
        for width in range(-(-len(text) // count), letters + 1):
            lines = wrap(text, width, break_long_words=False, break_on_hyphens=False)
            if len(lines) <= count and all(len(line) <= letters for line in lines):
                return lines
    return []


def _line_radius(radius: float, size: float, number: int, count: int, most: int, reverse: bool) -> float:
    """Return the radius of a line's baseline: the first line outermost, or innermost when reversed."""
    if most > count:  # fewer lines than there is room for: in the middle of it
        radius -= size * LINE * (most - count) / 2
    row = count - 1 - number if reverse else number
    middle = radius - row * size * LINE
    return round(middle + size * 0.35 if reverse else middle - size * 0.35, 1)
