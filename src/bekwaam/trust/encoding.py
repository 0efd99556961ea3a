"""How bytes are written down: base58 and multibase, base64 and base64url without leeway.

Every decoder accepts exactly one spelling of the same bytes, so that nothing can be changed in a text while
what it stands for stays the same. Sources: Multibase (draft-multiformats-multibase), RFC 4648.
"""

from __future__ import annotations

import base64
import binascii
from typing import Final

from bekwaam.trust.reasons import Reason, Refused

_ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUE_OF: Final = {letter: value for value, letter in enumerate(_ALPHABET)}
LONGEST_BASE58: Final = 256


def to_base58(data: bytes) -> str:
    """Return ``data`` in the alphabet of Bitcoin; a zero byte in front is a ``1`` in front."""
    number = int.from_bytes(data)
    letters = ""
    while number:
        number, rest = divmod(number, 58)
        letters = _ALPHABET[rest] + letters
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + letters


def from_base58(text: str) -> bytes:
    """Return the bytes of ``text``; raises Refused for another alphabet or more than 256 letters.

    Decoding takes time that grows with the square of the length, hence the bound.
    """
    if len(text) > LONGEST_BASE58:
        raise Refused(Reason.TOO_LARGE, "base58")
    number = 0
    for letter in text:
        if letter not in _VALUE_OF:
            raise Refused(Reason.ENCODING, "base58")
        number = number * 58 + _VALUE_OF[letter]
    body = number.to_bytes((number.bit_length() + 7) // 8)
    return b"\0" * (len(text) - len(text.lstrip("1"))) + body


def to_multibase(data: bytes) -> str:
    """Return ``data`` as multibase in base58btc (``z…``)."""
    return "z" + to_base58(data)


def from_multibase(text: object) -> bytes:
    """Return the bytes of a multibase text in base58btc; raises Refused for anything else."""
    if not isinstance(text, str) or not text.startswith("z"):
        raise Refused(Reason.ENCODING, "multibase")
    return from_base58(text[1:])


def to_base64url(data: bytes) -> str:
    """Return ``data`` as base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Return the bytes of unpadded base64url; raises Refused for padding, blanks or loose last bits."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused(Reason.ENCODING, "base64url") from error
    if to_base64url(data) != text:
        raise Refused(Reason.ENCODING, "base64url")
    return data


def to_base64(data: bytes) -> str:
    """Return ``data`` as base64 with padding."""
    return base64.b64encode(data).decode()


def from_base64(text: str) -> bytes:
    """Return the bytes of padded base64; raises Refused for any other spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused(Reason.ENCODING, "base64") from error
    if to_base64(data) != text:
        raise Refused(Reason.ENCODING, "base64")
    return data
