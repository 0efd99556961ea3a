"""Proofs in a document: Data Integrity 1.0 with ``eddsa-rdfc-2022`` and ``eddsa-jcs-2022``.

Source: W3C Data Integrity 1.0, sections 4.2 to 4.5; Data Integrity EdDSA Cryptosuites 1.0, sections 3.2 and
3.3. Stricter than these: no two proofs that are the same, nothing unsigned (see ``rdf``), and with JCS the
context of the document is exactly the one that was signed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bekwaam.trust.canonical import canonical_json
from bekwaam.trust.contexts import OURS, Contexts
from bekwaam.trust.dids import Key, KeyFinder
from bekwaam.trust.documents import check_value
from bekwaam.trust.encoding import from_multibase, to_multibase
from bekwaam.trust.keys import SIGNATURE_BYTES, Signer
from bekwaam.trust.moments import read_moment, write_moment
from bekwaam.trust.rdf import canonical_rdf
from bekwaam.trust.reasons import Reason, Refused

RDFC: Final = "eddsa-rdfc-2022"
JCS: Final = "eddsa-jcs-2022"
SUITES: Final = (RDFC, JCS)
PURPOSE: Final = "assertionMethod"
MOST_PROOFS: Final = 8
CLOCKS_DIFFER: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Transformed:
    """What a suite makes of a document and the options of a proof: two canonical texts and what is signed."""

    document: bytes
    options: bytes

    @property
    def document_hash(self) -> bytes:
        """SHA-256 of the canonical document."""
        return hashlib.sha256(self.document).digest()

    @property
    def options_hash(self) -> bytes:
        """SHA-256 of the canonical options of the proof."""
        return hashlib.sha256(self.options).digest()

    @property
    def to_sign(self) -> bytes:
        """The 64 bytes that are signed: first the options, then the document."""
        return self.options_hash + self.document_hash


@dataclass(frozen=True, slots=True)
class Proven:
    """What one proof is worth: by which key, claiming which moment, and what is wrong with it, if
    anything.
    """

    method: str
    suite: str
    reason: Reason | None
    detail: str = ""
    created: datetime | None = None
    key: Key | None = None

    @property
    def holds(self) -> bool:
        """Tell whether the signature is good and its key was to be trusted."""
        return self.reason is None


def without_proof(document: dict[str, Any]) -> dict[str, Any]:
    """Return ``document`` without what proves it."""
    return {name: value for name, value in document.items() if name != "proof"}


def transform(document: dict[str, Any], options: dict[str, Any], contexts: Contexts = OURS) -> Transformed:
    """Return what the suite named in ``options`` makes of an unsecured ``document``.

    ``options`` is the proof without its value. Raises Refused: SUITE_UNKNOWN, and what ``canonical_rdf``
    raises.
    """
    if options.get("type") != "DataIntegrityProof" or options.get("cryptosuite") not in SUITES:
        raise Refused(Reason.SUITE_UNKNOWN, str(options.get("cryptosuite", options.get("type")))[:50])
    if options["cryptosuite"] == JCS:
        check_value(document)
        check_value(options)
        return Transformed(canonical_json(document), canonical_json(options))
    context = document.get("@context")
    if options.get("@context", context) != context:
        raise Refused(Reason.CONTEXT_PLACE, "proof")
    options = {"@context": context, **{name: it for name, it in options.items() if name != "@context"}}
    return Transformed(canonical_rdf(document, contexts).encode(), canonical_rdf(options, contexts).encode())


def sign(
    document: dict[str, Any],
    *,
    signer: Signer,
    method: str,
    created: datetime,
    suite: str = RDFC,
    proof_id: str | None = None,
    previous: tuple[str, ...] = (),
    contexts: Contexts = OURS,
) -> dict[str, Any]:
    """Return ``document`` with one more proof; ``proof`` is a list, as Open Badges 3.0 wants it.

    ``previous`` names proofs that this one builds on (a chain). Raises Refused for a document with anything
    that would not be signed, and for proofs in it that cannot be read.
    """
    options: dict[str, Any] = {"type": "DataIntegrityProof", "cryptosuite": suite}
    if proof_id:
        options = {"id": proof_id, **options}
    options |= {"created": write_moment(created), "verificationMethod": method, "proofPurpose": PURPOSE}
    if previous:
        options["previousProof"] = list(previous) if len(previous) > 1 else previous[0]
    if suite == JCS and "@context" in document:
        options["@context"] = document["@context"]
    there = list(proofs_of(document)) if "proof" in document else []
    unsecured = _with_previous(without_proof(document), options, there)
    signature = signer.sign(transform(unsecured, options, contexts).to_sign)
    return {**without_proof(document), "proof": [*there, {**options, "proofValue": to_multibase(signature)}]}


def proofs_of(document: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """Return the proofs of ``document``, one or a list.

    Raises Refused: PROOF_MISSING, SHAPE, TOO_MANY_VALUES for more than 8, PROOF_TWICE when two of them are
    the same, have the same name or the same value.
    """
    there: Any = document.get("proof")
    proofs: list[Any] = there if isinstance(there, list) else [there]
    if not proofs or there is None:
        raise Refused(Reason.PROOF_MISSING)
    if len(proofs) > MOST_PROOFS:
        raise Refused(Reason.TOO_MANY_VALUES, "proof")
    if not all(isinstance(proof, dict) for proof in proofs):
        raise Refused(Reason.SHAPE, "proof")
    for name in ("id", "proofValue"):
        values = [str(proof[name]) for proof in proofs if name in proof]
        if len(set(values)) != len(values):
            raise Refused(Reason.PROOF_TWICE, name)
    return tuple(proofs)


def _names(value: Any) -> list[str]:
    names: list[Any] = value if isinstance(value, list) else [value]
    if not names or not all(isinstance(name, str) for name in names) or len(set(names)) != len(names):
        raise Refused(Reason.PROOF_CHAIN, "previousProof")
    return names


def _with_previous(
    unsecured: dict[str, Any], options: dict[str, Any], proofs: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return what a proof signs: the document, and in a chain also the proofs that it builds on."""
    if "previousProof" not in options:
        return unsecured
    by_name = {str(proof["id"]): proof for proof in proofs if isinstance(proof.get("id"), str)}
    names = _names(options["previousProof"])
    if options.get("id") in names or not by_name.keys() >= set(names):
        raise Refused(Reason.PROOF_CHAIN, "not there")
    return {**unsecured, "proof": [by_name[name] for name in names]}


