"""Somebody's picture beside a function profile: what fits, what is still to grow, what nobody said. Pure.

There is no percentage and no order of people or of profiles: a match says in words where somebody stands
beside the work that is described. Profiles keep the order in which they are given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bekwaam.domain.growth.gap import Gap, Picture, Standing, UnitGap, gap
from bekwaam.domain.growth.target import target_of_profile
from bekwaam.frameworks.function_profile import FunctionProfile, Weight
from bekwaam.frameworks.model import Framework


class Fit(StrEnum):
    """How a picture lies beside a profile."""

    ALL = "all"
    PART = "part"
    NOT_YET = "not_yet"
    OPEN = "open"


@dataclass(frozen=True)
class Match:
    """A profile beside one picture; ``open`` means that too little was said to tell.

    ``heart`` is what the profile turns on: the units asked at the highest stage that it asks anywhere.
    """

    profile: FunctionProfile
    fit: Fit
    gap: Gap
    heart: tuple[UnitGap, ...]

    @property
    def fitting(self) -> tuple[UnitGap, ...]:
        """Return what is there as asked, or further."""
        return self.gap.of(Standing.ENOUGH)

    @property
    def growing(self) -> tuple[UnitGap, ...]:
        """Return what falls short."""
        return self.gap.of(Standing.SHORT)

    @property
    def unknown(self) -> tuple[UnitGap, ...]:
        """Return what nobody said anything about."""
        return self.gap.of(Standing.UNKNOWN)

    @property
    def mostly_in(self) -> tuple[str, ...]:
        """Return the codes of the quadrants and verbs in which the work mostly lies."""
        return tuple(accent.code for accent in self.profile.accents if accent.weight is Weight.MAIN)


def match(framework: Framework, profile: FunctionProfile, picture: Picture) -> Match:
    """Return ``picture`` beside ``profile``. Raises ValueError where the profile is about another version."""
    found = gap(framework, target_of_profile(framework, profile), picture)
    ranks = {stage.code: stage.rank for stage in framework.stages}
    highest = max((ranks.get(unit.ask.value, 0) for unit in found.units), default=0)
    heart = tuple(unit for unit in found.units if ranks.get(unit.ask.value, 0) == highest)
    return Match(profile, _fit(found), found, heart)


def matches(framework: Framework, profiles: Iterable[FunctionProfile], picture: Picture) -> tuple[Match, ...]:
    """Return one picture beside several profiles, in the order in which the profiles were given."""
    return tuple(match(framework, profile, picture) for profile in profiles)


def _fit(found: Gap) -> Fit:
    if found.of(Standing.UNKNOWN):
        return Fit.OPEN
    if not found.of(Standing.SHORT):
        return Fit.ALL
    return Fit.PART if found.of(Standing.ENOUGH) else Fit.NOT_YET
