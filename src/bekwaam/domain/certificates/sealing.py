"""Hashes that show later that something was so, without saying now what it was.

What is sealed is put in one JSON object with a salt of its own. Whoever is given that object can hash it and
finds the hash in the credential; whoever is not can try what they like. Each salt is made of one secret of
the certificate and of what it is for, so that giving one away gives no other away, and the secret is all
that the provider has to keep (and all that has to go when somebody has themself erased).

Sources: W3C VC Data Model 2.0 (``digestMultibase``); Open Badges 3.0 (``identityHash``).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import unicodedata
from typing import Any, Final

from bekwaam.trust.canonical import canonical_json, sha256_hex
from bekwaam.trust.commitments import SALT_BYTES

_SHA256: Final = b"\x12\x20"  # multihash: sha2-256, 32 bytes


def salt_for(secret: str, label: str) -> str:
    """Return the salt for what is called ``label``: 64 hexadecimal digits, the same every time.

    ``secret`` is 64 hexadecimal digits (:func:`bekwaam.trust.commitments.new_salt`). Raises ValueError for
    anything shorter: a salt that can be guessed hides nothing.
    """
    key = bytes.fromhex(secret)
    if len(key) < SALT_BYTES:
        raise ValueError("the secret of a certificate is 32 bytes")
    return hmac.digest(key, label.encode(), "sha256").hex()


def sealed(secret: str, label: str, value: Any) -> dict[str, Any]:
    """Return what has to be shown to open a seal: the ``value`` (anything JSON can carry) with its salt."""
    return {"label": label, "salt": salt_for(secret, label), "value": value}


def digest_of(opened: dict[str, Any]) -> str:
    """Return the hash that stands in a credential for what :func:`sealed` gave."""
    return multibase_digest(hashlib.sha256(canonical_json(opened)).hexdigest())


def multibase_digest(sha256: str) -> str:
    """Return a SHA-256 (hexadecimal digits) as ``digestMultibase``: base64url of a multihash.

    Raises ValueError for anything but 32 bytes.
    """
    value = bytes.fromhex(sha256)
    if len(value) != hashlib.sha256().digest_size:
        raise ValueError("a SHA-256 has 32 bytes")
    return "u" + base64.urlsafe_b64encode(_SHA256 + value).decode().rstrip("=")


def identity_hash(identity: str, salt: str) -> str:
    """Return the hash of a name or address as Open Badges 3.0 has it: of the text with the salt after it."""
    return "sha256$" + sha256_hex((identity + salt).encode())


def same_person(identity: str, shown: dict[str, Any]) -> bool:
    """Tell whether an ``IdentityObject`` of a credential is of this name or address.

    A hash cannot be read loosely, so what somebody types is first put in the form that was hashed
    (:func:`plain_name`, :func:`plain_email`).
    """
    email = shown.get("identityType") == "emailAddress"
    plain = plain_email(identity) if email else plain_name(identity)
    if shown.get("hashed") is True:
        expected = identity_hash(plain, str(shown.get("salt", "")))
        return hmac.compare_digest(expected.encode(), str(shown.get("identityHash", "")).encode())
    known = str(shown.get("identityHash", ""))
    return plain == (plain_email(known) if email else plain_name(known))


def plain_email(address: str) -> str:
    """Return an address as it is hashed: without spaces around it, in small letters."""
    return address.strip().lower()


def plain_name(name: str) -> str:
    """Return a name as it is hashed: one space between its parts, capitals making no difference."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())
