"""What a share link may be: how long it works, how many there may be, and what has to be filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bekwaam.domain.certificates.share import Depth
from bekwaam.domain.faults import Fault
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.wording import N_

MOST_OPEN: Final = 50
LONGEST_DAYS: Final = 365
USUAL_DAYS: Final = 30
LONGEST_LABEL: Final = 120
# Who looked is a list to glance over; whoever presses reload all day does not fill a disk with it.
MOST_VISITS: Final = 500


class LinkState(StrEnum):
    """Whether a share link still works, and why not."""

    OPEN = "open"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


LINK_STATE_NAMES: Final[dict[LinkState, str]] = {
    LinkState.OPEN: N_("works"),
    LinkState.EXPIRED: N_("over"),
    LinkState.WITHDRAWN: N_("withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """The link that a holder asks for; ``until`` is the last day on which it works, and counts whole."""

    depth: str
    until: date | None
    label: str = ""
    shows_name: bool = False


def link_state(until: datetime, withdrawn: bool, now: datetime) -> LinkState:
    """Return how a link stands at ``now``; it stops at ``until``, and at once when withdrawn."""
    if withdrawn:
        return LinkState.WITHDRAWN
    return LinkState.OPEN if now < until else LinkState.EXPIRED


def wish_faults(wish: Wish, today: date) -> tuple[Fault, ...]:
    """Return what is wrong with what was filled in, each with the name of its field."""
    found = []
    if wish.depth not in set(Depth):
        found.append(Fault("depth", "required", N_("Choose what a visitor sees.")))
    if wish.until is None:
        found.append(Fault("until", "required", N_("Choose until when the link works.")))
    elif wish.until < today:
        found.append(Fault("until", "past", N_("This day is over. Choose today or a later day.")))
    elif wish.until > today + timedelta(days=LONGEST_DAYS):
        message = N_("A link works for a year at most. Choose a day up to and including {last}.")
        last = f"{today + timedelta(days=LONGEST_DAYS):%d-%m-%Y}"
        found.append(Fault("until", "too_late", message, {"last": last}))
    if len(wish.label) > LONGEST_LABEL:
        message = N_("Use at most {most} characters.")
        found.append(Fault("label", "too_long", message, {"most": LONGEST_LABEL}))
    return tuple(found)


def may_make(open_links: int) -> Verdict:
    """Tell whether one more link can be made where there are ``open_links`` that work."""
    if open_links < MOST_OPEN:
        return ALLOWED
    message = N_("You have {most} links that work. Withdraw one that you no longer need first.")
    return refused("too_many", message, most=MOST_OPEN)