def check_proofs(
    document: dict[str, Any],
    find_key: KeyFinder,
    *,
    now: datetime,
    attested: datetime | None = None,
    contexts: Contexts = OURS,
) -> tuple[Proven, ...]:
    """Return what each proof of ``document`` is worth, in their order.

    ``find_key`` gives the key of a verification method, if it is known; ``attested`` is a moment before which
    the document was seen by others (see :meth:`dids.Key.objection`). Raises Refused when the proofs cannot be
    read at all. A proof in a chain holds only when all that it builds on hold.
    """
    proofs = list(proofs_of(document))
    unsecured = without_proof(document)
    found = [_check(unsecured, proof, proofs, find_key, now, attested, contexts) for proof in proofs]
    for _ in proofs:  # what leans on something broken is broken, however long the chain
        held = {str(proof.get("id")) for proof, it in zip(proofs, found, strict=True) if it.holds}
        found = [_lean(proof, it, held) for proof, it in zip(proofs, found, strict=True)]
    return tuple(found)


def _lean(proof: dict[str, Any], it: Proven, held: set[str]) -> Proven:
    if not it.holds or "previousProof" not in proof or set(_names(proof["previousProof"])) <= held:
        return it
    return Proven(
        it.method, it.suite, Reason.PROOF_CHAIN, "builds on one that does not hold", it.created, it.key
    )


def _check(
    unsecured: dict[str, Any],
    proof: dict[str, Any],
    proofs: list[dict[str, Any]],
    find_key: KeyFinder,
    now: datetime,
    attested: datetime | None,
    contexts: Contexts,
) -> Proven:
    method, suite = str(proof.get("verificationMethod"))[:2048], str(proof.get("cryptosuite"))[:50]
    created: datetime | None = None
    key: Key | None = None
    try:
        options = {name: value for name, value in proof.items() if name != "proofValue"}
        if suite not in SUITES:
            raise Refused(Reason.SUITE_UNKNOWN, suite)
        created = _check_options(unsecured, options, now)
        key = find_key(method)
        if key is None:
            raise Refused(Reason.KEY_UNKNOWN, method[:200])
        made = transform(_with_previous(unsecured, options, proofs), options, contexts)
        signature = from_multibase(proof.get("proofValue"))
        if len(signature) != SIGNATURE_BYTES or not key.public.signed(signature, made.to_sign):
            raise Refused(Reason.SIGNATURE)
        objection = key.objection(created, attested)
        return Proven(method, suite, objection, "", created, key)
    except Refused as refused:
        return Proven(method, suite, refused.reason, refused.detail, created, key)


def _check_options(unsecured: dict[str, Any], options: dict[str, Any], now: datetime) -> datetime:
    """Check what a proof says of itself, and return the moment that it claims."""
    if options.get("proofPurpose") != PURPOSE:
        raise Refused(Reason.PROOF_PURPOSE, str(options.get("proofPurpose"))[:50])
    if "@context" in options and options["@context"] != unsecured.get("@context"):
        raise Refused(Reason.CONTEXT_PLACE, "proof")
    created = read_moment(options.get("created"), "created")
    if created > now + CLOCKS_DIFFER:
        raise Refused(Reason.FROM_THE_FUTURE, "created")
    if "expires" in options and read_moment(options["expires"], "expires") <= now:
        raise Refused(Reason.PROOF_EXPIRED)
    return created
