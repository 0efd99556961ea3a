"""What stands in a leaf of the log: that something was done with a credential, a key or the audit chain.

A leaf is a small canonical JSON (RFC 8785) that says nothing of anybody: a credential is named by the hash of
all of it, and that holds salts which only who has the credential knows. The leaf travels with its proof (as
``extra`` of the C2SP tlog-proof), so that whoever has both can see what was logged, of what, and when.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bekwaam.trust.canonical import canonical_json
from bekwaam.trust.documents import read_json
from bekwaam.trust.encoding import to_base64url
from bekwaam.trust.merkle import leaf_hash
from bekwaam.trust.moments import read_moment, write_moment
from bekwaam.trust.proofs import without_proof
from bekwaam.trust.reasons import Reason, Refused

MOST_BYTES: Final = 2048


class Kind(StrEnum):
    """What a leaf tells. A value never changes its meaning."""

    ISSUED = "issued"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    KEY_MADE = "key_made"
    KEY_RETIRED = "key_retired"
    KEY_COMPROMISED = "key_compromised"
    AUDIT_HEAD = "audit_head"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One leaf: ``of`` is the digest of a credential, a key in multibase, or the hash of the audit chain.

    ``issuer`` is the identifier of who did it (empty for the installation itself), ``at`` when (to the
    second). ``more`` holds what else the kind needs, such as ``by`` (the digest of the successor), ``since``
    (of a compromised key) or ``sequence`` (of the audit chain): texts, as plain JSON.
    """

    kind: Kind
    of: str
    at: datetime
    issuer: str = ""
    more: tuple[tuple[str, str], ...] = ()

    @property
    def data(self) -> bytes:
        """The leaf as it is hashed."""
        head = {"kind": str(self.kind), "of": self.of, "at": write_moment(self.at), "issuer": self.issuer}
        return canonical_json({**dict(self.more), **head})

    @property
    def leaf(self) -> bytes:
        """The hash of the leaf (RFC 6962)."""
        return leaf_hash(self.data)

    @classmethod
    def read(cls, data: bytes) -> LogEntry:
        """Read a leaf; raises Refused (SHAPE, TOO_LARGE) for what is none, or is not in canonical form."""
        read = read_json(data, most_bytes=MOST_BYTES)
        if not all(isinstance(value, str) for value in read.values()):
            raise Refused(Reason.SHAPE, "leaf")
        try:
            kind, at = Kind(read.pop("kind")), read_moment(read.pop("at"))
            entry = cls(kind, read.pop("of"), at, read.pop("issuer"), tuple(sorted(read.items())))
        except (KeyError, ValueError) as error:
            raise Refused(Reason.SHAPE, "leaf") from error
        if entry.data != data:
            raise Refused(Reason.SHAPE, "leaf")
        return entry


def credential_digest(credential: dict[str, Any]) -> str:
    """Return by what a credential is known in the log: the SHA-256 of its canonical JSON without its proof.

    A multihash in base64url (``digestMultibase``). It is the same for a credential with a proof and for what
    a JWT of it holds.
    """
    digest = hashlib.sha256(canonical_json(without_proof(credential))).digest()
    return "u" + to_base64url(b"\x12\x20" + digest)
