"""Whether an issued certificate still stands: what may be done to it, and what that makes of it.

Revoking is for ever; suspending can be undone. A certificate that another one took the place of still says
something true, and points to its successor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.wording import N_


class Change(StrEnum):
    """What can be done to an issued certificate."""

    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    REVOKED = "revoked"


class Status(StrEnum):
    """How an issued certificate stands."""

    GOOD = "good"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


class ChangeReason(StrEnum):
    """Why it is done. A code that everybody may see, and that never changes its meaning."""

    INVESTIGATION = "investigation"
    ERROR = "error"
    FRAUD = "fraud"
    HOLDER = "holder"
    OBJECTION = "objection"
    CLEARED = "cleared"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True)
class ReasonInfo:
    """How a reason is called where it is chosen, and the sentence for whoever checks the certificate."""

    name: str
    public: str
    fits: frozenset[Change]


REASONS: Final[dict[ChangeReason, ReasonInfo]] = {
    ChangeReason.INVESTIGATION: ReasonInfo(
        N_("We are looking into something"),
        N_("The provider is looking into something about it."),
        frozenset({Change.SUSPENDED}),
    ),
    ChangeReason.ERROR: ReasonInfo(
        N_("There is an error in the certificate"),
        N_("There was an error in it."),
        frozenset({Change.REVOKED}),
    ),
    ChangeReason.FRAUD: ReasonInfo(
        N_("It was not obtained honestly"),
        N_("It turned out that it was not obtained honestly."),
        frozenset({Change.REVOKED}),
    ),
    ChangeReason.HOLDER: ReasonInfo(
        N_("The candidate asks for it"), N_("Its holder asked for it."), frozenset(Change)
    ),
    ChangeReason.OBJECTION: ReasonInfo(
        N_("It follows from an objection"),
        N_("It follows from an objection to the outcome."),
        frozenset({Change.SUSPENDED, Change.REVOKED}),
    ),
    ChangeReason.CLEARED: ReasonInfo(
        N_("We looked into it, and it stands"),
        N_("The provider looked into it, and it stands."),
        frozenset({Change.REINSTATED}),
    ),
    ChangeReason.MISTAKE: ReasonInfo(
        N_("It was suspended by mistake"),
        N_("It had been suspended by mistake."),
        frozenset({Change.REINSTATED}),
    ),
}
LONGEST_NOTE: Final = 2000

_AFTER: Final = {
    Change.SUSPENDED: Status.SUSPENDED,
    Change.REINSTATED: Status.GOOD,
    Change.REVOKED: Status.REVOKED,
}
_FROM: Final = {
    Change.SUSPENDED: {Status.GOOD},
    Change.REINSTATED: {Status.SUSPENDED},
    Change.REVOKED: {Status.GOOD, Status.SUSPENDED},
}
_OBJECTIONS: Final = {
    Status.GOOD: N_("This certificate is not suspended."),
    Status.SUSPENDED: N_("This certificate is suspended already."),
    Status.REVOKED: N_("This certificate was revoked. That cannot be undone."),
}


def status_after(changes: Iterable[Change]) -> Status:
    """Return how a certificate stands after these changes, oldest first."""
    status = Status.GOOD
    for change in changes:
        status = _AFTER[change]
    return status


def check_change(change: Change, status: Status) -> Verdict:
    """Say whether ``change`` can be made to a certificate that stands like this."""
    if status in _FROM[change]:
        return ALLOWED
    return refused(f"is_{status}", _OBJECTIONS[status])


def possible_changes(status: Status) -> tuple[Change, ...]:
    """Return what can be done to a certificate that stands like this."""
    return tuple(change for change in Change if check_change(change, status))


def reasons_for(change: Change) -> tuple[ChangeReason, ...]:
    """Return the reasons that ``change`` can have."""
    return tuple(reason for reason, info in REASONS.items() if change in info.fits)


def given_faults(change: Change, reason: str, note: str) -> tuple[Fault, ...]:
    """Return what is wrong with the reason and the explanation that somebody gives for ``change``."""
    faults: list[Fault] = []
    if reason not in reasons_for(change):
        faults.append(Fault("reason", "none_chosen", N_("Choose why.")))
    if not note.strip():
        faults.append(Fault("note", "empty", N_("Write down why, so that the candidate understands it.")))
    if len(note) > LONGEST_NOTE:
        message = N_("This is too long: {limit} characters is the most.")
        faults.append(Fault("note", "too_long", message, {"limit": LONGEST_NOTE}))
    return tuple(faults)
