"""Rubrics from elsewhere as stages, where they all follow one scale and our kinds have room for them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Final

from bekwaam.frameworks.exchange.case.addresses import line
from bekwaam.frameworks.exchange.case.head import ELSEWHERE, plain
from bekwaam.frameworks.exchange.case.noting import Noting
from bekwaam.frameworks.exchange.case.shapes import uuid_in
from bekwaam.frameworks.exchange.case.tree import Node
from bekwaam.frameworks.model import Framework, Item, Source, Stage, Text
from bekwaam.wording import N_

_STAGED: Final = {"competence": "indicator", "area": "indicator", "life_domain": "stage_text"}
_CRITERION: Final = frozenset(
    ("identifier", "uri", "category", "description", "CFItemURI", "position", "rubricId")
) | {"lastChangeDateTime", "CFRubricCriterionLevels"}
_LEVEL: Final = frozenset(("identifier", "uri", "description", "quality", "score", "position")) | {
    "rubricCriterionId",
    "lastChangeDateTime",
}
_MOST: Final = 10


@dataclass(frozen=True, slots=True)
class _Row:
    """One criterion: the item it is about, and what its levels are called and say, lowest first."""

    item: Item
    qualities: tuple[str, ...]
    descriptions: tuple[str, ...]


def with_scale(
    framework: Framework, nodes: list[Node], rubrics: list[dict[str, Any]], noting: Noting
) -> tuple[Framework, list[dict[str, Any]]]:
    """Return the framework with the scale of ``rubrics`` as its stages, and the rubrics that are left.

    Only where every criterion of every rubric is about an item that can have texts per stage, and all have
    the same levels; otherwise nothing changes and all rubrics are left.
    """
    items = {node.uuid: item for node, item in zip(nodes, framework.items, strict=True)}
    rows = [row for rubric in rubrics for row in _rows(rubric, items, noting)]
    scales = {row.qualities for row in rows if row is not None}
    about = [row.item.code for row in rows if row is not None]
    if None in rows or len(scales) != 1 or len(set(about)) != len(about):
        return framework, rubrics
    scale = scales.pop()
    stages = _stages(scale)
    if len({stage.code for stage in stages}) != len(stages):
        return framework, rubrics
    taken = set(framework.by_code)
    found = [item for row in rows if row is not None for item in _items(row, stages, framework, taken)]
    message = N_("Levels of rubrics became stages, and what they say a text per stage: {number} ({names}).")
    for quality in scale:
        noting.note("scale", message, quality)
    return replace(framework, stages=stages, items=(*framework.items, *found)), []


def _rows(rubric: dict[str, Any], items: dict[str, Item], noting: Noting) -> list[_Row | None]:
    criteria = rubric.get("CFRubricCriteria")
    if not isinstance(criteria, list) or not criteria:
        return [None]
    return [_row(criterion, items, noting) for criterion in criteria]


def _row(criterion: Any, items: dict[str, Item], noting: Noting) -> _Row | None:
    if not isinstance(criterion, dict) or criterion.keys() - _CRITERION:
        return None
    target, levels = criterion.get("CFItemURI"), criterion.get("CFRubricCriterionLevels")
    identifier = uuid_in(target.get("identifier")) if isinstance(target, dict) else None
    item = items.get(identifier or "")
    if (
        item is None
        or item.kind not in _STAGED
        or not isinstance(levels, list)
        or not 1 < len(levels) <= _MOST
    ):
        return None
    found: list[tuple[float, str, str]] = []
    for place, level in enumerate(levels):
        if not isinstance(level, dict) or level.keys() - _LEVEL:
            return None
        quality, description = level.get("quality"), level.get("description", "")
        if not isinstance(quality, str) or not line(quality) or not isinstance(description, str):
            return None
        rank = level.get("score", level.get("position", place))
        if not isinstance(rank, int | float) or isinstance(rank, bool):
            return None
        found.append((rank, line(quality), plain(description, noting)))
    found.sort(key=lambda level: level[0])
    return _Row(item, tuple(one[1] for one in found), tuple(one[2] for one in found))


def _stages(scale: tuple[str, ...]) -> tuple[Stage, ...]:
    return tuple(
        Stage(
            code=re.sub(r"[^a-z0-9]+", "-", quality.lower()).strip("-")[:20].strip("-") or f"level-{rank}",
            short=quality[:2].lower(),
            rank=rank,
            title=Text(quality, quality),
            description=Text("", ""),
            source=Source(ELSEWHERE),
        )
        for rank, quality in enumerate(scale, 1)
    )


def _items(row: _Row, stages: tuple[Stage, ...], framework: Framework, taken: set[str]) -> list[Item]:
    found = []
    for stage, description in zip(stages, row.descriptions, strict=True):
        if not description:
            continue
        code = f"{row.item.code[:24]}.s{stage.rank}"
        while code in taken:
            code += "x"
        taken.add(code)
        found.append(
            Item(
                code=code,
                kind=_STAGED[row.item.kind],
                title=None,
                text=Text(description, description),
                source=Source(ELSEWHERE),
                parent=row.item.code,
                stage=stage.code,
                module=framework.id,
            )
        )
    return found
