"""Who is in a team, and what of them the team may see. Pure.

Somebody shares layer by layer, and can stop at any moment: what is shared is asked again whenever a team is
looked at, so a withdrawal works at once (design, principle 4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bekwaam.domain.growth.gap import LAYER_NAMES, Layer, Picture
from bekwaam.domain.growth.target import Target
from bekwaam.wording import N_


class TeamKind(StrEnum):
    """What a team is: colleagues who show their lead how they stand, or learners who never do.

    Whoever leads a cohort sees numbers about five people or more, and nothing of anybody.
    """

    TEAM = "team"
    COHORT = "cohort"


class Share(StrEnum):
    """What a member can share with a team: the layers of how they stand, and what is beside these.

    A value of :class:`Layer` is the same value here. ``ANALYSIS`` is for the organisation, not the lead.
    """

    SELF = "self"
    FEEDBACK = "feedback"
    JUDGEMENT = "judgement"
    KNOWLEDGE = "knowledge"
    PLAN = "plan"
    ANALYSIS = "analysis"


SHARE_NAMES: Final[dict[Share, str]] = {
    **{Share(layer): name for layer, name in LAYER_NAMES.items()},
    Share.KNOWLEDGE: N_("What I know"),
    Share.PLAN: N_("What I work on"),
    Share.ANALYSIS: N_("For research by the organisation"),
}
LAYERS: Final = tuple(Share(layer) for layer in Layer)
"""The shares that are a picture of how somebody stands."""


INVITATION_HOLDS: Final = timedelta(days=60)
"""How long somebody can say yes to an invitation into a team."""
INVITATION_KEPT: Final = timedelta(days=180)
"""How long the address of somebody who never answered is kept, for the lead to invite them again."""
REMINDED_AFTER: Final = timedelta(days=14)
"""When somebody who did not answer an invitation is reminded of it, once."""


def sharable(kind: TeamKind) -> tuple[Share, ...]:
    """Return what a member can share: in a cohort only what its numbers can be about."""
    return LAYERS if kind is TeamKind.COHORT else tuple(Share)


def invitation_stands(invited_at: datetime, at: datetime) -> bool:
    """Tell whether somebody who was invited then can still say yes at that moment."""
    return at < invited_at + INVITATION_HOLDS


@dataclass(frozen=True, slots=True)
class Consent:
    """That somebody shares one layer with one team, from ``since`` until it is withdrawn."""

    layer: Layer
    since: datetime
    withdrawn: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Tell whether it holds at that moment; at the very moment of withdrawal it no longer does."""
        return self.since <= at and (self.withdrawn is None or at < self.withdrawn)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a team with what they share. ``layers`` is what they agreed to, also where it is empty.

    ``imagined`` is true for somebody who is not there: the question is what would happen if they were.
    """

    ref: str
    layers: frozenset[Layer]
    pictures: tuple[Picture, ...] = ()
    imagined: bool = False

    def in_layer(self, layer: Layer) -> tuple[Picture, ...]:
        """Return the pictures in a layer that is shared; none in one that is not, whatever is given."""
        return tuple(picture for picture in self.pictures if picture.layer is layer and layer in self.layers)


def shared(ref: str, pictures: Iterable[Picture], consents: Iterable[Consent], at: datetime) -> Member:
    """Return a member with only what they share at that moment."""
    layers = frozenset(consent.layer for consent in consents if consent.holds(at))
    return Member(ref, layers, tuple(picture for picture in pictures if picture.layer in layers))


def imagined(ref: str, target: Target, layer: Layer) -> Member:
    """Return somebody who is not there and would bring exactly what ``target`` asks, as a profile does."""
    values = {ask.code: ask.value for ask in target.asks}
    return Member(ref, frozenset({layer}), (Picture(layer, values, ref),), imagined=True)
