"""What the public log says of one credential: the last word, whatever the tables say.

An administrator can change a row, but cannot take a leaf out of the log without everybody who keeps a
checkpoint seeing it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bekwaam.domain.certificates.status import Change, Status, status_after
from bekwaam.services.publiclog.reads import leaves_of
from bekwaam.trust.entries import Kind, LogEntry

_CHANGES: Final = {
    Kind.SUSPENDED: Change.SUSPENDED,
    Kind.REINSTATED: Change.REINSTATED,
    Kind.REVOKED: Change.REVOKED,
}
WORST: Final = (Status.GOOD, Status.SUSPENDED, Status.REVOKED)


@dataclass(frozen=True, slots=True)
class LogSays:
    """What was logged of a credential: by which issuer it was issued and when (None when it was not).

    ``status`` is what the changes come to and ``since`` the last of them; ``replaced_at`` when another one
    took its place, ``replaced_by`` the digest of that one.
    """

    issued_at: datetime | None = None
    issuer: str = ""
    status: Status = Status.GOOD
    since: datetime | None = None
    replaced_at: datetime | None = None
    replaced_by: str = ""


def log_says(digest: str) -> LogSays:
    """Return what the public log says of the credential with this ``digest``. One query, none without it."""
    return said_in(leaves_of(digest) if digest else ())


def said_in(leaves: Sequence[LogEntry]) -> LogSays:
    """Return what these leaves, all of one credential and oldest first, come to."""
    issued = next((leaf for leaf in leaves if leaf.kind is Kind.ISSUED), None)
    replaced = next((leaf for leaf in leaves if leaf.kind is Kind.SUPERSEDED), None)
    changes = [leaf for leaf in leaves if leaf.kind in _CHANGES]
    said = [_CHANGES[leaf.kind] for leaf in changes]
    revoked = Change.REVOKED in said  # for ever, whatever comes after it
    return LogSays(
        issued_at=issued.at if issued else None,
        issuer=issued.issuer if issued else "",
        status=Status.REVOKED if revoked else status_after(said),
        since=changes[-1].at if changes else None,
        replaced_at=replaced.at if replaced else None,
        replaced_by=dict(replaced.more).get("by", "") if replaced else "",
    )


def worst(*statuses: Status) -> Status:
    """Return the most serious of several words on how a certificate stands."""
    return max(statuses, key=WORST.index)
