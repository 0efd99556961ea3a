"""The gap between a target and one picture of somebody. Pure.

A picture is one layer of one voice: one's own word, one person's feedback, or what assessors judged in one
procedure. Pictures stand beside each other; nothing here adds, averages or ranks them, and nothing compares
one person with another (design, principles 1 and 2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.domain.assessment.rules import Outcome, evaluate
from bekwaam.domain.growth.rating import NO_STAGE, Scale, Step, rank_of, scale_of, shown_by
from bekwaam.domain.growth.target import Ask, Target
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_


class Layer(StrEnum):
    """Whose word a picture is."""

    SELF = "self"
    FEEDBACK = "feedback"
    JUDGEMENT = "judgement"


LAYER_NAMES: Final[dict[Layer, str]] = {
    Layer.SELF: N_("Self-assessment"),
    Layer.FEEDBACK: N_("What others see"),
    Layer.JUDGEMENT: N_("Judged by assessors"),
}


class Standing(StrEnum):
    """How one unit of a picture stands to what is asked."""

    ENOUGH = "enough"
    SHORT = "short"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Picture:
    """What one voice said: by code a stage, a step, or ``"none"`` or None for looked at and not shown.

    What has no entry was not said, and stays unknown. ``voice`` tells pictures of one layer apart: a
    reference to a round, a request for feedback or a procedure.
    """

    layer: Layer
    values: Mapping[str, str | None]
    voice: str = ""


@dataclass(frozen=True, slots=True)
class UnitGap:
    """One unit: what is asked, what the picture says, and by how many stages it falls short.

    ``shown`` is None where it was looked at and not shown, and where nothing is known.
    """

    ask: Ask
    standing: Standing
    shown: str | None = None
    steps: int = 0

    @property
    def code(self) -> str:
        """Return the code of the unit."""
        return self.ask.code


@dataclass(frozen=True)
class Gap:
    """A target beside one picture, in the order of the document.

    ``outcome`` is what the standard's rule would come to on this picture; None where the target has no rule.
    It is a decision only where assessors' judgements were decided on, elsewhere and by people.
    """

    target: Target
    layer: Layer
    voice: str
    units: tuple[UnitGap, ...]
    outcome: Outcome | None = None

    def of(self, standing: Standing) -> tuple[UnitGap, ...]:
        """Return the units that stand so."""
        return tuple(unit for unit in self.units if unit.standing is standing)


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in several pictures: each by itself, in the order in which the pictures were given."""

    ask: Ask
    gaps: tuple[UnitGap, ...]


def gap(framework: Framework, target: Target, picture: Picture) -> Gap:
    """Return how ``picture`` stands to ``target``.

    ``framework`` is the version that the target is about; ValueError where it is another. A value that the
    framework does not know, such as a stage of another version, says nothing and leaves its unit unknown.
    """
    if target.framework != Reference(framework.id, framework.version):
        raise ValueError(f"the target is about {target.framework}")
    known = {code: value for code, value in picture.values.items() if _says_something(framework, code, value)}
    units = tuple(_unit(framework, ask, known) for ask in target.asks)
    outcome = evaluate(framework, target.rule, _shown(framework, known)) if target.rule else None
    return Gap(target, picture.layer, picture.voice, units, outcome)


def side_by_side(gaps: Sequence[Gap]) -> tuple[Row, ...]:
    """Return the units of one target with what each picture says of them.

    Raises ValueError where the gaps are about different targets.
    """
    if any(one.target != gaps[0].target for one in gaps):
        raise ValueError("these gaps are about different targets")
    columns = [one.units for one in gaps]
    return tuple(Row(units[0].ask, units) for units in zip(*columns, strict=True))


def _unit(framework: Framework, ask: Ask, known: Mapping[str, str | None]) -> UnitGap:
    if ask.code not in known:
        return UnitGap(ask, Standing.UNKNOWN)
    value = known[ask.code]
    item = framework.by_code[ask.code]
    short = rank_of(framework, item, ask.value) - rank_of(framework, item, value)
    shown = None if value == NO_STAGE else value
    return UnitGap(ask, Standing.SHORT if short > 0 else Standing.ENOUGH, shown, max(0, short))


def _says_something(framework: Framework, code: str, value: str | None) -> bool:
    item = framework.by_code.get(code)
    if item is None or value is None or value == NO_STAGE:
        return item is not None
    steps = scale_of(framework, item) is Scale.STEPS
    return value in framework.stage_by_code or (steps and value in list(Step))


def _shown(framework: Framework, known: Mapping[str, str | None]) -> dict[str, str | None]:
    said = {code: value for code, value in known.items() if value is not None}
    return {**dict.fromkeys(known), **shown_by(framework, said)}
