"""What somebody wants to grow towards: a standard, a stage, a function profile, or the whole. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from bekwaam.domain.assessment.asked import asked_stage
from bekwaam.domain.growth.rating import Scale, Step, rated_units, scale_of
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.function_profile import FunctionProfile
from bekwaam.frameworks.model import Framework, Item, Text
from bekwaam.frameworks.rules import Rule, judged_kinds

EVERY_KIND: Final = ("competence", "life_domain")


class TargetKind(StrEnum):
    """What a target was made of."""

    STANDARD = "standard"
    STAGE = "stage"
    PROFILE = "profile"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a target asks of one unit: ``value`` on the unit's own scale, a stage or the step "yes".

    ``reason`` says why a profile asks it; ``own`` that no document does, and ``copied`` that an organisation
    took it over as it stood from a profile that comes with the product.
    """

    code: str
    value: str
    reason: Text | None = None
    own: bool = False
    copied: bool = False


@dataclass(frozen=True)
class Target:
    """Something to grow towards, on one version of a framework; ``asks`` in the order of the document.

    ``rule`` is the standard's own: it may be met without everything that is asked (004 §1.1: 17 of the 21).
    """

    kind: TargetKind
    framework: Reference
    name: Text
    asks: tuple[Ask, ...]
    rule: Rule | None = None
    profile: FunctionProfile | None = None

    @cached_property
    def by_code(self) -> dict[str, Ask]:
        """Return what is asked by the code of the unit."""
        return {ask.code: ask for ask in self.asks}


def target_of_standard(framework: Framework) -> Target:
    """Return what a standard's rule asks of each unit it counts. Raises ValueError without a rule."""
    if framework.rule is None:
        raise ValueError(f"{framework.id} is not a standard: it has no rule")
    kinds = judged_kinds(framework.rule)
    units = [item for item in framework.items if item.kind in kinds]
    asked = {item.code: asked_stage(framework, item.code) for item in units}
    asks = tuple(
        Ask(item.code, _value(framework, item, asked[item.code]))
        for item in units
        if asked[item.code] is not None or not framework.stages
    )
    reference = Reference(framework.id, framework.version)
    return Target(TargetKind.STANDARD, reference, framework.title, asks, rule=framework.rule)


def target_of_stage(framework: Framework, stage: str, kinds: Collection[str] = EVERY_KIND) -> Target:
    """Return one stage for every unit of ``kinds``. Raises KeyError for a stage that is not there."""
    found = framework.stage_by_code[stage]
    asks = tuple(Ask(item.code, stage) for item in framework.items if item.kind in kinds)
    return Target(TargetKind.STAGE, Reference(framework.id, framework.version), found.title, asks)


def target_of_whole(framework: Framework) -> Target:
    """Return "yes" for everything that is rated in steps, as in a framework without stages.

    Raises ValueError where nothing is.
    """
    units = [item for item in rated_units(framework) if scale_of(framework, item) is Scale.STEPS]
    if not units:
        raise ValueError(f"nothing in {framework.id} is rated in steps")
    asks = tuple(Ask(item.code, Step.YES) for item in units)
    reference = Reference(framework.id, framework.version)
    return Target(TargetKind.WHOLE, reference, framework.title, asks)


def target_of_profile(framework: Framework, profile: FunctionProfile) -> Target:
    """Return what a profile asks. Raises ValueError where it is about another version than ``framework``."""
    reference = Reference(framework.id, framework.version)
    if profile.framework != reference:
        raise ValueError(f"profile {profile.code} is about {profile.framework}, not about {reference}")
    asks = tuple(
        Ask(item.code, _value(framework, item, demand.stage), demand.reason, demand.own, demand.copied)
        for item in framework.items
        if (demand := profile.by_code.get(item.code)) is not None
    )
    return Target(TargetKind.PROFILE, reference, profile.name, asks, profile=profile)


def _value(framework: Framework, item: Item, stage: str | None) -> str:
    """Return what is asked on the scale of ``item``: what is rated in steps is asked with "yes"."""
    if stage is None or scale_of(framework, item) is Scale.STEPS:
        return Step.YES
    return stage
