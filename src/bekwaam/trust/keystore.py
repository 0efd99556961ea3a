"""Where private keys are kept: a port, and the sealed form in which a file may hold one.

A sealed key is a small JSON document: scrypt (RFC 7914) makes a key of the passphrase, AES-256-GCM seals the
seed with it, and the public key and the costs are bound to it, so that a sealed key cannot be exchanged for
another one. A device (PKCS#11) or a key service is another implementation of :class:`KeyStore`.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from bekwaam.trust.canonical import canonical_json
from bekwaam.trust.documents import read_json
from bekwaam.trust.encoding import from_base64url, to_base64url
from bekwaam.trust.keys import PrivateKey, PublicKey, Signer
from bekwaam.trust.reasons import Reason, Refused

KIND: Final = "bekwaam-sealed-key-1"
SHORTEST_PASSPHRASE: Final = 12
_MOST_MEMORY: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Costs:
    """What guessing a passphrase costs: scrypt's n, r and p. The default takes 128 MiB and some 0.3 s."""

    n: int = 2**17
    r: int = 8
    p: int = 1

    def __post_init__(self) -> None:
        power = self.n > 1 and self.n & (self.n - 1) == 0
        if not power or not (1 <= self.r <= 32 and 1 <= self.p <= 16) or 128 * self.n * self.r > _MOST_MEMORY:
            raise Refused(Reason.TOO_LARGE, "scrypt")


class KeyStore(Protocol):
    """Keeps the private keys of issuers, each under a name that its public record knows."""

    def signer(self, name: str) -> Signer:
        """Return what signs with the key called ``name``; raises Refused (KEY_UNKNOWN, PASSPHRASE)."""
        ...

    def new(self, name: str) -> PublicKey:
        """Make a key called ``name`` and keep it; raises Refused (KEY) when the name is taken."""
        ...

    def forget(self, name: str) -> None:
        """Destroy the private key called ``name``; what it signed stays checkable."""
        ...


def _secret(passphrase: str, salt: bytes, costs: Costs) -> bytes:
    kdf = Scrypt(salt=salt, length=32, n=costs.n, r=costs.r, p=costs.p)
    return kdf.derive(passphrase.encode())


def seal(key: PrivateKey, passphrase: str, costs: Costs | None = None) -> str:
    """Return ``key`` sealed with ``passphrase``, as a JSON text; raises Refused for fewer than 12
    characters.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refused(Reason.PASSPHRASE, "too short")
    costs = costs or Costs()
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    head = _head(key.public.multibase, salt, nonce, costs)
    sealed = AESGCM(_secret(passphrase, salt, costs)).encrypt(nonce, key.seed(), canonical_json(head))
    return json.dumps({**head, "sealed": to_base64url(sealed)}, indent=2) + "\n"


def _head(public: str, salt: bytes, nonce: bytes, costs: Costs) -> dict[str, str | int]:
    return {
        "kind": KIND,
        "public": public,
        "salt": to_base64url(salt),
        "nonce": to_base64url(nonce),
        "n": costs.n,
        "r": costs.r,
        "p": costs.p,
    }


def unseal(text: str | bytes, passphrase: str) -> PrivateKey:
    """Return the key in ``text``.

    Raises Refused: SHAPE or ENCODING for what is no sealed key, TOO_LARGE for costs that would take the
    machine down, PASSPHRASE for another passphrase or a changed file (the two cannot be told apart).
    """
    head = read_json(text, most_bytes=4096)
    sealed = head.pop("sealed", None)
    numbers = [head.get(name) for name in ("n", "r", "p")]
    texts = [head.get(name) for name in ("public", "salt", "nonce")]
    if head.get("kind") != KIND or not isinstance(sealed, str) or len(head) != 7:
        raise Refused(Reason.SHAPE, "sealed key")
    if not all(type(number) is int for number in numbers) or not all(isinstance(it, str) for it in texts):
        raise Refused(Reason.SHAPE, "sealed key")
    costs = Costs(*(int(str(number)) for number in numbers))
    nonce = from_base64url(str(head["nonce"]))
    if len(nonce) != 12:
        raise Refused(Reason.SHAPE, "sealed key")
    cipher = AESGCM(_secret(passphrase, from_base64url(str(head["salt"])), costs))
    try:
        key = PrivateKey(cipher.decrypt(nonce, from_base64url(sealed), canonical_json(head)))
    except InvalidTag as error:
        raise Refused(Reason.PASSPHRASE) from error
    if key.public.multibase != head["public"]:
        raise Refused(Reason.KEY, "another public key")
    return key
