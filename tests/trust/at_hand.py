"""What a certificate is checked with in the tests: its issuer, its status lists, and a log that has it."""

from __future__ import annotations

from typing import Any

from bekwaam.trust.checkpoints import Checkpoint, sign_checkpoint
from bekwaam.trust.credentials import AtHand, Logged, check_credential
from bekwaam.trust.keys import PrivateKey
from bekwaam.trust.logproofs import LogProof
from bekwaam.trust.merkle import MemoryNodes, append, inclusion_proof, leaf_hash, root
from bekwaam.trust.notes import NoteKey
from bekwaam.trust.status import Bits, list_credential
from bekwaam.trust.verdicts import Outcome, Verdict
from tests.trust.material import (
    DAY,
    DID,
    ISSUER,
    NOW,
    signed,
)

LOG = PrivateKey(bytes(range(2, 34)))
LEAF = leaf_hash(b"zout en hash")


def logged(leaf: bytes = LEAF) -> Logged:
    nodes = MemoryNodes()
    append(nodes, append(nodes, 0, leaf_hash(b"ander")), leaf)
    checkpoint = sign_checkpoint(Checkpoint("evc.example/log", 2, root(nodes, 2)), LOG)
    proof = LogProof(1, inclusion_proof(nodes, 1, 2), checkpoint)
    return Logged(LEAF, proof, NoteKey("evc.example/log", LOG.public))


def published(url: str, *places: int, **options: Any) -> dict[str, Any]:
    bits = Bits.empty()
    for place in places:
        bits = bits.with_at(place)
    chosen: dict[str, Any] = {"issuer": DID, "valid_from": NOW - DAY, "valid_until": NOW + DAY}
    purpose = url.split("/")[-2]
    signer = options.pop("signer", None)
    made = list_credential(url, purpose, bits, **(chosen | options))
    return signed(made, **({"signer": signer} if signer else {}))


def at_hand(**changes: Any) -> AtHand:
    chosen: dict[str, Any] = {
        "now": NOW,
        "issuers": {DID: ISSUER}.get,
        "lists": published,
        "logged": logged(),
    }
    return AtHand(**(chosen | changes))


def verdict(document: dict[str, Any] | None = None, **changes: Any) -> Verdict:
    return check_credential(signed() if document is None else document, at_hand(**changes))


def codes(found: Verdict) -> dict[str, str]:
    """Return what is not in order."""
    return {check.name: check.code for check in found.checks if check.outcome is not Outcome.VALID}


def only(purpose: str, url: str) -> list[int]:
    """Return the place of the certificate when ``url`` is the list of ``purpose``."""
    return [94567] if purpose in url else []
