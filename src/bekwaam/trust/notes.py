"""Signed notes: a text with signatures below it, as the log publishes its state.

Source: C2SP signed-note, with Ed25519 (type 0x01).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bekwaam.trust.encoding import from_base64, to_base64
from bekwaam.trust.keys import SIGNATURE_BYTES, PublicKey, Signer
from bekwaam.trust.reasons import Reason, Refused

MOST_BYTES: Final = 64 * 1024
MOST_SIGNATURES: Final = 16
_ED25519: Final = b"\x01"
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")
_NAME: Final = re.compile(r"[^\s+]{1,200}")
_LINE: Final = re.compile(r"— ([^\s+]{1,200}) ([A-Za-z0-9+/=]{8,8192})")


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A key that signs notes: its name, and the public half."""

    name: str
    public: PublicKey

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise Refused(Reason.KEY, "name")

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature says that it is of this key."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public.raw).digest()[:4]

    @property
    def text(self) -> str:
        """The key as others configure it: ``name+id+key``."""
        return f"{self.name}+{self.id.hex()}+{to_base64(_ED25519 + self.public.raw)}"

    @classmethod
    def read(cls, text: str) -> NoteKey:
        """Read ``name+id+key``; raises Refused (KEY, ENCODING)."""
        name, _, rest = text.partition("+")
        wanted, _, key = rest.partition("+")
        data = from_base64(key)
        if data[:1] != _ED25519:
            raise Refused(Reason.KEY, "not Ed25519")
        made = cls(name, PublicKey(data[1:]))
        if made.id.hex() != wanted:
            raise Refused(Reason.KEY, "id")
        return made


def sign_note(text: str, name: str, signer: Signer) -> str:
    """Return ``text`` as a note signed by ``signer``, whose key is called ``name``.

    Raises Refused (SHAPE) for a text that does not end in a line end or cannot be told from a signature.
    """
    _check_text(text)
    key = NoteKey(name, signer.public)
    return f"{text}\n— {name} {to_base64(key.id + signer.sign(text.encode()))}\n"


def _check_text(text: str) -> None:
    if not text.endswith("\n") or text == "\n" or _CONTROL.search(text):
        raise Refused(Reason.SHAPE, "text of a note")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Refused(Reason.TEXT, "text of a note") from error


def open_note(note: str | bytes, keys: Sequence[NoteKey]) -> tuple[str, tuple[NoteKey, ...]]:
    """Return the text of ``note`` and which of ``keys`` signed it.

    Signatures of unknown keys are passed over. Raises Refused: TOO_LARGE, SHAPE, ENCODING when it is no note;
    SIGNATURE when one that claims to be of a known key is not good; KEY_UNKNOWN when no known key signed.
    """
    if len(note) > MOST_BYTES:
        raise Refused(Reason.TOO_LARGE, "note")
    try:
        whole = note.decode("utf-8") if isinstance(note, bytes) else note
    except UnicodeDecodeError as error:
        raise Refused(Reason.SHAPE, "note") from error
    text, mark, below = whole.rpartition("\n\n")
    if not mark or not below.endswith("\n"):
        raise Refused(Reason.SHAPE, "note")
    text += "\n"
    _check_text(text)
    lines = below[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise Refused(Reason.TOO_MANY_VALUES, "note")
    found = [key for line in lines if (key := _signed_by(text, line, keys)) is not None]
    if not found:
        raise Refused(Reason.KEY_UNKNOWN, "note")
    return text, tuple(dict.fromkeys(found))


def _signed_by(text: str, line: str, keys: Sequence[NoteKey]) -> NoteKey | None:
    match = _LINE.fullmatch(line)
    if not match:
        raise Refused(Reason.SHAPE, "signature of a note")
    data = from_base64(match[2])
    key = next((it for it in keys if (it.name, it.id) == (match[1], data[:4])), None)
    if key is None:
        return None
    if len(data) != 4 + SIGNATURE_BYTES or not key.public.signed(data[4:], text.encode()):
        raise Refused(Reason.SIGNATURE, "note")
    return key
