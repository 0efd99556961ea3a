"""Whatever is handed in, checking answers; it never falls over, and never calls a changed certificate
valid.
"""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bekwaam.trust.canonical import canonical_json
from bekwaam.trust.checkpoints import read_checkpoint
from bekwaam.trust.credentials import check_credential
from bekwaam.trust.dids import read_document, url_of_did_web
from bekwaam.trust.documents import read_json
from bekwaam.trust.encoding import to_base64url
from bekwaam.trust.keystore import unseal
from bekwaam.trust.logproofs import read_log_proof
from bekwaam.trust.notes import NoteKey
from bekwaam.trust.proofs import JCS, RDFC
from bekwaam.trust.reasons import Refused
from bekwaam.trust.status import Bits, entries_of
from bekwaam.trust.vcjwt import read_token
from bekwaam.trust.verdicts import Outcome, Verdict
from tests.trust.at_hand import at_hand
from tests.trust.material import DID, NOW, PRIVATE, certificate, finder, signed

WORDS = st.sampled_from(
    [
        *(
            "id",
            "type",
            "@context",
            "@id",
            "@type",
            "@value",
            "proof",
            "issuer",
            "credentialStatus",
            "evidence",
        ),
        *(
            "credentialSubject",
            "validFrom",
            "statusListIndex",
            "VerifiableCredential",
            DID,
            "",
            "z1",
            "x:y",
            "_:b",
        ),
        *(
            "https://www.w3.org/ns/credentials/v2",
            "previousProof",
            "BitstringStatusListEntry",
            "name",
            "result",
        ),
    ]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | WORDS
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=8,
)
OBJECTS = st.dictionaries(WORDS | st.text(max_size=3), JSON, max_size=5)


AT_HAND = at_hand()


@cache
def _signed(suite: str) -> dict[str, Any]:
    return signed(suite=suite)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every part of ``value``, objects and lists included."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [it for key, part in parts for it in ((*path, key), *places(part, (*path, key)))]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([RDFC, JCS]), st.data())
def test_a_certificate_of_which_anything_became_anything_is_never_valid(
    suite: str, data: st.DataObject
) -> None:
    document = copy.deepcopy(_signed(suite))
    path = data.draw(st.sampled_from(places(document)))
    part: Any = document
    for step in path[:-1]:
        part = part[step]
    before, after = part[path[-1]], data.draw(JSON)
    part[path[-1]] = after
    found = check_credential(document, AT_HAND)
    assert isinstance(found, Verdict)
    json.dumps(found.as_json())
    if found.outcome is Outcome.VALID:  # the same said in another way: one thing alone or in a list of one
        assert [before] in (after, [after]) or [after] == before or before == after


@settings(max_examples=40, deadline=None)
@given(OBJECTS)
def test_any_object_gets_an_answer(document: dict[str, Any]) -> None:
    for whole in (document, _signed(RDFC) | document, certificate() | document):
        found = check_credential(whole, AT_HAND)
        assert found.exit_status in (0, 1, 2)


@settings(max_examples=40, deadline=None)
@given(OBJECTS)
def test_any_document_of_an_issuer_and_any_list_is_read_or_refused(document: dict[str, Any]) -> None:
    for read in (
        lambda: read_document(document | {"id": DID}, DID),
        lambda: entries_of(document),
        lambda: unseal(json.dumps(document), "een lange zin die niemand raadt"),
        lambda: read_json(json.dumps(document)),
    ):
        try:
            read()
        except Refused:
            continue
    check_credential(_signed(RDFC), at_hand(lists=lambda url: document))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_text_is_read_or_refused(given_text: str | bytes) -> None:
    text = given_text if isinstance(given_text, str) else given_text.decode("latin-1")
    key = NoteKey("evc.example/log", PRIVATE.public)
    for read in (
        lambda: read_json(given_text),
        lambda: read_token(text, finder(), now=NOW),
        lambda: read_token(f"{to_base64url(text.encode('utf-8', 'replace'))}.e30.", finder(), now=NOW),
        lambda: read_log_proof(given_text),
        lambda: read_checkpoint(given_text, key),
        lambda: NoteKey.read(text),
        lambda: Bits.read(text),
        lambda: Bits.read("u" + text),
        lambda: url_of_did_web("did:web:" + text),
    ):
        try:
            read()
        except Refused:
            continue


@settings(max_examples=40, deadline=None)
@given(OBJECTS)
def test_any_payload_of_a_token_is_read_or_refused(payload: dict[str, Any]) -> None:
    header = {"alg": "EdDSA", "kid": finder().__self__.keys[0].id}
    try:
        text = ".".join(to_base64url(canonical_json(part)) for part in (header, payload))
    except ValueError:
        return
    token = f"{text}.{to_base64url(PRIVATE.sign(text.encode()))}"
    try:
        read_token(token, finder(), now=NOW)
    except Refused:
        return
