"""A signed document holds; changed, out of time, or by the wrong key it does not."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bekwaam.trust.contexts import CREDENTIALS, DATA_INTEGRITY, OPEN_BADGES
from bekwaam.trust.dids import did_key_finder, key_of
from bekwaam.trust.encoding import from_multibase, to_multibase
from bekwaam.trust.proofs import JCS, RDFC, Proven, check_proofs, proofs_of, sign, without_proof
from bekwaam.trust.reasons import Reason, Refused
from tests.trust.material import DAY, DID, KEY, NOW, OTHER, PRIVATE, certificate, finder, issuer, signed

BOTH = pytest.mark.parametrize("suite", [RDFC, JCS])


def check(document: dict[str, Any], **options: Any) -> Proven:
    (proven,) = check_proofs(document, options.pop("find", finder()), now=NOW, **options)
    return proven


@BOTH
def test_what_was_signed_holds(suite: str) -> None:
    proven = check(signed(suite=suite))
    assert proven.holds
    assert (proven.key, proven.suite, proven.created) == (KEY, suite, NOW - DAY)


@BOTH
def test_signing_leaves_the_document_alone(suite: str) -> None:
    document = certificate()
    before = copy.deepcopy(document)
    made = signed(document, suite=suite)
    assert document == before == without_proof(made)
    assert isinstance(made["proof"], list)


@BOTH
@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("issuer", "name"), "EVC De Kaap"),
        (("issuer", "id"), "did:web:evc.example:aanbieders:de-kaap"),
        (("validFrom",), "2020-11-20T10:00:00Z"),
        (("validUntil",), "2099-11-20T10:00:00Z"),
        (("credentialSubject", "result", 2, "value"), "vakbekwaam"),
        (("credentialSubject", "id"), "urn:uuid:00000000-0000-4000-8000-000000000000"),
        (("evidence", 0, "name"), "Andere casus"),
        (("credentialStatus", 0, "statusListIndex"), "1"),
        (("credentialStatus", 0, "statusListCredential"), "https://kwaad.example/status/1"),
        (("proof", 0, "created"), "2026-01-01T00:00:00Z"),
    ],
)
def test_a_changed_document_does_not_hold(suite: str, path: tuple[Any, ...], value: str) -> None:
    document = signed(suite=suite)
    part: Any = document
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    assert check(document).reason is Reason.SIGNATURE


@BOTH
@pytest.mark.parametrize("gone", ["validUntil", "credentialStatus", "evidence", "name"])
def test_a_document_with_something_left_out_does_not_hold(suite: str, gone: str) -> None:
    document = signed(suite=suite)
    del document[gone]
    assert check(document).reason is Reason.SIGNATURE


def test_an_added_word_that_means_nothing_does_not_slip_in() -> None:
    assert check(signed() | {"gediplomeerd": True}).reason is Reason.NOT_SIGNED
    assert check(signed(suite=JCS) | {"gediplomeerd": True}).reason is Reason.SIGNATURE


@BOTH
def test_an_added_context_does_not_hold(suite: str) -> None:
    document = signed(suite=suite)
    document["@context"] = [*document["@context"], DATA_INTEGRITY]
    reason = check(document).reason
    assert reason is (Reason.CONTEXT_PLACE if suite == JCS else None)  # this one changes no meaning
    document["@context"] = [CREDENTIALS, OPEN_BADGES, {"name": "https://kwaad.example/#naam"}]
    assert check(document).reason is Reason.CONTEXT_PLACE


PROOFS: list[tuple[str, dict[str, Any], Reason]] = [
    ("another suite", {"cryptosuite": "ecdsa-rdfc-2019"}, Reason.SUITE_UNKNOWN),
    ("the suite of before", {"cryptosuite": "eddsa-2022"}, Reason.SUITE_UNKNOWN),
    ("another type", {"type": "Ed25519Signature2020"}, Reason.SUITE_UNKNOWN),
    ("the other suite", {"cryptosuite": JCS}, Reason.SIGNATURE),
    ("another purpose", {"proofPurpose": "authentication"}, Reason.PROOF_PURPOSE),
    ("no moment", {"created": None}, Reason.SHAPE),
    ("a moment without an offset", {"created": "2026-11-25T09:00:00"}, Reason.SHAPE),
    ("a moment that is none", {"created": "2026-13-25T09:00:00Z"}, Reason.SHAPE),
    ("a moment to come", {"created": "2026-11-26T10:00:00Z"}, Reason.FROM_THE_FUTURE),
    ("expired", {"expires": "2026-11-26T08:59:59Z"}, Reason.PROOF_EXPIRED),
    ("a later end", {"expires": "2027-11-26T08:59:59Z"}, Reason.SIGNATURE),
    ("a domain", {"domain": "evc.example"}, Reason.SIGNATURE),
    ("an unknown word", {"goed": "ja"}, Reason.NOT_SIGNED),
    ("an unknown key", {"verificationMethod": DID + "#x"}, Reason.KEY_UNKNOWN),
    ("no key", {"verificationMethod": None}, Reason.KEY_UNKNOWN),
    ("no value", {"proofValue": None}, Reason.ENCODING),
    ("a short value", {"proofValue": "z1111"}, Reason.SIGNATURE),
    ("a value of another base", {"proofValue": "uAAAA"}, Reason.ENCODING),
    ("a long value", {"proofValue": "z" + "2" * 4000}, Reason.TOO_LARGE),
    ("a chain to nothing", {"previousProof": "urn:x"}, Reason.PROOF_CHAIN),
    ("a chain to itself", {"id": "urn:x", "previousProof": "urn:x"}, Reason.PROOF_CHAIN),
    ("a chain that is none", {"previousProof": [{}]}, Reason.PROOF_CHAIN),
    ("a context", {"@context": [CREDENTIALS]}, Reason.CONTEXT_PLACE),
]


@pytest.mark.parametrize(("changes", "reason"), [row[1:] for row in PROOFS], ids=[row[0] for row in PROOFS])
def test_a_changed_proof_does_not_hold(changes: dict[str, Any], reason: Reason) -> None:
    document = signed()
    document["proof"][0] |= changes
    assert check(document).reason is reason


@BOTH
def test_the_signature_of_another_key_does_not_hold(suite: str) -> None:
    assert check(signed(signer=OTHER, suite=suite)).reason is Reason.SIGNATURE
    own = key_of(DID, OTHER.public)
    document = signed(signer=OTHER, method=own.id, suite=suite)
    assert check(document).reason is Reason.KEY_UNKNOWN
    assert check(document, find=finder(KEY, own)).holds


def test_a_signature_from_another_document_does_not_hold() -> None:
    document, other = signed(), signed(certificate(id="https://evc.example/ervaringscertificaat/8ABC"))
    document["proof"] = other["proof"]
    assert check(document).reason is Reason.SIGNATURE


@BOTH
@pytest.mark.parametrize(
    ("moments", "attested", "reason"),
    [
        ({"retired_at": NOW}, None, None),
        ({"retired_at": NOW - 2 * DAY}, None, Reason.KEY_RETIRED),
        ({"compromised_at": NOW - 2 * DAY}, NOW - 3 * DAY, Reason.KEY_COMPROMISED),
        ({"compromised_at": NOW - DAY / 2}, None, Reason.KEY_MAY_BE_STOLEN),
        ({"compromised_at": NOW - DAY / 2}, NOW - DAY / 4, Reason.KEY_MAY_BE_STOLEN),
        ({"compromised_at": NOW - DAY / 2}, NOW - DAY * 3 / 4, None),
    ],
)
def test_a_key_that_is_used_no_more_or_stolen(
    suite: str, moments: dict[str, datetime], attested: datetime | None, reason: Reason | None
) -> None:
    find = issuer(**moments).key
    assert check(signed(suite=suite), find=find, attested=attested).reason is reason


def test_the_same_proof_twice_is_refused() -> None:
    document = signed()
    document["proof"] = document["proof"] * 2
    with pytest.raises(Refused, match=Reason.PROOF_TWICE):
        check_proofs(document, finder(), now=NOW)
    document["proof"][1] = document["proof"][0] | {"id": "urn:x"}
    with pytest.raises(Refused, match=Reason.PROOF_TWICE):
        check_proofs(document, finder(), now=NOW)


def test_two_proofs_with_one_name_are_refused() -> None:
    own = key_of(DID, OTHER.public)
    document = sign(
        signed(proof_id="urn:x"), signer=OTHER, method=own.id, created=NOW - DAY, proof_id="urn:x"
    )
    with pytest.raises(Refused, match=Reason.PROOF_TWICE):
        check_proofs(document, finder(KEY, own), now=NOW)


@pytest.mark.parametrize(
    ("proof", "reason"),
    [
        (None, Reason.PROOF_MISSING),
        ([], Reason.PROOF_MISSING),
        ("z123", Reason.SHAPE),
        (["z123"], Reason.SHAPE),
        ([{"proofValue": f"z{at}"} for at in range(9)], Reason.TOO_MANY_VALUES),
    ],
)
def test_proofs_that_cannot_be_read_are_refused(proof: Any, reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        proofs_of(certificate(proof=proof))
    assert caught.value.reason is reason


def test_both_suites_on_one_document_hold_each_for_itself() -> None:
    document = sign(signed(), signer=PRIVATE, method=KEY.id, created=NOW - DAY, suite=JCS)
    assert [proven.reason for proven in check_proofs(document, finder(), now=NOW)] == [None, None]
    document["proof"][0]["proofValue"] = to_multibase(b"\0" * 64)
    found = check_proofs(document, finder(), now=NOW)
    assert [proven.reason for proven in found] == [Reason.SIGNATURE, None]


def test_a_signature_of_which_the_number_is_written_otherwise_does_not_hold() -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    document = signed()
    value = from_multibase(document["proof"][0]["proofValue"])
    high = (int.from_bytes(value[32:], "little") + order).to_bytes(32, "little")
    document["proof"][0]["proofValue"] = to_multibase(value[:32] + high)
    assert check(document).reason is Reason.SIGNATURE


def test_a_key_that_is_its_own_document_proves_itself_only() -> None:
    text = PRIVATE.public.multibase
    assert did_key_finder(f"did:key:{text}#{text}") == replace(
        KEY, id=f"did:key:{text}#{text}", controller=f"did:key:{text}"
    )
    assert did_key_finder(f"did:key:{text}#{OTHER.public.multibase}") is None
    assert did_key_finder(KEY.id) is None
    assert did_key_finder("did:key:z#z") is None


def test_a_document_with_something_unsigned_is_not_signed() -> None:
    with pytest.raises(Refused, match=Reason.NOT_SIGNED):
        signed(certificate(gediplomeerd=True))
