"""The drill, as far as it needs no database: what somebody tries, who notices, how, and what they see.

Who notices is always whoever checks, with the bundle of the installation and nothing else; no one has to have
met the provider. How: each row says what is asked and which answer is out of order (the codes are those of
the report). What they see: exit status 1 ("not valid") or 2 ("cannot tell") with the sentence that belongs to
the code (:mod:`bekwaam.domain.certificates.verdict_words`), and never "valid".
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pytest
from pyhanko.pdf_utils.generic import StreamObject, pdf_name

from bekwaam.adapters.pdf import render_certificate
from bekwaam.adapters.pdf.identity import vouched_key
from bekwaam.adapters.pdf.signing import sign_paper
from bekwaam.domain.certificates.report import Verification
from bekwaam.domain.certificates.signed import CREDENTIAL_NAME, PaperOutcome
from bekwaam.domain.certificates.verifying import asked_of
from bekwaam.trust.checkpoints import Checkpoint, sign_checkpoint
from bekwaam.trust.dids import Issuer, IssuerLog, key_of
from bekwaam.trust.entries import Kind
from bekwaam.trust.notes import NoteKey
from tests.adapters.papers.test_papers import (
    HARMFUL,
    saved_anew,
    with_another_first_page,
    with_another_language,
    without_the_form,
)
from tests.adapters.pdf.signed import add_to, written
from tests.issued import (
    AT,
    BASE,
    DAY,
    DID,
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
    logged_as,
    newer_key,
    not_in_order,
    proof_of,
    status_list,
)
from tests.papers import paper
from tests.standards import small_standard

LOOK_ALIKE = "did:web:evc-examp1e.example:aanbieder:noord"
Act = Callable[[], Verification]


@dataclass(frozen=True)
class Row:
    """One attack: what is done, what is out of order then, and the exit status."""

    what: str
    act: Act
    seen: dict[str, str]
    status: int = 1


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


ROWS = [
    # The paper.
    Row("a word of the PDF edited", lambda: of_pdf(with_another_language), {"paper": "changed"}),
    Row("another page put over the PDF", lambda: of_pdf(with_another_first_page), {"paper": "added_to"}),
    Row(
        "another credential put into the PDF",
        lambda: of_pdf(with_another_credential),
        {"paper": "added_to", "log": "not_in_log"},
    ),
    Row("the signature taken out of the PDF", lambda: of_pdf(without_the_form), {"paper": "removed"}),
    Row("the PDF saved anew without it", lambda: of_pdf(saved_anew), {"paper": "unsigned"}),
    Row(
        "a PDF by a stranger around a good credential",
        lambda: checked(_by_a_stranger()),
        {"paper": "foreign"},
    ),
    Row(
        "a second PDF by the issuer itself around a good credential",
        lambda: another_paper(compromised=False, named=True),
        {"paper": "other_paper"},
    ),
    # The data.
    Row(
        "a result edited in the JSON",
        lambda: of_json(better),
        {"signature": "signature", "log": "not_in_log"},
    ),
    Row(
        "a result edited, no proof beside it",
        lambda: checked(json.dumps(_edited(better))),
        {"signature": "signature", "log": "log_proof_missing"},
    ),
    Row(
        "a token edited",
        lambda: checked(_edited_token()),
        {"signature": "signature", "log": "log_proof_missing"},
    ),
    Row(
        "the place of its revocation taken out",
        lambda: of_json(without_status),
        {"signature": "signature", "log": "not_in_log"},
    ),
    # The person.
    Row("the right certificate, another person", shown_to_another, {"name": "name_other"}),
    Row(
        "another name written into it",
        lambda: of_json(of_another),
        {"signature": "signature", "log": "not_in_log"},
    ),
    # The issuer and its key.
    Row(
        "a look-alike issuer",
        by_a_look_alike,
        {
            "paper": "issuer_unknown",
            "issuer": "issuer_unknown",
            "signature": "issuer_unknown",
            "status": "status_list",
        },
        2,
    ),
    Row(
        "a look-alike issuer with a log of its own",
        by_a_look_alike_with_a_log_of_its_own,
        {"log": "log_unknown", "status": "status_list"},
        2,
    ),
    Row(
        "a key stolen and used later",
        partial(with_a_stolen_key, 9, at=NOW - 2 * DAY),
        {"signature": "key_compromised", "log": "log_proof_missing"},
    ),
    Row(
        "a key stolen, and an earlier moment made up",
        partial(with_a_stolen_key, 1, at=NOW - 400 * DAY),
        {"signature": "key_may_be_stolen", "log": "log_proof_missing"},
        2,
    ),
    Row(
        "a key stolen, and a paper made around an old credential",
        lambda: another_paper(compromised=True, named=True),
        {"paper": "other_paper"},
    ),
    Row(
        "the same, with a leaf that names no paper",
        lambda: another_paper(compromised=True, named=False),
        {"paper": "key_may_be_stolen"},
        2,
    ),
    # The moment.
    Row(
        "a moment of issuing edited",
        lambda: of_json(earlier),
        {"signature": "signature", "log": "not_in_log"},
    ),
    Row(
        "issued now by the issuer itself, dated years back",
        lambda: checked(issued(at=NOW - 900 * DAY, logged_at=NOW - DAY).pdf),
        {"log": "logged_later"},
        2,
    ),
    # The status.
    Row("revoked", partial(revoked_with, place=41), {"status": "revoked"}),
    Row("an old list replayed", partial(revoked_with, until=NOW), {"status": "status_list"}, 2),
    Row("a list by another key", partial(revoked_with, signer=THIEF), {"status": "status_list"}, 2),
    # The log.
    Row(
        "the proof of another certificate",
        lambda: with_proof(issued(met=False).proof),
        {"log": "not_in_log"},
    ),
    Row(
        "a proof of having been revoked",
        lambda: with_proof(proof_of(replace(issued().entry, kind=Kind.REVOKED))),
        {"log": "not_in_log"},
    ),
    Row(
        "a leaf by another issuer",
        lambda: with_proof(proof_of(logged_as(issued().credential, did=LOOK_ALIKE))),
        {"log": "not_in_log"},
    ),
    Row("a proof that is none", lambda: with_proof("dag"), {"log": "not_in_log"}),
    Row(
        "a state of the log signed by another key",
        lambda: with_proof(proof_of(issued().entry, signer=THIEF)),
        {"log": "key_unknown"},
    ),
    Row(
        "the proof of a log that nobody knows",
        lambda: with_proof(proof_of(issued().entry, signer=THIEF, origin="log.example")),
        {"log": "log_unknown"},
        2,
    ),
    Row("the log forked to show two stories", two_stories, {"log": "fork"}),
    # To bring down whoever checks.
    Row(
        "JSON of a gigabyte, more or less",
        lambda: checked(b'{"a":"' + b"a" * 600_000 + b'"}'),
        {"document": "too_large"},
        2,
    ),
    Row("JSON in JSON in JSON", lambda: checked(deep(100)), {"document": "too_deep"}, 2),
    Row("the same, deeper than Python goes", lambda: checked(deep(60_000)), {"document": "too_deep"}, 2),
    Row("evidence without end", lambda: of_json(within_itself), {"document": "too_deep"}, 2),
    Row(
        "very many values",
        lambda: checked(json.dumps({"a": [0] * 30_000})),
        {"document": "too_many_values"},
        2,
    ),
    Row(
        "a file of 21 megabytes",
        lambda: checked(b"%PDF-" + bytes(21 << 20)),
        {"document": "file_too_large"},
        2,
    ),
    *(
        Row(
            f"a PDF: {what}",
            lambda what=what: checked(HARMFUL[what][0]()),  # type: ignore[misc]
            {"paper": "unreadable", "document": "no_credential"},
            2,
        )
        for what, (_, outcome) in HARMFUL.items()
        if outcome is PaperOutcome.TOO_MUCH
    ),
    # To have whoever checks look into their own network.
    Row(
        "a context at a private address",
        lambda: of_json(context_at_home),
        {"signature": "context_unknown", "log": "not_in_log"},
    ),
    Row(
        "an issuer at a private address",
        lambda: of_json(issuer_at_home),
        {
            "issuer": "issuer_unknown",
            "signature": "issuer_unknown",
            "status": "status_list",
            "log": "not_in_log",
        },
    ),
    Row(
        "a list at a private address",
        lambda: of_json(list_at_home),
        {"signature": "signature", "status": "status_list", "log": "not_in_log"},
    ),
]


def _by_a_stranger() -> bytes:
    held = vouched_key(THIEF.sign, name="EVC Huis Noord", address=KEY.id, since=AT)
    document = paper(small_standard(), check_url=f"{BASE}/c/{NUMBER}")
    return sign_paper(render_certificate(document, issued().json, issued().proof.encode()), held, AT)


def _edited(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    credential: dict[str, Any] = json.loads(issued().json)
    change(credential)
    return credential


def _edited_token() -> str:
    head, _, tail = issued().jwt.split(".")
    return ".".join([head, issued(met=False).jwt.split(".")[1], tail])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.what)
def test_whoever_checks_notices(row: Row) -> None:
    found = row.act()
    assert not_in_order(found) == row.seen
    assert found.exit_status == row.status


def test_without_an_attack_all_is_in_order() -> None:
    """The rows above show what the attack does, and not that nothing is ever in order."""
    assert not_in_order(checked(issued().pdf)) == {}
    assert not_in_order(checked(issued().json, issued().proof)) == {}
    assert not_in_order(checked(issued().jwt, issued().proof)) == {}


def test_a_key_that_is_stolen_later_does_not_spoil_what_was_logged_before() -> None:
    assert not_in_order(checked(issued().pdf, **newer_key(compromised_at=NOW - DAY))) == {}
    assert not_in_order(checked(issued().json, issued().proof, **newer_key(compromised_at=NOW - DAY))) == {}


def test_a_bundle_speaks_for_no_other_host() -> None:
    other = Issuer(LOOK_ALIKE, (key_of(LOOK_ALIKE, THIEF.public),))
    made = bundle(issuers=(*bundle().issuers, other))
    assert made.elsewhere("evc.example") == (LOOK_ALIKE,)
    assert made.elsewhere("evc-examp1e.example") == (DID,)
