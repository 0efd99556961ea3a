"""The competence wheel: a spoke per judged unit, a ring per stage, life domains around.

Any number of clusters, units and stages will do. The rings of a spoke are full up to the stage that was
shown, for stages are cumulative (004 §1.6). Every wheel has a table that says the same in words.

    figure = wheel(framework, {"1.1": "vakbekwaam", "1.2": None}, language="nl")
    figure.svg(prefix="outcome"), figure.table()
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bekwaam.frameworks.model import Framework, Item
from bekwaam.frameworks.rules import judged_kinds, leaves
from bekwaam.frameworks.wheel_parts import Group, Plan, Ring, Row, Sector, Spoke, State, Unit, band, sectors
from bekwaam.frameworks.wheel_svg import draw, stage_text
from bekwaam.wording import say

Levels = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Wheel(Plan):
    """A wheel that can be drawn and told."""

    def svg(self, prefix: str = "wheel", href: Callable[[str], str] | None = None) -> str:
        """Return the wheel as an SVG element for a page.

        Its ids begin with ``prefix``, which must be unique on the page and a valid start of an id. With
        ``href`` every spoke links to what it returns for the unit's code.
        """
        return draw(self, prefix=prefix, href=href)

    def svg_plain(self, font: str = "Libertinus Serif") -> str:
        """Return the wheel as an SVG file that stands alone: no links, and text in ``font``."""
        return draw(self, prefix="wheel", font=font)

    def table(self, language: str | None = None) -> tuple[Row, ...]:
        """Return the rows of the table beside the wheel, life domains last."""
        language = language or self.language
        rows = [self._row(spoke, language, sector) for sector in self.sectors for spoke in sector.spokes]
        return (*rows, *(self._row(spoke, language, None) for spoke in self.domains))

    def _row(self, spoke: Spoke, language: str, sector: Sector | None) -> Row:
        unit = spoke.unit
        return Row(
            cluster_code=sector.code if sector else "",
            cluster=sector.title if sector else "",
            code=unit.code,
            title=unit.title,
            state=unit.state,
            stage=unit.stage,
            outcome=stage_text(unit, language),
            mark=unit.mark,
        )


def wheel(
    framework: Framework,
    levels: Levels | None,
    *,
    language: str,
    size: int = 640,
    title: str = "",
    domains: bool | None = None,
    names: bool = False,
    marks: Mapping[str, str] | None = None,
    centre: tuple[str, ...] = (),
) -> Wheel:
    """Return the wheel of ``framework`` with what was judged.

    ``levels`` holds the stage per unit, None for *not shown*; a unit that is not in it was not judged.
    Without ``levels`` nobody is judged: the wheel shows the framework itself.
    Life domains stand in it too; their band is drawn when one of them was judged, or as ``domains``
    says. ``names`` writes the names of clusters and life domains around, for a wheel that is never
    small. ``marks`` puts a dot with a word at units, such as "3 pieces". ``centre`` is a large word and
    small lines for the middle. Raises KeyError for a stage that the framework does not have.
    """
    marks = marks or {}
    kind = _spoke_kind(framework)
    units = framework.of_kind(kind)
    asked = _asked(framework, kind)
    rings = _rings(framework, units, language)
    found: dict[tuple[str, str], list[Unit]] = {}
    for item in units:
        unit = _unit(framework, item, levels, asked, language, len(rings), marks)
        group = group_of(framework, item)
        named = (group.code, group.name(language)) if group else ("", "")
        found.setdefault(named, []).append(unit)
    groups = tuple(Group(code, name, tuple(below)) for (code, name), below in found.items())
    around = framework.of_kind("life_domain")
    if domains is None:
        domains = any(item.code in (levels or {}) for item in around)
    banded = tuple(
        _unit(framework, item, levels, None, language, len(framework.stages), marks) for item in around
    )
    return make_wheel(
        groups,
        rings,
        banded if domains else (),
        language=language,
        size=size,
        title=title,
        domain_rings=len(framework.stages),
        asked=[ring.code for ring in rings].index(asked) + 1 if asked and len(rings) > 1 else None,
        names=names,
        centre=centre,
    )


def make_wheel(
    groups: tuple[Group, ...],
    rings: tuple[Ring, ...],
    domains: tuple[Unit, ...] = (),
    *,
    language: str,
    size: int = 640,
    title: str = "",
    domain_rings: int = 0,
    asked: int | None = None,
    names: bool = False,
    centre: tuple[str, ...] = (),
) -> Wheel:
    """Return a wheel of these parts, for whoever has no framework at hand."""
    return Wheel(
        title=title or say(language, "Competence wheel"),
        language=language,
        size=size,
        rings=rings,
        sectors=sectors(groups),
        domains=band(domains),
        domain_rings=domain_rings or len(rings),
        asked=asked,
        centre=centre,
        names=names,
    )


def _spoke_kind(framework: Framework) -> str:
    """Return the kind of unit that gets a spoke: competences, or else what the rule is about."""
    if framework.competences or framework.rule is None:
        return "competence"
    return judged_kinds(framework.rule)[0]


def _asked(framework: Framework, kind: str) -> str | None:
    if framework.rule is None:
        return None
    asked = [leaf.stage for leaf in leaves(framework.rule) if leaf.units.kind == kind and leaf.stage]
    return asked[0] if asked else None


def _rings(framework: Framework, units: tuple[Item, ...], language: str) -> tuple[Ring, ...]:
    if units and all(item.stage is not None for item in units):
        return (Ring("", say(language, "shown")),)  # a unit of one stage is shown or it is not
    return tuple(Ring(stage.code, stage.title[language]) for stage in framework.stages)


def group_of(framework: Framework, item: Item) -> Item | None:
    """Return what a unit is grouped by: its cluster or area, or else the topmost that it lies in."""
    above = list(framework.ancestors(item.code))
    near = next((found for found in above if found.kind in ("cluster", "area")), None)
    return near or (above[-1] if above else None)


def _unit(
    framework: Framework,
    item: Item,
    levels: Levels | None,
    asked: str | None,
    language: str,
    rings: int,
    marks: Mapping[str, str],
) -> Unit:
    judged = levels is not None and item.code in levels
    code = levels.get(item.code) if levels is not None else None
    stage = framework.stage_by_code[code] if code else None
    state = State.SHOWN if stage else State.NOT_SHOWN if judged else State.OPEN
    if levels is None:
        state = State.PLAIN
    wanted = asked or item.stage
    return Unit(
        code=item.code,
        title=item.name(language),
        state=state,
        stage=code,
        stage_title=stage.title[language] if stage else "",
        rings=min(framework.stages.index(stage) + 1, rings) if stage else 0,
        short=judged and wanted is not None and not framework.reaches(code, wanted),
        mark=marks.get(item.code, ""),
    )
