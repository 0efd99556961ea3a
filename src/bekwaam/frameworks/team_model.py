"""How a team can be put together: the team models of 002, as data to start from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.model import Source, Text


class Composition(StrEnum):
    """What a model asks of the members of a team."""

    EACH = "each"
    """Every member covers all that is asked."""
    ROLES = "roles"
    """Every profile is filled by somebody."""
    TOGETHER = "together"
    """The members cover all that is asked together; no member has to cover all."""


@dataclass(frozen=True, slots=True)
class TeamModel:
    """One model: its name, how a team is put together, and the function profiles that it starts from.

    ``item`` is the code of the model in the framework it is named from. ``profiles`` are codes of function
    profiles. ``reason`` says why these, ``source`` which document says so; ``own`` that the choice is ours.
    """

    code: str
    item: str
    name: Text
    text: Text
    named_in: Source
    composition: Composition
    profiles: tuple[str, ...]
    reason: Text
    source: Source | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class TeamModels:
    """The models of one file, in the order written; ``framework`` is what their profiles ask of."""

    id: str
    framework: Reference
    named_from: Reference
    models: tuple[TeamModel, ...]
