"""The secret with which fingerprints are made. It follows from the key of the installation."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from django.conf import settings

from bekwaam.domain.signs.prints import METHOD


@lru_cache(maxsize=4)
def _derived(secret: str, purpose: str) -> bytes:
    return blake2b(purpose.encode(), key=blake2b(secret.encode()).digest(), digest_size=32).digest()


def prints_key() -> bytes:
    """Return the key for fingerprints of texts: 32 bytes."""
    return _derived(settings.SECRET_KEY, "signs: fingerprints of texts")


def made_with() -> str:
    """Return by which method and with which key prints are made now; prints of another do not compare."""
    return f"{METHOD}-{blake2b(prints_key(), digest_size=4).hexdigest()}"


def mailbox_mark(owner_ref: str, email: str) -> str:
    """Return what stands for an address among the referees of one person: 32 characters; empty without one.

    The same address with somebody else gives another mark, so nobody can be followed from one to the next.
    """
    if not email:
        return ""
    key = _derived(settings.SECRET_KEY, "signs: addresses of referees")
    return blake2b(f"{owner_ref} {email.strip().lower()}".encode(), key=key, digest_size=16).hexdigest()
