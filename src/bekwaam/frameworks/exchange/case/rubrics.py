"""Stages with their indicators as rubrics: one for every item that has something to show per stage."""

from __future__ import annotations

from typing import Any

from bekwaam.frameworks.exchange.case.addresses import Addresses, identify, line
from bekwaam.frameworks.exchange.case.kind_words import kind_word
from bekwaam.frameworks.model import Framework, Item, Stage


def rubrics_of(framework: Framework, addresses: Addresses, moment: str) -> list[dict[str, Any]]:
    """Return the CFRubrics of ``framework``: a criterion that points at the item, a level per stage.

    They are made of the items that belong to a stage, which stand in the package themselves too.
    """
    staged: dict[str, list[Item]] = {}
    for item in framework.items:
        if item.parent is not None and item.stage in framework.stage_by_code:
            staged.setdefault(item.parent, []).append(item)
    maker = _Maker(framework, addresses, moment)
    return [maker.rubric(framework.by_code[code], items) for code, items in staged.items()]


class _Maker:
    def __init__(self, framework: Framework, addresses: Addresses, moment: str) -> None:
        self._framework, self._addresses, self._moment = framework, addresses, moment

    def _identify(self, entity: str, code: str) -> str:
        return identify(self._framework.id, self._framework.version, entity, code)

    def rubric(self, item: Item, staged: list[Item]) -> dict[str, Any]:
        identifier = self._identify("rubric", item.code)
        return {
            "identifier": identifier,
            "uri": self._addresses.uri("CFRubrics", identifier),
            "title": line(item.name("nl")),
            "lastChangeDateTime": self._moment,
            "CFRubricCriteria": [self._criterion(item, staged, identifier)],
        }

    def _criterion(self, item: Item, staged: list[Item], rubric: str) -> dict[str, Any]:
        identifier = self._identify("criterion", item.code)
        target = item.uuid or self._identify("item", item.code)
        stages = [stage for stage in self._framework.stages if any(one.stage == stage.code for one in staged)]
        return {
            "identifier": identifier,
            "uri": self._addresses.part("CFRubrics", rubric, identifier),
            "category": kind_word(staged[0].kind).nl,
            "description": _said(item),
            "CFItemURI": self._addresses.link("CFItems", target, item.name("nl")),
            "position": 1,
            "rubricId": rubric,
            "lastChangeDateTime": self._moment,
            "CFRubricCriterionLevels": [
                self._level(item, stage, position, [one for one in staged if one.stage == stage.code], rubric)
                for position, stage in enumerate(stages, 1)
            ],
        }

    def _level(
        self, item: Item, stage: Stage, position: int, staged: list[Item], rubric: str
    ) -> dict[str, Any]:
        identifier = self._identify("level", f"{item.code}/{stage.code}")
        return {
            "identifier": identifier,
            "uri": self._addresses.part("CFRubrics", rubric, identifier),
            "description": "\n".join(_said(one) for one in staged),
            "quality": line(stage.title.nl),
            "score": stage.rank,
            "position": position,
            "rubricCriterionId": self._identify("criterion", item.code),
            "lastChangeDateTime": self._moment,
        }


def _said(item: Item) -> str:
    said = item.text or item.title
    return said.nl if said is not None else item.code
