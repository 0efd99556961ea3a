"""Draws a competence wheel as SVG.

The classes are what ``css/chain.css`` styles; the same colours stand in presentation attributes, so that
the drawing is right on its own and on paper. There is no style attribute in it (the content security
policy allows none). Nothing is told by colour alone: rings say the stage by their place, a cross says
*not shown*, hollow rings say *not judged yet*, a dashed outline says *short of what is asked*.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Final

from bekwaam.frameworks.wheel_parts import Plan, Sector, Spoke, State, Unit
from bekwaam.frameworks.wheel_shapes import (
    NAME_LINES,
    SMALLEST_TEXT,
    Layout,
    arc,
    curved_lines,
    deepening,
    layout,
    mix,
    point,
    ring_segment,
)
from bekwaam.wording import say

# The hues of the clusters, the same as --bekwaam-hue-N in css/tokens.css; all at least 3:1 on white.
HUES: Final = ("#cb4f3c", "#b3780a", "#5c8a22", "#118a74", "#2877bd", "#6a5bbf", "#b0468c")
DOMAIN_HUE: Final = "#2a7d82"
INK: Final = "#12262a"
MUTED: Final = "#4b5f63"
PAPER: Final = "#ffffff"
_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Pen:
    """What one drawing is made with: the plan, its radii, the prefix of its ids, font and links."""

    plan: Plan
    at: Layout
    prefix: str
    font: str
    href: Callable[[str], str] | None


def hue(number: int) -> str:
    """Return the hue of the ``number``-th cluster, from 1; they come round after the last."""
    return HUES[(number - 1) % len(HUES)]


def stage_text(unit: Unit, language: str) -> str:
    """Return what is known of ``unit`` in words; nothing where nobody is judged."""
    match unit.state:
        case State.SHOWN:
            return unit.stage_title
        case State.NOT_SHOWN:
            return say(language, "not shown")
        case State.PLAIN:
            return ""
        case _:
            return say(language, "not judged yet")


def draw(plan: Plan, *, prefix: str, font: str = "", href: Callable[[str], str] | None = None) -> str:
    """Return ``plan`` as an SVG element; with a ``font`` as one of fixed size that stands alone."""
    pen = Pen(plan, layout(plan), prefix, font, href)
    size = f' width="{plan.size}" height="{plan.size}"' if font else ""
    role = "group" if href else "img"  # what is inside an img cannot be reached, links neither
    family = font or "system-ui, sans-serif"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="wheel" viewBox="0 0 {plan.size} {plan.size}"{size} '
        f'role="{role}" aria-labelledby="{_safe(prefix)}-title {_safe(prefix)}-desc" '
        f'font-family="{_safe(family)}">',
        f'<title id="{_safe(prefix)}-title">{_safe(plan.title)}</title>',
        f'<desc id="{_safe(prefix)}-desc">{_safe(describe(plan))}</desc>',
        *(_sector(pen, sector) for sector in plan.sectors),
        _norm(pen),
        _domains(pen),
        _centre(pen),
        "</svg>",
    ]
    return "".join(parts)


def describe(plan: Plan) -> str:
    """Return in words what the wheel shows: how many units came to what."""
    spokes = plan.spokes
    counts: dict[str, int] = {}
    for spoke in spokes:
        if text := stage_text(spoke.unit, plan.language):
            counts[text] = counts.get(text, 0) + 1
    told = "; ".join(f"{text}: {number}" for text, number in counts.items())
    text = say(
        plan.language,
        "{units} spokes in {clusters} clusters. From the inside out the rings are: {rings}.",
        units=len(spokes),
        clusters=len(plan.sectors),
        rings=", ".join(ring.title for ring in plan.rings),
    )
    return f"{text} {told}." if told else text


def _sector(pen: Pen, sector: Sector) -> str:
    number = (sector.number - 1) % len(HUES) + 1
    label = ""
    if not pen.at.code_size:  # no room for the codes of units: then that of the cluster
        middle = (sector.start + sector.end) / 2
        label = _upright(pen, "wheel__label", pen.at.codes, middle, sector.code, INK)
    spokes = "".join(_spoke(pen, spoke, hue(sector.number)) for spoke in sector.spokes)
    return (
        f'<g class="wheel__cluster wheel__cluster--{number}">{spokes}{label}{_cluster_name(pen, sector)}</g>'
    )


def _spoke(pen: Pen, spoke: Spoke, colour: str) -> str:
    unit, at = spoke.unit, pen.at
    told = _told(pen, unit)
    told += f" ({unit.mark})" if unit.mark else ""
    classes = "wheel__spoke" + (" wheel__spoke--short" if unit.short else "")
    rings = "".join(_ring(pen, spoke, number, colour) for number in range(1, len(pen.plan.rings) + 1))
    inside = f"<title>{_safe(told)}</title>{rings}{_mark(pen, spoke, colour)}"
    if at.code_size:
        inside += _upright(pen, "wheel__label", at.codes, spoke.middle, unit.code, INK)
    if pen.href:
        target = _safe(pen.href(unit.code))
        inside = f'<a class="wheel__link" href="{target}" aria-label="{_safe(told)}">{inside}</a>'
    return (
        f'<g class="{classes}" data-code="{_safe(unit.code)}" data-state="{unit.state}" '
        f'data-rings="{unit.rings}" data-stage="{_safe(unit.stage or "")}">{inside}</g>'
    )


def _told(pen: Pen, unit: Unit) -> str:
    known = stage_text(unit, pen.plan.language)
    return f"{unit.code} {unit.title}" + (f": {known}" if known else "")


def _ring(pen: Pen, spoke: Spoke, number: int, colour: str) -> str:
    unit, plan, at = spoke.unit, pen.plan, pen.at
    full = number <= unit.rings
    classes = "wheel__ring" + (" wheel__ring--full" if full else "")
    fill = mix(colour, "#000000", deepening(number, len(plan.rings))) if full else mix(colour, PAPER, 0.87)
    stroke, width, dash = PAPER, 1.5, ""
    if unit.state is State.OPEN:
        fill, stroke, width = PAPER, mix(colour, PAPER, 0.45), 1.0
    if unit.short and number == plan.asked:
        classes += " wheel__ring--asked"
        stroke, width, dash = INK, 1.6, ' stroke-dasharray="4 3"'
    inner, outer = at.ring(number, len(plan.rings))
    if dash:
        inner, outer = inner + 1.5, outer - 1.5  # or its neighbours would cover the outline
    shape = ring_segment(at.centre, inner, outer, spoke.start, spoke.end, 0.8 if dash else 0.0)
    return (
        f'<path class="{classes}" d="{shape}" fill="{fill}" stroke="{stroke}" stroke-width="{width}"{dash}/>'
    )


def _mark(pen: Pen, spoke: Spoke, colour: str) -> str:
    """Return the cross of *not shown*, or the dot of a unit that has a mark."""
    at, unit = pen.at, spoke.unit
    inner, outer = at.ring(1, len(pen.plan.rings))
    x, y = point(at.centre, (inner + outer) / 2, spoke.middle)
    arm = round(min((outer - inner) * 0.2, 6.0), 1)
    if unit.state is State.NOT_SHOWN:
        return (
            f'<path class="wheel__cross" d="M{x - arm:.1f} {y - arm:.1f}L{x + arm:.1f} {y + arm:.1f}'
            f'M{x + arm:.1f} {y - arm:.1f}L{x - arm:.1f} {y + arm:.1f}" fill="none" stroke="{INK}" '
            f'stroke-width="1.6" stroke-linecap="round"/>'
        )
    if unit.mark:
        return f'<circle class="wheel__dot" cx="{x}" cy="{y}" r="{arm + 1:.1f}" fill="{colour}"/>'
    return ""


def _cluster_name(pen: Pen, sector: Sector) -> str:
    if not pen.plan.names or not sector.title:
        return ""
    return _curved(
        pen, f"{pen.prefix}-c{sector.number}", sector.title, sector, pen.at.names, "wheel__name", NAME_LINES
    )


def _norm(pen: Pen) -> str:
    if pen.plan.asked is None or not pen.plan.sectors:
        return ""
    _, radius = pen.at.ring(pen.plan.asked, len(pen.plan.rings))
    x, y = pen.at.centre
    return (
        f'<circle class="wheel__norm" cx="{x}" cy="{y}" r="{radius:.1f}" fill="none" stroke="{INK}" '
        f'stroke-width="1.25" stroke-dasharray="2 4"/>'
    )


def _domains(pen: Pen) -> str:
    """Return the band of life domains around the wheel, a thin ring per stage."""
    if not pen.plan.domains:
        return ""
    return f'<g class="wheel__domains">{"".join(_domain(pen, spoke) for spoke in pen.plan.domains)}</g>'


def _domain(pen: Pen, spoke: Spoke) -> str:
    unit, at, count = spoke.unit, pen.at, pen.plan.domain_rings
    rings = []
    for number in range(1, count + 1):
        inner, outer = at.domain_ring(number, count)
        full = number <= unit.rings
        fill = DOMAIN_HUE if full else PAPER if unit.state is State.OPEN else mix(DOMAIN_HUE, PAPER, 0.85)
        stroke = mix(DOMAIN_HUE, PAPER, 0.5) if unit.state is State.OPEN else PAPER
        classes = "wheel__domain" + (" wheel__domain--full" if full else "")
        shape = ring_segment(at.centre, inner, outer, spoke.start, spoke.end)
        rings.append(f'<path class="{classes}" d="{shape}" fill="{fill}" stroke="{stroke}"/>')
    told = _told(pen, unit)
    label = ""
    if pen.plan.names:
        ident = f"{pen.prefix}-{unit.code}"
        label = _curved(pen, ident, unit.title, spoke, at.domain_names, "wheel__domain-name")
    label = label or _upright(pen, "wheel__domain-name", at.domain_names, spoke.middle, unit.code, MUTED)
    return (
        f'<g class="wheel__domain-spoke" data-code="{_safe(unit.code)}" data-state="{unit.state}" '
        f'data-rings="{unit.rings}"><title>{_safe(told)}</title>{"".join(rings)}{label}</g>'
    )


def _curved(
    pen: Pen, ident: str, text: str, place: Sector | Spoke, radius: float, name: str, lines: int = 1
) -> str:
    """Return ``text`` along the circle; nothing where it does not fit."""
    out = []
    found = curved_lines(text, place.start, place.end, radius, pen.at.name_size, lines)
    for number, line in enumerate(found, start=1):
        path = arc(pen.at.centre, line.radius, place.start, place.end, line.reverse)
        known = f"{_safe(ident)}-{number}"
        out.append(
            f'<path id="{known}" d="{path}" fill="none"/>'
            f'<text class="{name}" font-size="{line.size}" fill="{MUTED}" text-anchor="middle">'
            f'<textPath href="#{known}" startOffset="50%">{_safe(line.text)}</textPath></text>'
        )
    return "".join(out)


def _upright(pen: Pen, name: str, radius: float, angle: float, text: str, colour: str) -> str:
    """Return a level ``text`` at ``angle`` and ``radius``."""
    size = pen.at.code_size or SMALLEST_TEXT
    x, y = point(pen.at.centre, radius, angle)
    return (
        f'<text class="{name}" x="{x}" y="{y + size * 0.35:.1f}" text-anchor="middle" '
        f'font-size="{size}" fill="{colour}">{_safe(text)}</text>'
    )


def _centre(pen: Pen) -> str:
    """Return the lines in the middle: the first large, the others small."""
    x, y = pen.at.centre
    large, small = pen.at.inner * 0.62, pen.at.inner * 0.2
    lines = pen.plan.centre
    top = y + large * 0.35 - (len(lines) - 1) * small * 0.7
    out = []
    for number, text in enumerate(lines):
        size = large if number == 0 else small
        out.append(
            f'<text class="wheel__centre" x="{x}" y="{top + number * small * 1.5:.1f}" text-anchor="middle" '
            f'font-size="{size:.1f}" fill="{INK}">{_safe(text)}</text>'
        )
    return "".join(out)


def _safe(text: str) -> str:
    """Return ``text`` for use in XML, without the characters that XML cannot carry at all."""
    return escape(_NOT_IN_XML.sub("", text))
