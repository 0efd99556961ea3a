"""Judged units by the group they belong to, each with the hue that it has everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import cycle
from typing import Final

from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.model import Framework, Item
from bekwaam.frameworks.wheel import group_of as nearest_group
from bekwaam.web.shared.case import language

HUES: Final = 7


@dataclass(frozen=True, slots=True)
class Unit:
    """A judged unit: its code and name, and the hue (1-7, 0 for none) and name of where it belongs."""

    code: str
    name: str
    hue: int
    group: str


@dataclass(frozen=True, slots=True)
class Group:
    """Units that belong together: a cluster, an area, a competence, or the life domains (no code)."""

    name: str
    code: str
    hue: int
    units: tuple[Unit, ...]


def unit_groups(framework: Framework, codes: Iterable[str]) -> list[Group]:
    """Return items of the framework by the group they belong to, in the order given."""

    def lies_in(item: Item) -> str | None:
        group = item if item.kind in ("cluster", "area") else nearest_group(framework, item)
        return group.code if group else None

    return list(grouped(framework, codes, lies_in))


def grouped(
    framework: Framework, codes: Iterable[str], group_of: Callable[[Item], str | None]
) -> tuple[Group, ...]:
    """Return items of the framework by the code that ``group_of`` gives, in the order given.

    What belongs to no group stands together by its kind, without a hue.
    """
    found: dict[str, list[Item]] = {}
    for code in codes:
        item = framework.by_code[code]
        found.setdefault(group_of(item) or f" {item.kind}", []).append(item)
    hues = cycle(range(1, HUES + 1))
    return tuple(_group(framework, key, items, hues) for key, items in found.items())


def _group(framework: Framework, key: str, items: list[Item], hues: Iterable[int]) -> Group:
    above = framework.by_code.get(key)
    hue = next(iter(hues)) if above else 0
    name = above.name(language()) if above else kind_name(key.strip(), language()).capitalize()
    units = tuple(Unit(item.code, item.name(language()), hue, name) for item in items)
    return Group(name, above.code if above else "", hue, units)
