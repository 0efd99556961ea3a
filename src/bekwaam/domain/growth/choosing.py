"""Targets by name: what an address and a goal say for a standard, a stage, a profile or the whole. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bekwaam.domain.growth.rating import Scale, rated_units, scale_of
from bekwaam.domain.growth.target import (
    EVERY_KIND,
    Target,
    TargetKind,
    target_of_profile,
    target_of_stage,
    target_of_standard,
    target_of_whole,
)
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.function_profile import FunctionProfile
from bekwaam.frameworks.model import Framework

STANDARD: Final = "standaard"
WHOLE: Final = "geheel"
_STAGE: Final = "stadium-"
_PROFILE: Final = "functie-"


def key_of(target: Target) -> str:
    """Return what a target is called in an address; :func:`target_named` finds it again by that."""
    if target.kind is TargetKind.STANDARD:
        return STANDARD
    if target.kind is TargetKind.WHOLE:
        return WHOLE
    if target.profile is not None:
        return _PROFILE + target.profile.code
    return _STAGE + target.asks[0].value


def target_named(framework: Framework, key: str, profiles: Iterable[FunctionProfile]) -> Target | None:
    """Return the target of ``framework`` that ``key`` names; None where there is none.

    ``profiles`` are those that may be chosen; what is about another version is passed over.
    """
    if key == STANDARD and framework.rule is not None:
        return target_of_standard(framework)
    if key == WHOLE and is_rated_in_steps(framework):
        return target_of_whole(framework)
    if key.startswith(_STAGE) and key.removeprefix(_STAGE) in stages_to_reach(framework):
        return target_of_stage(framework, key.removeprefix(_STAGE))
    reference = Reference(framework.id, framework.version)
    code = key.removeprefix(_PROFILE) if key.startswith(_PROFILE) else ""
    found = (profile for profile in profiles if profile.code == code and profile.framework == reference)
    return next((target_of_profile(framework, profile) for profile in found), None)


def widest_key(framework: Framework) -> str:
    """Return the target that asks most without asking for a choice; empty where there is none.

    The standard itself, or the whole; else the first stage, for who knows no more is asked no more.
    """
    if framework.rule is not None:
        return STANDARD
    if is_rated_in_steps(framework):
        return WHOLE
    stages = stages_to_reach(framework)
    return _STAGE + stages[0] if stages else ""


def stages_to_reach(framework: Framework) -> tuple[str, ...]:
    """Return the codes of the stages that can be a target: none where nothing is rated in stages."""
    staged = any(
        item.kind in EVERY_KIND and scale_of(framework, item) is Scale.STAGES
        for item in rated_units(framework)
    )
    return tuple(stage.code for stage in framework.stages) if staged else ()


def is_rated_in_steps(framework: Framework) -> bool:
    """Tell whether all that can be rated here is rated in steps, so that the whole can be a target."""
    units = rated_units(framework)
    return bool(units) and all(scale_of(framework, item) is Scale.STEPS for item in units)
