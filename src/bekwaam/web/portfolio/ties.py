"""The checklist of what a piece of evidence shows: by cluster, and of each unit what it asks per stage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from django import forms

from bekwaam.domain.assessment.asked import asked_stage
from bekwaam.frameworks.model import Framework, Item
from bekwaam.web.shared.case import language
from bekwaam.web.shared.units import Group, Unit

# What lies in a unit and can be pointed at by itself.
PARTS = ("indicator", "specific_competence")


@dataclass(frozen=True, slots=True)
class PartRow:
    """Something in a unit that evidence can be tied to, with its text field for why."""

    code: str
    text: str
    ticked: bool
    why: forms.BoundField


@dataclass(frozen=True, slots=True)
class StageRows:
    """What a unit asks at one stage: sentences to read, and parts to tick. Without a title: at no stage."""

    title: str
    rings: int
    asked: bool
    texts: tuple[str, ...]
    rows: tuple[PartRow, ...]


@dataclass(frozen=True, slots=True)
class TieRow:
    """One unit in the checklist, with its text field for why; ``stages`` once its ladder is open."""

    unit: Unit
    ticked: bool
    why: forms.BoundField
    has_ladder: bool
    stages: tuple[StageRows, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class TieGroup:
    """The units of one cluster in the checklist; open when something in it is ticked or looked into."""

    group: Group
    rows: tuple[TieRow, ...]
    ticked: int
    opened: bool


def why_name(code: str) -> str:
    """Return the name of the field for why evidence is tied to ``code``."""
    return f"why_{code}"


def parts_of(framework: Framework, unit: str) -> tuple[Item, ...]:
    """Return what lies in a unit and can be tied by itself."""
    return tuple(item for item in framework.children(unit) if item.kind in PARTS)


def opened_by(framework: Framework, units: Collection[str], codes: Iterable[str]) -> set[str]:
    """Return the units that some of ``codes`` lie in: their ladders have to be there, ticks and all."""
    parents = {framework.by_code[code].parent for code in codes if code in framework.by_code}
    return {code for code in parents if code in units}


def stage_rows(
    framework: Framework, unit: str, chosen: Collection[str], why: Callable[[str], forms.BoundField]
) -> tuple[StageRows, ...]:
    """Return the ladder of a unit, lowest stage first; what stands at no stage comes last."""
    asked = asked_stage(framework, unit)
    found = []
    for number, stage in enumerate(framework.stages, start=1):
        here = [item for item in framework.children(unit) if item.stage == stage.code]
        texts = tuple(i.text[language()] for i in here if i.kind == "stage_text" and i.text)
        rows = tuple(_part(item, chosen, why) for item in here if item.kind in PARTS)
        if texts or rows:
            found.append(StageRows(stage.title[language()], number, stage.code == asked, texts, rows))
    rest = tuple(_part(item, chosen, why) for item in parts_of(framework, unit) if item.stage is None)
    return (*found, StageRows("", 0, False, (), rest)) if rest else tuple(found)


def _part(item: Item, chosen: Collection[str], why: Callable[[str], forms.BoundField]) -> PartRow:
    text = item.text[language()] if item.text and not item.title else item.name(language())
    return PartRow(item.code, text, item.code in chosen, why(item.code))


def has_ladder(framework: Framework, unit: str) -> bool:
    """Tell whether there is anything to read or tick in a unit."""
    return any(item.kind in (*PARTS, "stage_text") for item in framework.children(unit))
