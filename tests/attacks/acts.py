"""What attackers do with a certificate, and what checking it comes to then."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pyhanko.pdf_utils.generic import StreamObject, pdf_name

from bekwaam.adapters.pdf import render_certificate
from bekwaam.adapters.pdf.identity import vouched_key
from bekwaam.adapters.pdf.signing import sign_paper
from bekwaam.domain.certificates.report import Verification
from bekwaam.domain.certificates.signed import CREDENTIAL_NAME
from bekwaam.domain.certificates.verifying import asked_of
from bekwaam.trust.checkpoints import Checkpoint, sign_checkpoint
from bekwaam.trust.dids import Issuer, IssuerLog, key_of
from bekwaam.trust.notes import NoteKey
from tests.adapters.pdf.signed import add_to, written
from tests.issued import (
    AT,
    BASE,
    DAY,
    KEY,
    LOG,
    LOG_KEY,
    NOW,
    NUMBER,
    PRIVATE,
    THIEF,
    bundle,
    checked,
    issued,
    newer_key,
    proof_of,
    status_list,
)
from tests.papers import paper
from tests.standards import small_standard

LOOK_ALIKE = "did:web:evc-examp1e.example:aanbieder:noord"


def of_pdf(change: Callable[[bytes], bytes]) -> Verification:
    return checked(change(issued().pdf))


def of_json(change: Callable[[dict[str, Any]], object], **changes: Any) -> Verification:
    """Check the credential after ``change``, with its own proof of the log beside it."""
    credential = json.loads(issued().json)
    change(credential)
    return checked(json.dumps(credential), issued().proof, **changes)


def with_another_credential(pdf: bytes) -> bytes:
    """Put a credential of somebody else, good by itself, over the one that is attached."""
    writer = add_to(pdf)
    (file,) = (it.get_object() for it in writer.root["/AF"] if it.get_object()["/UF"] == CREDENTIAL_NAME)
    file["/EF"][pdf_name("/F")] = writer.add_object(StreamObject(stream_data=issued(met=False).json))
    writer.update_container(file["/EF"])
    return written(writer)


def better(credential: dict[str, Any]) -> None:
    credential["credentialSubject"]["result"][2]["value"] = "vakvolwassen"


def earlier(credential: dict[str, Any]) -> None:
    credential["validFrom"] = "2020-01-01T09:00:00Z"


def of_another(credential: dict[str, Any]) -> None:
    """Put a readable name in the place of the hashed one."""
    names = credential["credentialSubject"]["identifier"]
    names[-1] = {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": "Iemand Anders",
        "identityType": "name",
    }


def without_status(credential: dict[str, Any]) -> None:
    del credential["credentialStatus"]


def context_at_home(credential: dict[str, Any]) -> None:
    credential["@context"].append("http://169.254.169.254/latest/meta-data")


def issuer_at_home(credential: dict[str, Any]) -> None:
    credential["issuer"]["id"] = "did:web:127.0.0.1%3A8000"


def list_at_home(credential: dict[str, Any]) -> None:
    credential["credentialStatus"]["statusListCredential"] = "https://10.0.0.1/status/1/revocation"


def shown_to_another() -> Verification:
    return asked_of(checked(issued().pdf), "Iemand Anders")


def by_a_look_alike(*known: Issuer) -> Verification:
    made = issued(did=LOOK_ALIKE, signer=THIEF)
    usual = bundle()
    return checked(made.pdf, issuers=(*usual.issuers, *known), log_keys=(LOG_KEY,))


def by_a_look_alike_with_a_log_of_its_own() -> Verification:
    """Everything in order, in a world of its own: whoever knows the real log does not know this one."""
    made = issued(did=LOOK_ALIKE, signer=THIEF)
    own = NoteKey("evc-examp1e.example/log", THIEF.public)
    issuer = Issuer(LOOK_ALIKE, (key_of(LOOK_ALIKE, THIEF.public),), IssuerLog(f"{BASE}/log", own))
    proof = proof_of(made.entry, signer=THIEF, origin=own.name)
    return checked(made.json, proof, issuers=(issuer,))


def with_a_stolen_key(since: int, **choices: Any) -> Verification:
    """Check what the thief made; the key is known to be compromised since ``since`` days ago."""
    return checked(issued(**choices).json, None, **newer_key(compromised_at=NOW - since * DAY))


def another_paper(*, compromised: bool, named: bool) -> Verification:
    """Put a good credential, with its proof, into a paper that says something else, signed by the same
    key and dated back.
    """
    made = issued(names_paper=named)
    document = paper(small_standard(), candidate="Iemand Anders", check_url=f"{BASE}/c/{NUMBER}")
    held = vouched_key(PRIVATE.sign, name="EVC Huis Noord", address=KEY.id, since=AT)
    forged = sign_paper(render_certificate(document, made.json, made.proof.encode()), held, AT)
    return checked(forged, **(newer_key(compromised_at=NOW - DAY) if compromised else {}))


def revoked_with(**choices: Any) -> Verification:
    """Check a certificate that was revoked, with the list of ``choices`` instead of the present one."""
    lists = (dict(status_list("revocation", **choices)), dict(status_list("suspension")))
    return checked(issued().pdf, lists=lists)


def two_stories() -> Verification:
    other = sign_checkpoint(Checkpoint(LOG_KEY.name, 3, bytes(32)), LOG)
    return checked(issued().pdf, checkpoints=(other,))


def with_proof(proof: str) -> Verification:
    return checked(issued().json, proof)


def deep(levels: int) -> bytes:
    return b'{"a":' * levels + b"1" + b"}" * levels


def within_itself(credential: dict[str, Any]) -> None:
    """Evidence that has evidence that has evidence: JSON cannot be endless, so it is as deep as can be."""
    made: dict[str, Any] = {"type": ["Evidence"]}
    for _ in range(200):
        made = {"evidence": made}
    credential["evidence"] = made


def by_a_stranger() -> bytes:
    held = vouched_key(THIEF.sign, name="EVC Huis Noord", address=KEY.id, since=AT)
    document = paper(small_standard(), check_url=f"{BASE}/c/{NUMBER}")
    return sign_paper(render_certificate(document, issued().json, issued().proof.encode()), held, AT)


def edited(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    credential: dict[str, Any] = json.loads(issued().json)
    change(credential)
    return credential


def edited_token() -> str:
    head, _, tail = issued().jwt.split(".")
    return ".".join([head, issued(met=False).jwt.split(".")[1], tail])
