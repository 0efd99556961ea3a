"""Salted commitments: proof that a text was this text, without the text.

The audit chain keeps ``commit(salt, value)``; the salt lies in a table beside it. When a person has their
data erased, the value and the salt go; the commitment stays, the chain holds, and nobody can guess back.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Any, Final

from bekwaam.trust.canonical import canonical_json

SALT_BYTES: Final = 32


def new_salt() -> str:
    """Return a fresh random salt as hexadecimal digits."""
    return secrets.token_hex(SALT_BYTES)


def commit(salt: str, value: Any) -> str:
    """Return the commitment to ``value`` (anything JSON can carry) under ``salt``."""
    return "hmac-sha256:" + hmac.digest(bytes.fromhex(salt), canonical_json(value), "sha256").hex()


def opens(commitment: str, salt: str, value: Any) -> bool:
    """Tell whether ``commitment`` is one to ``value`` under ``salt``."""
    return hmac.compare_digest(commitment, commit(salt, value))
