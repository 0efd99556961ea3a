"""What a PDF that says it is a certificate shows: signatures, what they cover, and what is attached.

Nothing here trusts anybody. That a key is a provider's is for whoever knows the providers' keys to say:
:func:`standing` asks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol

CREDENTIAL_NAME: Final = "credential.json"
# The media type of the W3C Verifiable Credentials Data Model 2.0.
CREDENTIAL_TYPE: Final = "application/vc"
# The proof that it is in the public log (C2SP tlog-proof), which goes with it.
LOG_PROOF_NAME: Final = "bewijs.tlog-proof"
LOG_PROOF_TYPE: Final = "text/plain"


class PaperOutcome(StrEnum):
    """How reading a file ended."""

    READ = "read"
    NO_PDF = "no_pdf"
    LOCKED = "locked"  # a password is needed
    TOO_LARGE = "too_large"
    TOO_MUCH = "too_much"  # more time, memory or parts than we spend on one file
    BROKEN = "broken"


class Fault(StrEnum):
    """What is wrong with a signature; the words for it stand with the screens."""

    CONTENT = "content"  # what it covers is not what was signed
    SIGNATURE = "signature"  # it was not made with the key that it names
    COVERAGE = "coverage"  # it leaves out more than itself
    APPENDED = "appended"  # something was added after it
    NO_LOCK = "no_lock"  # it does not forbid changes
    KIND = "kind"  # of a kind that we do not know, or with a key that is too weak
    BROKEN = "broken"  # cannot be read


@dataclass(frozen=True, slots=True)
class PaperSigner:
    """Who signed, as the certificate in the signature tells it, and by which key.

    ``certificate`` is the X.509 certificate (DER); both hashes are SHA-256 in hex, ``key_sha256`` of the
    public key (SubjectPublicKeyInfo). ``name`` and ``addresses`` are what the maker of the certificate says.
    """

    name: str
    addresses: tuple[str, ...]
    certificate: bytes
    certificate_sha256: str
    key_sha256: str
    key_kind: str


@dataclass(frozen=True, slots=True)
class PaperStamp:
    """A time stamp on a signature: when, by which service, and whether it belongs to this signature."""

    at: datetime
    name: str
    certificate_sha256: str
    intact: bool


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """A signature in a PDF. ``covered`` is up to which byte of the file it reaches."""

    field: str
    faults: tuple[Fault, ...]
    covered: int = 0
    signer: PaperSigner | None = None
    claimed_at: datetime | None = None
    stamp: PaperStamp | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in the PDF."""

    name: str
    media_type: str
    relationship: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """What was read of a file. ``traces``: it holds remains of a signature, whether or not one was found."""

    outcome: PaperOutcome
    signatures: tuple[PaperSignature, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    traces: bool = False

    @property
    def sound(self) -> bool:
        """Whether the whole file is as one signature made it, whosoever's that is."""
        return (
            self.outcome is PaperOutcome.READ and len(self.signatures) == 1 and not self.signatures[0].faults
        )

    @property
    def credential(self) -> bytes | None:
        """The credential that is attached; None unless there is exactly one."""
        return self._only(CREDENTIAL_NAME)

    @property
    def log_proof(self) -> bytes | None:
        """The proof that is attached that the credential is in the log; None unless there is exactly one."""
        return self._only(LOG_PROOF_NAME)

    def _only(self, name: str) -> bytes | None:
        found = [file.content for file in self.attachments if file.name == name]
        return found[0] if len(found) == 1 else None


class PaperNotSigned(Exception):
    """A paper could not be signed; ``again`` tells that trying later may help."""

    def __init__(self, why: str, *, again: bool = False) -> None:
        super().__init__(why)
        self.again = again


class PaperKey(Protocol):
    """What signs one paper. The key may be in a file, a card or elsewhere: only this is asked of it."""

    @property
    def certificate(self) -> bytes:
        """The X.509 certificate of the key (DER)."""
        ...

    def sign(self, content: bytes) -> bytes:
        """Return the ECDSA signature (P-256 with SHA-256, DER) of ``content``."""
        ...


@dataclass(frozen=True, slots=True)
class Seal:
    """With what a paper is signed, and at which moment; ``stamper`` is a service for time stamps, if any."""

    key: PaperKey
    at: datetime
    stamper: Any = None

    @property
    def certificate_sha256(self) -> str:
        """By what the log names the paper: it is known before the paper is made, and of no other paper."""
        return hashlib.sha256(self.key.certificate).hexdigest()


class Standing(StrEnum):
    """What a PDF is worth as a signed certificate."""

    AS_ISSUED = "as_issued"
    ADDED_TO = "added_to"  # the signed part is whole, but something was added after it
    CHANGED = "changed"
    FOREIGN = "foreign"  # signed by somebody whom we do not know
    SEVERAL = "several"  # more signatures than the one we put
    REMOVED = "removed"  # there was a signature, and it was taken away
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"


def standing(paper: SignedPaper, knows: Callable[[PaperSignature], bool]) -> Standing:
    """Return what ``paper`` is worth; ``knows`` tells whether a signature is by one who may have issued it.

    That comes first: what a stranger's signature covers tells nothing.
    """
    if paper.outcome is not PaperOutcome.READ:
        return Standing.UNREADABLE
    if not paper.signatures:
        return Standing.REMOVED if paper.traces else Standing.UNSIGNED
    signed = [signature for signature in paper.signatures if signature.signer is not None]
    if not any(knows(signature) for signature in signed):
        return Standing.FOREIGN if signed else Standing.CHANGED
    if len(paper.signatures) > 1:
        return Standing.SEVERAL
    faults = set(paper.signatures[0].faults)
    if not faults:
        return Standing.AS_ISSUED
    return Standing.ADDED_TO if faults == {Fault.APPENDED} else Standing.CHANGED


def by_key(keys: Collection[str]) -> Callable[[PaperSignature], bool]:
    """Return what knows signatures by these ``keys`` (SHA-256 of the public key, in hex)."""
    return lambda signature: signature.signer is not None and signature.signer.key_sha256 in keys
