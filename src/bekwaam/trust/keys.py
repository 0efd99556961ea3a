"""Ed25519 keys, and how they are written: Multikey in multibase base58btc.

Sources: RFC 8032; Controlled Identifiers 1.0, section 2.2.2 (Multikey). A private key is anything that can
sign (:class:`Signer`), so that it may as well live in a device that never gives it away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bekwaam.trust.encoding import from_multibase, to_multibase
from bekwaam.trust.reasons import Reason, Refused

_PUBLIC: Final = b"\xed\x01"
_SECRET: Final = b"\x80\x26"
KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of an Ed25519 key: 32 bytes."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise Refused(Reason.KEY, "length")

    @property
    def multibase(self) -> str:
        """The key as Multikey (``z6Mk…``)."""
        return to_multibase(_PUBLIC + self.raw)

    @classmethod
    def from_multibase(cls, text: object) -> PublicKey:
        """Read a Multikey; raises Refused when it is not that of an Ed25519 key."""
        data = from_multibase(text)
        if not data.startswith(_PUBLIC) or len(data) != len(_PUBLIC) + KEY_BYTES:
            raise Refused(Reason.KEY, "not Ed25519")
        return cls(data[len(_PUBLIC) :])

    def signed(self, signature: bytes, data: bytes) -> bool:
        """Tell whether ``signature`` is one by this key over ``data``."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, data)
        except (InvalidSignature, ValueError):
            return False
        return True


class Signer(Protocol):
    """What can sign with one key: a key in memory, a device, a service."""

    @property
    def public(self) -> PublicKey:
        """The public half."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Return the 64 bytes of the Ed25519 signature over ``data``."""
        ...


class PrivateKey:
    """A private key in memory. It shows nothing of itself when printed."""

    __slots__ = ("_key",)

    def __init__(self, seed: bytes) -> None:
        if len(seed) != KEY_BYTES:
            raise Refused(Reason.KEY, "length")
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @classmethod
    def new(cls) -> PrivateKey:
        """Return a fresh random key."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_multibase(cls, text: object) -> PrivateKey:
        """Read a secret key as Multikey (``z3u2…``); raises Refused when it is not that of an Ed25519 key."""
        data = from_multibase(text)
        if not data.startswith(_SECRET) or len(data) != len(_SECRET) + KEY_BYTES:
            raise Refused(Reason.KEY, "not Ed25519")
        return cls(data[len(_SECRET) :])

    @property
    def public(self) -> PublicKey:
        """The public half."""
        return PublicKey(self._key.public_key().public_bytes_raw())

    def seed(self) -> bytes:
        """Return the 32 secret bytes: for sealing only."""
        return self._key.private_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        """Return the signature over ``data``."""
        return self._key.sign(data)

    def __repr__(self) -> str:
        return f"PrivateKey(of {self.public.multibase})"
