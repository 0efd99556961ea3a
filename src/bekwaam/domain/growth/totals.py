"""A gap gathered: per cluster and life domain, and through a crosswalk per quadrant and verb. Pure.

A competence that a crosswalk ties to two quadrants counts in both, so totals are never added up over groups.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from bekwaam.domain.growth.gap import Gap, Standing, UnitGap
from bekwaam.frameworks.crosswalk import Crosswalk
from bekwaam.frameworks.function_profile import ACCENT_KINDS
from bekwaam.frameworks.model import Framework, Item, Text

INSIDE_KINDS: Final = ("cluster", "area", "practice_theme", "life_domain")


@dataclass(frozen=True, slots=True)
class Group:
    """Units that are looked at together: what holds them, and their codes in the order of the document."""

    kind: str
    code: str
    name: Text
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """How many of the units that are asked in a group are enough, fall short or are unknown.

    ``steps`` is by how many stages they fall short together: the way to go, not a score.
    """

    group: Group
    enough: int
    short: int
    unknown: int
    steps: int

    @property
    def asked(self) -> int:
        """Return how many units of the group the target asks."""
        return self.enough + self.short + self.unknown


def groups_in(framework: Framework, kinds: Collection[str] = INSIDE_KINDS) -> tuple[Group, ...]:
    """Return the clusters and life domains of a framework with what lies in them.

    A life domain is a unit of its own as well, and is in its own group.
    """
    members: dict[str, list[str]] = {item.code: [] for item in framework.items if item.kind in kinds}
    for item in framework.items:
        if item.code in members:
            members[item.code].append(item.code)
        for above in framework.ancestors(item.code):
            if above.code in members:
                members[above.code].append(item.code)
    by_code = framework.by_code
    return tuple(_group(by_code[code], tuple(units)) for code, units in members.items())


def groups_through(
    framework: Framework, crosswalk: Crosswalk, other: Framework, kinds: Collection[str] = ACCENT_KINDS
) -> tuple[Group, ...]:
    """Return the items of ``kinds`` in ``other`` with the units of ``framework`` that are tied to them.

    The crosswalk may lead either way. Which units a group holds is what the crosswalk says, and its links
    say whose idea that is; what it does not tie is in no group.
    """
    order = {item.code: place for place, item in enumerate(framework.items)}
    found = []
    for item in other.items:
        if item.kind not in kinds:
            continue
        ends = {link.from_code for link in crosswalk.links_to(item.code)}
        ends |= {link.to_code for link in crosswalk.links_from(item.code)}
        units = sorted(ends & order.keys(), key=order.__getitem__)
        found.append(_group(item, tuple(units)))
    return tuple(found)


def totals(gap: Gap, groups: Iterable[Group]) -> tuple[Total, ...]:
    """Return a total for every group in which the target asks something, in the order of the groups."""
    by_code = {unit.code: unit for unit in gap.units}
    found = (_total(group, [by_code[code] for code in group.units if code in by_code]) for group in groups)
    return tuple(total for total in found if total.asked)


def _group(item: Item, units: tuple[str, ...]) -> Group:
    return Group(item.kind, item.code, item.title or item.text or Text(item.code, item.code), units)


def _total(group: Group, units: list[UnitGap]) -> Total:
    counted = {standing: sum(unit.standing is standing for unit in units) for standing in Standing}
    return Total(
        group=group,
        enough=counted[Standing.ENOUGH],
        short=counted[Standing.SHORT],
        unknown=counted[Standing.UNKNOWN],
        steps=sum(unit.steps for unit in units),
    )
