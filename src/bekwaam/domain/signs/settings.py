"""When a sign shows: the provider's own numbers, with those of most as the default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.wording import N_

USUAL_SHARE: Final = 75
USUAL_SECONDS: Final = 60
USUAL_YES: Final = 60
# From the lowest to the highest number that makes sense.
BOUNDS: Final = {"referee_share": (50, 100), "quick_seconds": (10, 600), "yes_in_a_row": (20, 500)}


@dataclass(frozen=True, slots=True)
class SignSettings:
    """From where on something stands out at a provider.

    ``referee_share``: the part of the confirmations, in percent, that comes from one person;
    ``quick_seconds``: a judgement given within so many seconds; ``yes_in_a_row``: so many judgements of one
    assessor without a single no.
    """

    referee_share: int = USUAL_SHARE
    quick_seconds: int = USUAL_SECONDS
    yes_in_a_row: int = USUAL_YES


def check_settings(settings: SignSettings) -> tuple[Fault, ...]:
    """Return a fault for every number that makes no sense."""
    message = N_("Choose a number from {least} to {most}.")
    return tuple(
        Fault(name, "out_of_range", message, {"least": least, "most": most})
        for name, (least, most) in BOUNDS.items()
        if not least <= getattr(settings, name) <= most
    )
