"""A credential as a JWT: one text in three parts, signed with EdDSA.

Sources: RFC 7515, RFC 7519, RFC 8037; Securing Verifiable Credentials using JOSE and COSE, section 3; Open
Badges 3.0, section 8.2.4. The algorithm is fixed and the key is found by its name (``kid``) in the document
of the issuer: whatever a header says of where a key may be found, or which one it is, makes the token
refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from bekwaam.trust.canonical import canonical_json
from bekwaam.trust.dids import Key, KeyFinder
from bekwaam.trust.documents import MOST_BYTES, read_json
from bekwaam.trust.encoding import from_base64url, to_base64url
from bekwaam.trust.keys import SIGNATURE_BYTES, Signer
from bekwaam.trust.moments import read_moment
from bekwaam.trust.proofs import CLOCKS_DIFFER, without_proof
from bekwaam.trust.reasons import Reason, Refused

ALGORITHM: Final = "EdDSA"
TYPES: Final = ("vc+jwt", "JWT")
_HEADER: Final = {"alg", "kid", "typ", "cty"}
_CLAIMS: Final = ("iss", "sub", "jti", "nbf", "exp", "iat")


@dataclass(frozen=True, slots=True)
class Token:
    """What a token holds, and whether its signature does: the credential, by which key, claiming which
    moment.
    """

    credential: dict[str, Any]
    method: str
    reason: Reason | None
    created: datetime | None = None
    key: Key | None = None

    @property
    def holds(self) -> bool:
        """Tell whether the signature is good and its key was to be trusted."""
        return self.reason is None


def _claims(credential: dict[str, Any]) -> dict[str, Any]:
    """Return what the registered claims of a credential have to be (Open Badges 3.0, section 8.2.4.1)."""
    issuer, subject = credential.get("issuer"), credential.get("credentialSubject")
    found: dict[str, Any] = {
        "iss": issuer.get("id") if isinstance(issuer, dict) else issuer,
        "sub": subject.get("id") if isinstance(subject, dict) else None,
        "jti": credential.get("id"),
    }
    for claim, name in (("nbf", "validFrom"), ("exp", "validUntil")):
        if name in credential:
            found[claim] = int(read_moment(credential[name], name).timestamp())
    return {name: value for name, value in found.items() if value is not None}


def sign_token(credential: dict[str, Any], *, signer: Signer, method: str, created: datetime) -> str:
    """Return ``credential`` as a JWT; a proof inside it is left out, since this is one. Raises Refused
    (SHAPE).
    """
    bare = without_proof(credential)
    claims = {**bare, **_claims(bare), "iat": int(created.timestamp())}
    header = {"alg": ALGORITHM, "kid": method, "typ": TYPES[0], "cty": "vc"}
    text = ".".join(to_base64url(canonical_json(part)) for part in (header, claims))
    return f"{text}.{to_base64url(signer.sign(text.encode('ascii')))}"


def read_token(text: str, find_key: KeyFinder, *, now: datetime, attested: datetime | None = None) -> Token:
    """Return what a token holds and what its signature is worth.

    Raises Refused when it cannot be read: TOO_LARGE, ENCODING, SHAPE, ALGORITHM for any other than EdDSA,
    HEADER for a header that says more than how the token was signed.
    """
    if len(text) > 2 * MOST_BYTES:
        raise Refused(Reason.TOO_LARGE, "token")
    parts = text.split(".")
    if len(parts) != 3 or not text.isascii():
        raise Refused(Reason.SHAPE, "token")
    header = read_json(from_base64url(parts[0]), most_bytes=8192)
    method = _method(header)
    payload = read_json(from_base64url(parts[1]))
    signature = from_base64url(parts[2])
    credential = {name: value for name, value in payload.items() if name not in _CLAIMS}
    created: datetime | None = None
    key: Key | None = None
    try:
        created = _created(payload, credential, now)
        key = find_key(method)
        if key is None:
            raise Refused(Reason.KEY_UNKNOWN)
        if len(signature) != SIGNATURE_BYTES or not key.public.signed(
            signature, text.rpartition(".")[0].encode()
        ):
            raise Refused(Reason.SIGNATURE)
        return Token(credential, method, key.objection(created, attested), created, key)
    except Refused as refused:
        return Token(credential, method, refused.reason, created, key)


def _method(header: dict[str, Any]) -> str:
    if header.get("alg") != ALGORITHM:
        raise Refused(Reason.ALGORITHM, str(header.get("alg"))[:20])
    if not header.keys() <= _HEADER or header.get("typ", TYPES[0]) not in TYPES:
        raise Refused(Reason.HEADER, ", ".join(sorted(header.keys() - _HEADER))[:100] or "typ")
    method = header.get("kid")
    if not isinstance(method, str) or header.get("cty", "vc") != "vc":
        raise Refused(Reason.HEADER, "kid")
    return method


def _created(payload: dict[str, Any], credential: dict[str, Any], now: datetime) -> datetime:
    """Return the moment that a token claims; refuse claims that say otherwise than the credential inside."""
    if "vc" in payload or "proof" in payload:
        raise Refused(Reason.SHAPE, "another form of token")
    expected = _claims(credential)
    for name in ("iss", "sub", "jti", "nbf", "exp"):
        if name in payload and payload[name] != expected.get(name):
            raise Refused(Reason.SHAPE, name)
    stamp = payload.get("iat", expected.get("nbf"))
    if type(stamp) is not int or not 0 < stamp < 2**36:
        raise Refused(Reason.SHAPE, "iat")
    created = datetime.fromtimestamp(stamp, UTC)
    if created > now + CLOCKS_DIFFER:
        raise Refused(Reason.FROM_THE_FUTURE, "iat")
    return created
