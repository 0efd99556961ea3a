"""A team beside one of the team models of 002: what is there and what the model still asks. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.growth.target import Ask, target_of_profile
from bekwaam.domain.teams.coverage import Coverage, ThinSpot, coverage, thin_spots
from bekwaam.domain.teams.members import Member
from bekwaam.frameworks.function_profile import FunctionProfile
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.team_model import Composition, TeamModel


@dataclass(frozen=True)
class Part:
    """One profile of a model beside a team.

    ``filled_by`` are the members who cover all that the profile asks; ``open`` are the units that nobody, or
    only one member, covers. ``met`` is what the model's composition makes of it.
    """

    profile: FunctionProfile
    coverage: Coverage
    filled_by: tuple[str, ...]
    open: tuple[ThinSpot, ...]
    met: bool


@dataclass(frozen=True)
class BesideModel:
    """A team beside a model, profile by profile; the model is met when every part is."""

    model: TeamModel
    parts: tuple[Part, ...]

    @property
    def met(self) -> bool:
        """Return whether the team is put together as the model asks."""
        return all(part.met for part in self.parts)


def beside_model(
    framework: Framework,
    model: TeamModel,
    profiles: Mapping[str, FunctionProfile],
    members: Sequence[Member],
    layer: Layer,
) -> BesideModel:
    """Return ``members`` beside ``model``, in one layer.

    ``profiles`` gives the function profiles by code; KeyError where one of the model is not there. Nobody is
    ranked, and a team without members meets nothing.
    """
    parts = tuple(
        _part(framework, model.composition, profiles[code], members, layer) for code in model.profiles
    )
    return BesideModel(model, parts)


def missing(found: BesideModel) -> tuple[Ask, ...]:
    """Return what a model still asks of a team, part by part and in the order of the document, once each.

    Where every member should be able to do everything that is what somebody lacks; where members should be
    able to do it together, what nobody shows. Of a profile that nobody fills it is what nobody shows or,
    where for everything somebody can be found, what not everybody shows.
    """
    asks: dict[str, Ask] = {}
    for part in found.parts:
        for ask in () if part.met else _missing(found.model.composition, part):
            asks.setdefault(ask.code, ask)
    return tuple(asks.values())


def _missing(composition: Composition, part: Part) -> list[Ask]:
    lines = part.coverage.lines
    everybody = len(part.coverage.members)
    shown_by_nobody = [line.ask for line in lines if not line.enough]
    not_by_all = [line.ask for line in lines if not line.enough or len(line.enough) < everybody]
    match composition:
        case Composition.EACH:
            return not_by_all
        case Composition.TOGETHER:
            return shown_by_nobody
        case Composition.ROLES:
            return shown_by_nobody or not_by_all


def _part(
    framework: Framework,
    composition: Composition,
    profile: FunctionProfile,
    members: Sequence[Member],
    layer: Layer,
) -> Part:
    found = coverage(framework, target_of_profile(framework, profile), members, layer)
    filled_by = tuple(
        ref
        for place, ref in enumerate(found.members)
        if all(line.cells[place].enough for line in found.lines)
    )
    met = {
        Composition.EACH: bool(members) and len(filled_by) == len(members),
        Composition.ROLES: bool(filled_by),
        Composition.TOGETHER: all(line.enough for line in found.lines),
    }[composition]
    return Part(profile, found, filled_by, thin_spots(found), met)
