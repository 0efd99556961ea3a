"""What a team would cover if somebody left or joined. Pure; nobody is told, and nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.growth.target import Target
from bekwaam.domain.teams.coverage import Coverage, ThinSpot, coverage, thin_spots
from bekwaam.domain.teams.members import Member
from bekwaam.frameworks.model import Framework


@dataclass(frozen=True, slots=True)
class Shift:
    """One unit that more or fewer members would cover than now."""

    code: str
    before: int
    after: int


@dataclass(frozen=True)
class Change:
    """A team as it is and as it would be.

    ``thinner`` are the spots that become thin, ``filled`` those that no longer are. ``lost`` are those that
    somebody covers now and nobody would: they weigh most, and most of them were thin already.
    """

    before: Coverage
    after: Coverage
    shifts: tuple[Shift, ...]
    thinner: tuple[ThinSpot, ...]
    filled: tuple[ThinSpot, ...]
    lost: tuple[ThinSpot, ...]


def if_leaves(
    framework: Framework, target: Target, members: Sequence[Member], layer: Layer, ref: str, at_least: int = 2
) -> Change:
    """Return what changes if the member ``ref`` leaves. Raises KeyError where nobody is called so."""
    if all(member.ref != ref for member in members):
        raise KeyError(ref)
    rest = [member for member in members if member.ref != ref]
    return _change(framework, target, members, rest, layer, at_least)


def if_joins(
    framework: Framework,
    target: Target,
    members: Sequence[Member],
    layer: Layer,
    newcomer: Member,
    at_least: int = 2,
) -> Change:
    """Return what changes if ``newcomer`` joins: somebody who shares, or somebody imagined."""
    return _change(framework, target, members, [*members, newcomer], layer, at_least)


def _change(
    framework: Framework,
    target: Target,
    now: Sequence[Member],
    then: Sequence[Member],
    layer: Layer,
    at_least: int,
) -> Change:
    before, after = (coverage(framework, target, members, layer) for members in (now, then))
    pairs = zip(before.lines, after.lines, strict=True)
    shifts = tuple(
        Shift(old.ask.code, len(old.enough), len(new.enough))
        for old, new in pairs
        if len(old.enough) != len(new.enough)
    )
    was, will_be = thin_spots(before, at_least), thin_spots(after, at_least)
    emptied = {shift.code for shift in shifts if not shift.after}
    was_codes, then_codes = ({spot.ask.code for spot in spots} for spots in (was, will_be))
    return Change(
        before,
        after,
        shifts,
        thinner=tuple(spot for spot in will_be if spot.ask.code not in was_codes),
        filled=tuple(spot for spot in was if spot.ask.code not in then_codes),
        lost=tuple(spot for spot in will_be if spot.ask.code in emptied),
    )
