"""What the public log says of one credential: the last word, whatever the tables say.

An administrator can change a row, but cannot take a leaf out of the log without everybody who keeps a
checkpoint seeing it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bekwaam.domain.certificates.status import Change, Status, status_after
from bekwaam.services.publiclog.reads import read_leaf
from bekwaam.store.models import LogLeaf
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

    ``leaf`` is the number of the leaf that says so. ``status`` is what the changes come to and ``since`` the
    last of them; ``replaced_at`` when another one took its place.
    """

    leaf: int | None = None
    issued_at: datetime | None = None
    issuer: str = ""
    status: Status = Status.GOOD
    since: datetime | None = None
    replaced_at: datetime | None = None


def log_says(digest: str) -> LogSays:
    """Return what the public log says of the credential with this ``digest``. One query, none without it."""
    return logs_say([digest])[digest] if digest else LogSays()


def logs_say(digests: Collection[str]) -> Mapping[str, LogSays]:
    """Return what the public log says of each of these credentials. One query."""
    found: dict[str, list[tuple[int, LogEntry]]] = {digest: [] for digest in digests}
    for row in LogLeaf.objects.filter(of__in=found).order_by("index"):
        if (entry := read_leaf(row)) is not None:  # one that was changed, the audit tells of
            found[row.of].append((row.index, entry))
    return {digest: _said_in(leaves) for digest, leaves in found.items()}


def _said_in(leaves: Sequence[tuple[int, LogEntry]]) -> LogSays:
    number, issued = next((it for it in leaves if it[1].kind is Kind.ISSUED), (None, None))
    replaced = next((leaf for _, leaf in leaves if leaf.kind is Kind.SUPERSEDED), None)
    changes = [leaf for _, leaf in leaves if leaf.kind in _CHANGES]
    said = [_CHANGES[leaf.kind] for leaf in changes]
    revoked = Change.REVOKED in said  # for ever, whatever comes after it
    return LogSays(
        leaf=number,
        issued_at=issued.at if issued else None,
        issuer=issued.issuer if issued else "",
        status=Status.REVOKED if revoked else status_after(said),
        since=changes[-1].at if changes else None,
        replaced_at=replaced.at if replaced else None,
    )


def worst(*statuses: Status) -> Status:
    """Return the most serious of several words on how a certificate stands."""
    return max(statuses, key=WORST.index)
