"""A credential as a JWT: one algorithm, a key by name, and claims that say what the credential says."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

import pytest

from bekwaam.trust.canonical import canonical_json
from bekwaam.trust.dids import key_of
from bekwaam.trust.encoding import from_base64url, to_base64url
from bekwaam.trust.reasons import Reason, Refused
from bekwaam.trust.vcjwt import Token, read_token, sign_token
from tests.trust.material import (
    DAY,
    DID,
    KEY,
    NOW,
    OTHER,
    PRIVATE,
    certificate,
    finder,
    issuer,
    signed,
    vector,
)


def token(**options: Any) -> str:
    chosen: dict[str, Any] = {"signer": PRIVATE, "method": KEY.id, "created": NOW - DAY} | options
    return sign_token(chosen.pop("document", certificate()), **chosen)


def read(text: str, **options: Any) -> Token:
    return read_token(text, options.pop("find", finder()), now=NOW, **options)


def made_by_hand(header: dict[str, Any], payload: dict[str, Any] | None = None) -> str:
    """Return a token with any header, signed with the issuer's own key."""
    payload = json.loads(from_base64url(token().split(".")[1])) if payload is None else payload
    text = ".".join(to_base64url(canonical_json(part)) for part in (header, payload))
    return f"{text}.{to_base64url(PRIVATE.sign(text.encode()))}"


HEADER = {"alg": "EdDSA", "kid": KEY.id, "typ": "vc+jwt", "cty": "vc"}


def test_what_was_signed_holds_and_is_the_credential() -> None:
    found = read(token(document=signed()))
    assert found.holds
    assert found.credential == certificate()
    assert (found.key, found.created, found.method) == (KEY, NOW - DAY, KEY.id)


