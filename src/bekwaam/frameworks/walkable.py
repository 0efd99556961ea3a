"""Makes a framework safe to walk: every code once, every parent there, no way up that comes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bekwaam.frameworks.model import Framework, Item


def walkable(framework: Framework) -> Framework:
    """Return ``framework`` without items that cannot be named (no code, or one that is used already).

    A parent that is not there, or that lies below the item itself, is left out; the item is then at the
    top. A sound framework comes back as it is.
    """
    by_code: dict[str, Item] = {}
    for item in framework.items:
        if item.code:
            by_code.setdefault(item.code, item)
    circular = in_a_circle(by_code.values())
    items = tuple(
        replace(item, parent=None)
        if item.parent is not None and (item.parent not in by_code or item.code in circular)
        else item
        for item in by_code.values()
    )
    return framework if items == framework.items else replace(framework, items=items)


def in_a_circle(items: Iterable[Item]) -> frozenset[str]:
    """Return the codes of the items that lie in a circle: going up from them, one comes back to them."""
    parents: dict[str, str | None] = {}
    for item in items:
        parents.setdefault(item.code, item.parent)
    circular: set[str] = set()
    done: set[str] = set()
    for code in parents:
        way: dict[str, None] = {}
        at: str | None = code
        while at is not None and at in parents and at not in done and at not in way:
            way[at] = None
            at = parents[at]
        if at is not None and at in way:
            passed = list(way)
            circular.update(passed[passed.index(at) :])
        done.update(way)
    return frozenset(circular)
