"""Whether a PDF is the paper as the provider issued it: by a key of the issuer, at a moment when it was good.

:func:`bekwaam.domain.certificates.signed.standing` tells what a PDF is worth once one knows who may have
signed it. Who that is, follows from the credential inside: the issuer that it names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from bekwaam.domain.certificates.report import Aspect, AspectCheck
from bekwaam.domain.certificates.signed import PaperSignature, SignedPaper, Standing, standing
from bekwaam.trust.dids import Issuer, Key
from bekwaam.trust.entries import LogEntry
from bekwaam.trust.verdicts import OK, Outcome, outcome_of

LEAF_PAPER: Final = "paper"
"""What a leaf of the log calls the paper by: the SHA-256 (hex) of the X.509 certificate that signed it."""


@dataclass(frozen=True, slots=True)
class PaperPort:
    """How a PDF is read, and whether an Ed25519 key (32 bytes) vouches for a signature in it."""

    read: Callable[[bytes], SignedPaper]
    vouched: Callable[[PaperSignature, bytes], bool]


class PaperCode(StrEnum):
    """What is said of a paper beside its standing. A value never changes its meaning."""

    ISSUER_UNKNOWN = "issuer_unknown"
    OTHER_PAPER = "other_paper"  # the log names another one
    NO_CREDENTIAL = "no_credential"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a paper is worth, and the answer that this makes."""

    standing: Standing
    check: AspectCheck


def judge_paper(paper: SignedPaper, issuer: Issuer | None, entry: LogEntry | None, port: PaperPort) -> Judged:
    """Return what ``paper`` is worth, with the document of the issuer that its credential names (or, for want
    of a credential, that its signature names). None where that is not at hand.

    ``entry`` is the leaf of the credential, once that was found to be in the log. A key that was compromised
    later does not harm a paper that the leaf names; one that it does not name may be made by the thief,
    around a credential that is good.
    """
    keys = issuer.keys if issuer is not None else ()
    found = standing(paper, lambda it: issuer is None or _key_of(it, keys, port) is not None)
    if found is not Standing.AS_ISSUED:
        nobody = issuer is None and paper.credential is None
        outcome = _outcome(found, paper) if not nobody else Outcome.UNKNOWN
        return Judged(found, _check(outcome, str(found), _details(paper, found)))
    (signature,) = paper.signatures
    key = _key_of(signature, keys, port)
    if key is None:
        return Judged(found, _check(Outcome.UNKNOWN, PaperCode.ISSUER_UNKNOWN))
    return Judged(found, _dated(signature, key, entry))


def _dated(signature: PaperSignature, key: Key, entry: LogEntry | None) -> AspectCheck:
    """Say whether the key was good when it vouched, and whether this is the paper that the log names."""
    assert signature.claimed_at is not None and signature.signer is not None  # noqa: S101 - vouched for
    named = dict(entry.more).get(LEAF_PAPER) if entry is not None else None
    if named is not None and named != signature.signer.certificate_sha256:
        return _check(Outcome.INVALID, PaperCode.OTHER_PAPER)
    attested: datetime | None = entry.at if entry is not None and named is not None else None
    reason = key.objection(signature.claimed_at, attested)
    return _check(outcome_of(reason), str(reason or OK), {"signed_at": signature.claimed_at.isoformat()})


def _key_of(signature: PaperSignature, keys: tuple[Key, ...], port: PaperPort) -> Key | None:
    return next((key for key in keys if port.vouched(signature, key.public.raw)), None)


def named_in(paper: SignedPaper) -> tuple[str, ...]:
    """Return the identifiers by which the signatures of ``paper`` say that their signer is known."""
    addresses = (it for sign in paper.signatures if sign.signer for it in sign.signer.addresses)
    return tuple(dict.fromkeys(it.partition("#")[0] for it in addresses if it.startswith("did:web:")))


def _outcome(found: Standing, paper: SignedPaper) -> Outcome:
    """Say what a standing comes to: what cannot be read, and what was never a certificate, is no forgery."""
    if found is Standing.UNREADABLE or (found is Standing.UNSIGNED and paper.credential is None):
        return Outcome.UNKNOWN
    return Outcome.INVALID


def _details(paper: SignedPaper, found: Standing) -> dict[str, Any]:
    if found is Standing.UNREADABLE:
        return {"detail": str(paper.outcome)}
    faults = sorted({str(fault) for it in paper.signatures for fault in it.faults})
    return {"faults": faults} if faults else {}


def _check(outcome: Outcome, code: str, details: dict[str, Any] | None = None) -> AspectCheck:
    return AspectCheck(Aspect.PAPER, outcome, str(code), MappingProxyType(details or {}))
