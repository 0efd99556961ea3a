"""The vectors of W3C for ``eddsa-rdfc-2022`` and ``eddsa-jcs-2022``, byte for byte."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from bekwaam.trust.contexts import CREDENTIALS, KNOWN, Contexts
from bekwaam.trust.dids import did_key_finder
from bekwaam.trust.encoding import from_multibase
from bekwaam.trust.keys import PrivateKey
from bekwaam.trust.moments import read_moment
from bekwaam.trust.proofs import Transformed, check_proofs, proofs_of, sign, transform, without_proof
from bekwaam.trust.reasons import Reason
from tests.trust.material import NOW, vector, vector_json, with_examples

_CITIZENSHIP = "https://w3id.org/citizenship/v4rc1"
_ITS = "https://w3id.org/citizenship#"
_DATE = {"@type": "http://www.w3.org/2001/XMLSchema#dateTime"}


def citizenship() -> Contexts:
    """The words of the second example, written down from its canonical form: its context is not among the
    vectors.
    """
    schema = {
        name: f"https://schema.org/{name}"
        for name in ("additionalName", "familyName", "gender", "givenName", "Person", "identifier")
    }
    its = {
        name: _ITS + name
        for name in (
            *("birthCountry", "employmentAuthorizationDocument", "lprCategory", "lprNumber"),
            *("EmployablePerson", "EmploymentAuthorizationDocument"),
            "EmploymentAuthorizationDocumentCredential",
        )
    }
    typed = {
        "image": {"@id": "https://schema.org/image", "@type": "@id"},
        "birthDate": {"@id": "https://schema.org/birthDate", **_DATE},
        "residentSince": {"@id": _ITS + "residentSince", **_DATE},
    }
    return Contexts({_CITIZENSHIP: {"@context": {**schema, **its, **typed}}})


CASES = [
    ("eddsa-rdfc-2022", "DataInt", "di-eddsa/unsigned.json", with_examples),
    ("eddsa-rdfc-2022/employ", "DataInt", "di-eddsa/employmentAuth.json", citizenship),
    ("eddsa-jcs-2022", "JCS", "di-eddsa/unsigned.json", with_examples),
]


@pytest.mark.parametrize(("folder", "end", "unsigned", "contexts"), CASES, ids=[case[0] for case in CASES])
def test_every_step_of_signing_is_that_of_w3c(folder: str, end: str, unsigned: str, contexts: Any) -> None:
    def text(name: str) -> str:
        return vector(f"di-eddsa/{folder}/{name}{end}.txt").read_text("utf-8")

    options = vector_json(f"di-eddsa/{folder}/proofConfig{end}.json")
    made = transform(vector_json(unsigned), options, contexts())
    assert made.document.decode() == text("canonDoc")
    assert made.options.decode() == text("proofCanon")
    assert made.document_hash.hex() == text("docHash")
    assert made.options_hash.hex() == text("proofHash")
    assert made.to_sign.hex() == text("combinedHash")

    pair = vector_json("di-eddsa/keyPair.json")
    method = f"did:key:{pair['publicKeyMultibase']}#{pair['publicKeyMultibase']}"
    whole = sign(
        vector_json(unsigned),
        signer=PrivateKey.from_multibase(pair["privateKeyMultibase"]),
        method=method,
        created=read_moment(options["created"]),
        suite=options["cryptosuite"],
        contexts=contexts(),
    )
    expected = vector_json(f"di-eddsa/{folder}/signed{end}.json")
    assert whole == {**expected, "proof": [expected["proof"]]}
    assert whole["proof"][0]["proofValue"] == text("sigBTC58")
    assert from_multibase(text("sigBTC58")).hex() == text("sigHex")


SIGNED = [
    "eddsa-rdfc-2022/signedDataInt.json",
    "eddsa-jcs-2022/signedJCS.json",
    "proof-set-chain/signedProofSet1.json",
    "proof-set-chain/signedProofSet2.json",
    "proof-set-chain/signedProofChain1.json",
    "proof-set-chain/signedProofChain2.json",
]


@pytest.mark.parametrize("name", SIGNED)
def test_what_w3c_signed_holds(name: str) -> None:
    document = vector_json(f"di-eddsa/{name}")
    found = check_proofs(document, did_key_finder, now=NOW, contexts=with_examples())
    assert len(found) == len(proofs_of(document))
    assert [proven.reason for proven in found] == [None] * len(found)


@pytest.mark.parametrize("name", SIGNED)
@pytest.mark.parametrize("field", ["name", "validFrom", "issuer"])
def test_what_w3c_signed_does_not_hold_when_changed(name: str, field: str) -> None:
    document = vector_json(f"di-eddsa/{name}")
    document[field] = {"name": "Ander", "validFrom": "2023-01-02T00:00:00Z", "issuer": "https://x.example"}[
        field
    ]
    found = check_proofs(document, did_key_finder, now=NOW, contexts=with_examples())
    assert not any(proven.holds for proven in found)


def test_sets_and_chains_are_signed_as_w3c_does() -> None:
    pairs = vector_json("di-eddsa/proof-set-chain/multiKeyPairs.json")
    document = vector_json("di-eddsa/proof-set-chain/unsigned.json")
    expected = vector_json("di-eddsa/proof-set-chain/signedProofChain2.json")
    for proof, pair in zip(expected["proof"], pairs.values(), strict=True):
        previous = proof.get("previousProof", [])
        document = sign(
            document,
            signer=PrivateKey.from_multibase(pair["privateKeyMultibase"]),
            method=proof["verificationMethod"],
            created=read_moment(proof["created"]),
            proof_id=proof.get("id"),
            previous=tuple(previous if isinstance(previous, list) else [previous]),
            contexts=with_examples(),
        )
    assert document == expected


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_chain_without_one_of_its_proofs_is_broken(gone: int) -> None:
    document = vector_json("di-eddsa/proof-set-chain/signedProofChain2.json")
    del document["proof"][gone]
    found = check_proofs(document, did_key_finder, now=NOW, contexts=with_examples())
    assert found[-1].reason is Reason.PROOF_CHAIN


def test_what_leans_on_a_broken_proof_is_broken() -> None:
    document = vector_json("di-eddsa/proof-set-chain/signedProofChain2.json")
    document["proof"][0]["created"] = "2023-02-24T23:36:39Z"
    found = check_proofs(document, did_key_finder, now=NOW, contexts=with_examples())
    assert [proven.holds for proven in found] == [False, True, False, False]


def test_our_copies_of_contexts_are_those_of_others() -> None:
    from pyld.documentloader.frozen import BUNDLED_CONTEXTS, FrozenDocumentLoader

    theirs = FrozenDocumentLoader(BUNDLED_CONTEXTS)(CREDENTIALS, {})["document"]
    ours = Contexts()
    assert ours.text(CREDENTIALS) == theirs == vector_json("ob3/contexts/credentials-v2.jsonld")
    assert all(ours.text(address)["@context"] for address in KNOWN)


def test_a_moment_is_kept_as_it_stands() -> None:
    assert read_moment("2023-02-24T23:36:38Z") == datetime.fromisoformat("2023-02-24T23:36:38+00:00")


def test_the_options_come_before_the_document() -> None:
    made = Transformed(b"document", b"options")
    assert made.to_sign == made.options_hash + made.document_hash
    assert without_proof({"a": 1, "proof": []}) == {"a": 1}
