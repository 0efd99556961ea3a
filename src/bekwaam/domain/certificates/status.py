"""Whether an issued certificate still stands: what may be done to it, and what that makes of it.

Revoking is for ever; suspending can be undone. A certificate that another one took the place of still says
something true, and points to its successor.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

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