def test_the_claims_are_those_of_open_badges() -> None:
    payload = json.loads(from_base64url(token().split(".")[1]))
    assert payload["iss"] == DID
    assert payload["jti"] == certificate()["id"]
    assert payload["sub"] == certificate()["credentialSubject"]["id"]
    assert payload["nbf"] == datetime.fromisoformat("2026-11-20T10:00:00Z").timestamp()
    assert payload["exp"] == datetime.fromisoformat("2031-11-20T10:00:00Z").timestamp()


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (HEADER | {"alg": "none"}, Reason.ALGORITHM),
        (HEADER | {"alg": "HS256"}, Reason.ALGORITHM),
        (HEADER | {"alg": "eddsa"}, Reason.ALGORITHM),
        (HEADER | {"alg": ["EdDSA"]}, Reason.ALGORITHM),
        ({"kid": KEY.id}, Reason.ALGORITHM),
        (HEADER | {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": "AA"}}, Reason.HEADER),
        (HEADER | {"jku": "https://kwaad.example/keys"}, Reason.HEADER),
        (HEADER | {"x5u": "https://10.0.0.8/"}, Reason.HEADER),
        (HEADER | {"x5c": []}, Reason.HEADER),
        (HEADER | {"crit": ["b64"], "b64": False}, Reason.HEADER),
        (HEADER | {"zip": "DEF"}, Reason.HEADER),
        (HEADER | {"typ": "at+jwt"}, Reason.HEADER),
        (HEADER | {"cty": "JWT"}, Reason.HEADER),
        ({"alg": "EdDSA"}, Reason.HEADER),
        (HEADER | {"kid": 3}, Reason.HEADER),
    ],
)
def test_a_header_that_says_more_is_refused(header: dict[str, Any], reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        read(made_by_hand(header))
    assert caught.value.reason is reason


def test_a_header_of_an_ordinary_token_is_read() -> None:
    assert read(made_by_hand({"alg": "EdDSA", "kid": KEY.id, "typ": "JWT"})).holds
    assert read(made_by_hand({"alg": "EdDSA", "kid": KEY.id})).holds


def test_the_public_key_as_a_secret_gives_nothing() -> None:
    text = ".".join(to_base64url(canonical_json(it)) for it in (HEADER | {"alg": "HS256"}, certificate()))
    forged = hmac.new(KEY.public.raw, text.encode(), hashlib.sha256).digest()
    with pytest.raises(Refused, match=Reason.ALGORITHM):
        read(f"{text}.{to_base64url(forged)}")


@pytest.mark.parametrize("part", [0, 1])
def test_a_changed_token_does_not_hold(part: int) -> None:
    parts = token().split(".")
    other = sign_token(certificate(name="Ander"), signer=OTHER, method=KEY.id, created=NOW - 2 * DAY).split(
        "."
    )
    parts[part] = other[part] if part else to_base64url(canonical_json(HEADER | {"typ": "JWT"}))
    assert read(".".join(parts)).reason is Reason.SIGNATURE


def test_another_key_does_not_hold() -> None:
    assert read(token(signer=OTHER)).reason is Reason.SIGNATURE
    own = key_of(DID, OTHER.public)
    assert read(token(signer=OTHER, method=own.id)).reason is Reason.KEY_UNKNOWN


@pytest.mark.parametrize(
    ("moments", "attested", "reason"),
    [
        ({"retired_at": NOW - 2 * DAY}, None, Reason.KEY_RETIRED),
        ({"retired_at": NOW}, None, None),
        ({"compromised_at": NOW - 2 * DAY}, None, Reason.KEY_COMPROMISED),
        ({"compromised_at": NOW}, None, Reason.KEY_MAY_BE_STOLEN),
        ({"compromised_at": NOW}, NOW - DAY / 2, None),
    ],
)
def test_a_key_counts_for_its_own_time_only(
    moments: dict[str, datetime], attested: datetime | None, reason: Reason | None
) -> None:
    assert read(token(), find=issuer(**moments).key, attested=attested).reason is reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": "did:web:ander.example"}, Reason.SHAPE),
        ({"sub": "urn:uuid:1"}, Reason.SHAPE),
        ({"jti": "urn:x"}, Reason.SHAPE),
        ({"nbf": 1}, Reason.SHAPE),
        ({"exp": 4102444800}, Reason.SHAPE),
        ({"iat": "gisteren"}, Reason.SHAPE),
        ({"iat": True}, Reason.SHAPE),
        ({"iat": int((NOW + DAY).timestamp())}, Reason.FROM_THE_FUTURE),
        ({"vc": {}}, Reason.SHAPE),
        ({"proof": []}, Reason.SHAPE),
        ({"validUntil": "2099-11-20T10:00:00Z"}, Reason.SHAPE),
    ],
)
def test_claims_that_say_otherwise_than_the_credential_do_not_hold(
    changes: dict[str, Any], reason: Reason
) -> None:
    payload = json.loads(from_base64url(token().split(".")[1])) | changes
    assert read(made_by_hand(HEADER, payload)).reason is reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.SHAPE),
        ("a.b", Reason.SHAPE),
        ("a.b.c.d", Reason.SHAPE),
        ("é.é.é", Reason.SHAPE),
        (token() + "=", Reason.ENCODING),
        (token() + "\n", Reason.ENCODING),
        ("a.b.c", Reason.ENCODING),
        ("a" * (2**20 + 1), Reason.TOO_LARGE),
        (to_base64url(b'{"alg":"none","alg":"EdDSA"}') + ".e30.", Reason.DUPLICATE_KEY),
        (to_base64url(b"[]") + ".e30.", Reason.SHAPE),
    ],
)
def test_what_is_no_token_is_refused(text: str, reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        read(text)
    assert caught.value.reason is reason


def test_a_token_without_a_signature_does_not_hold() -> None:
    assert read(token().rpartition(".")[0] + ".").reason is Reason.SIGNATURE


@pytest.mark.parametrize("name", ["simple.jwt", "simple-jwt_v1.png", "velocity.jwt"])
def test_tokens_of_others_in_another_algorithm_are_refused_and_not_misread(name: str) -> None:
    data = vector(f"ob3/1edtech-tests/{name}").read_bytes().decode("latin-1").strip()
    with pytest.raises(Refused):
        read(data)
