"""Who takes part in a deliberation, for how long a link works, and what stands in an invitation. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bekwaam.domain.deliberation.steps import Phase
from bekwaam.domain.faults import Fault
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.wording import N_

LINK_DAYS: Final = 90
MAX_SEATS: Final = 20
MAX_WAITING: Final = 50
MAX_NAME: Final = 200
MAX_TITLE: Final = 200
MAX_TEXT: Final = 5_000
_OVER: Final = frozenset({Phase.CLOSED, Phase.STOPPED})


class SeatState(StrEnum):
    """How the seat of somebody who was invited stands."""

    HOST = "host"
    INVITED = "invited"
    UNSENT = "unsent"
    TAKES_PART = "takes_part"
    TOO_LATE = "too_late"
    LEFT = "left"
    WITHDRAWN = "withdrawn"


SEAT_NAMES: Final[dict[SeatState, str]] = {
    SeatState.HOST: N_("leads the deliberation"),
    SeatState.INVITED: N_("invited"),
    SeatState.UNSENT: N_("invitation not sent"),
    SeatState.TAKES_PART: N_("takes part"),
    SeatState.TOO_LATE: N_("did not come in time"),
    SeatState.LEFT: N_("has left"),
    SeatState.WITHDRAWN: N_("invitation withdrawn"),
}


def expiry(sent_at: datetime) -> datetime:
    """Return until when a link works that was sent at ``sent_at``."""
    return sent_at + timedelta(days=LINK_DAYS)


def may_enter(state: SeatState, expires_at: datetime | None, now: datetime) -> Verdict:
    """Tell whether a personal link opens the deliberation, and why not.

    Who takes part may come in for as long as the link works, also when all is over: to read and to agree
    that it is kept. So may who left: to read back what they wrote, and to agree or not. ``expires_at`` is
    None for who has an account.
    """
    if state is SeatState.WITHDRAWN:
        return refused("withdrawn", N_("This invitation was withdrawn. You need not do anything."))
    if state is SeatState.TOO_LATE:
        return refused("too_late", N_("This deliberation began without you. You need not do anything."))
    if expires_at is not None and now >= expires_at:
        return refused("expired", N_("This link is too old. Ask who sent it to you for a new one."))
    return ALLOWED


def may_invite(phase: Phase, seats: int, waiting: int) -> Verdict:
    """Tell whether one more can be invited; ``seats`` counts who is there or invited.

    ``waiting`` counts the invitations of the same person, everywhere, that nobody came in by yet.
    """
    if phase is not Phase.GATHERING:
        return refused("begun", N_("The deliberation has begun. Nobody can come in any more."))
    if seats >= MAX_SEATS:
        return refused("full", N_("Twenty is the most: more cannot listen to each other."))
    if waiting >= MAX_WAITING:
        text = N_("You have {number} invitations open. Wait for people to come, or withdraw some first.")
        return refused("too_many_waiting", text, number=waiting)
    return ALLOWED


def seat_state(
    phase: Phase, *, host: bool, joined: bool, left: bool, withdrawn: bool, unsent: bool
) -> SeatState:
    """Return how a seat stands."""
    if host:
        return SeatState.HOST
    if left:
        return SeatState.LEFT
    if withdrawn:
        return SeatState.WITHDRAWN
    if joined:
        return SeatState.TAKES_PART
    if phase is not Phase.GATHERING:
        return SeatState.TOO_LATE
    return SeatState.UNSENT if unsent else SeatState.INVITED


def is_over(phase: Phase) -> bool:
    """Tell whether nothing can be done any more but read."""
    return phase in _OVER


def may_erase(phase: Phase) -> Verdict:
    """Tell whether who leads a deliberation can erase it: before it began, or once it is over."""
    if phase is Phase.GATHERING or is_over(phase):
        return ALLOWED
    return refused("under_way", N_("It is still under way. Stop it first; then you can throw it away."))


def check_title(title: str) -> tuple[Fault, ...]:
    """Return what is wrong with the title of a deliberation."""
    if not title.strip():
        return (Fault("title", "empty", N_("Say in a few words what it is about, without names.")),)
    if len(title) > MAX_TITLE:
        return (Fault("title", "too_long", N_("This is too long: 200 characters is the most.")),)
    return ()
