"""How people rate themselves against a framework, and how their ratings changed. Pure.

A self-rating is somebody's own word. It is kept per round, stands beside what others say, and is never
averaged with it or turned into a judgement (design, principles 1 and 2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from bekwaam.frameworks.model import Framework, Item
from bekwaam.wording import N_


class Scale(StrEnum):
    """With what an item is rated: the stages of its framework, or three plain steps."""

    STAGES = "stages"
    STEPS = "steps"


class Step(StrEnum):
    """The three steps for what has no stages: an indicator, a trait, a piece of knowledge."""

    NOT_YET = "not_yet"
    PARTLY = "partly"
    YES = "yes"


STEP_NAMES: Final[dict[Step, str]] = {
    Step.NOT_YET: N_("not yet"),
    Step.PARTLY: N_("partly"),
    Step.YES: N_("yes"),
}

# A unit rated below the first stage: somebody looked at it and says "not yet".
NO_STAGE: Final = "none"

# What can be rated as a unit of its own. Indicators are rated below their competence, and in a framework
# with stages the specific competences below their life domain.
_STAGED_UNITS: Final = ("competence", "life_domain")
_STEPPED_UNITS: Final = (
    "competence", "trait", "verb", "qualification", "attitude", "principle", "knowledge_item",
    "knowledge_element", "core_aspect", "building_block", "beacon", "specific_competence", "element",
)  # fmt: skip

_PARTS: Final = ("indicator", "specific_competence")

Change = Literal["new", "same", "up", "down", "gone"]


@dataclass(frozen=True, slots=True)
class Grown:
    """One unit over the rounds: its value in each (None where it was not rated), oldest first.

    ``change`` compares the last two rounds in which it was rated: "new" where there is one, "gone" where
    the newest round left it out.
    """

    code: str
    values: tuple[str | None, ...]
    change: Change


def scale_of(framework: Framework, item: Item) -> Scale | None:
    """Return with what ``item`` is rated; None for what nobody rates themself on, such as a cluster.

    Stages are for competences and life domains of a framework that has stages (004 §1.6).
    """
    if framework.stages and item.kind in _STAGED_UNITS:
        return Scale.STAGES
    if item.kind in _PARTS or (item.kind in _STEPPED_UNITS and not framework.stages):
        return Scale.STEPS
    return None


def rated_units(framework: Framework) -> tuple[Item, ...]:
    """Return what a round of self-assessment asks about, in the order of the document.

    What can be rated inside a unit is left to its page (see :func:`rated_inside`). Where indicators stand
    on their own, as in a standard in which each is judged, they are the units.
    """
    parts = _parts(framework)
    found = tuple(
        item for item in framework.items if item.kind not in parts and scale_of(framework, item) is not None
    )
    return found or framework.of_kind("indicator")


def rated_inside(framework: Framework, unit: str) -> tuple[Item, ...]:
    """Return what can be rated one by one inside a unit: its indicators, or its specific competences."""
    parts = _parts(framework)
    return tuple(item for item in framework.children(unit) if item.kind in parts)


def _parts(framework: Framework) -> tuple[str, ...]:
    return _PARTS if framework.stages else ("indicator",)


def is_value(framework: Framework, item: Item, value: str) -> bool:
    """Tell whether ``value`` is a rating that ``item`` can have."""
    match scale_of(framework, item):
        case Scale.STAGES:
            return value == NO_STAGE or value in framework.stage_by_code
        case Scale.STEPS:
            return value in list(Step)
    return False


def levels(framework: Framework, ratings: Mapping[str, str]) -> dict[str, str | None]:
    """Return the ratings that are stages as the wheel takes them: None for *not yet*."""
    return {
        code: None if value == NO_STAGE else value
        for code, value in ratings.items()
        if value == NO_STAGE or value in framework.stage_by_code
    }


def shown_by(framework: Framework, ratings: Mapping[str, str]) -> dict[str, str | None]:
    """Return ratings as a rule takes what was shown: a stage per unit, None for *not yet*.

    What is rated in steps counts from "yes" on, at its own stage; "partly" is not shown.
    """
    found = levels(framework, ratings)
    for code, value in ratings.items():
        item = framework.by_code.get(code)
        if item is not None and item.stage is not None and value in list(Step):
            found[code] = item.stage if value == Step.YES else None
    return found


def growth(framework: Framework, rounds: Sequence[Mapping[str, str]]) -> tuple[Grown, ...]:
    """Return every unit that was rated in at least one of ``rounds`` (oldest first), in document order."""
    found = []
    for item in framework.items:
        values = tuple(ratings.get(item.code) for ratings in rounds)
        if any(value is not None for value in values):
            found.append(Grown(item.code, values, _change(framework, item, values)))
    return tuple(found)


def _change(framework: Framework, item: Item, values: tuple[str | None, ...]) -> Change:
    if values[-1] is None:
        return "gone"
    known = [value for value in values if value is not None]
    if len(known) == 1:
        return "new"
    before, now = (rank_of(framework, item, value) for value in known[-2:])
    return "same" if before == now else "up" if now > before else "down"


def rank_of(framework: Framework, item: Item, value: str | None) -> int:
    """Return how far a rating or judgement reaches on the scale of ``item``; 0 is the lowest there is.

    ``value`` is a stage, a step, or :data:`NO_STAGE` or None for what was looked at and not shown. A stage
    given to something that is rated in steps, as an assessor does with an indicator, is the step "yes".
    """
    if value is None or value == NO_STAGE:
        return 0
    if scale_of(framework, item) is Scale.STEPS:
        steps = list(Step)
        return steps.index(Step(value)) if value in steps else steps.index(Step.YES)
    return framework.stage_by_code[value].rank
