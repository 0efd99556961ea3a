"""What the log says of itself: so many leaves, this hash; and how two such sayings are held together.

Source: C2SP tlog-checkpoint. Whoever keeps the last checkpoint that they saw will notice a log that tells
others another story, or that forgets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bekwaam.trust.encoding import from_base64, to_base64
from bekwaam.trust.keys import Signer
from bekwaam.trust.merkle import EMPTY_ROOT, HASH_BYTES, MOST_LEAVES, is_consistent
from bekwaam.trust.notes import NoteKey, open_note, sign_note
from bekwaam.trust.reasons import Reason, Refused

_SIZE: Final = re.compile(r"0|[1-9]\d{0,15}")
_ORIGIN: Final = re.compile(r"[^\s+]{1,200}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log: whose, how many leaves, the hash of the tree. ``more`` are lines that we only
    carry.
    """

    origin: str
    size: int
    root: bytes
    more: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _ORIGIN.fullmatch(self.origin) or not 0 <= self.size <= MOST_LEAVES:
            raise Refused(Reason.SHAPE, "checkpoint")
        if len(self.root) != HASH_BYTES or (self.size == 0 and self.root != EMPTY_ROOT):
            raise Refused(Reason.SHAPE, "root")

    @property
    def text(self) -> str:
        """The checkpoint as the text of a note."""
        return "".join(f"{line}\n" for line in (self.origin, self.size, to_base64(self.root), *self.more))


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> str:
    """Return ``checkpoint`` as a signed note; the key is called after the origin, as C2SP advises."""
    return sign_note(checkpoint.text, checkpoint.origin, signer)


def read_checkpoint(note: str | bytes, key: NoteKey) -> Checkpoint:
    """Return the checkpoint in ``note``, signed by the log whose ``key`` we know.

    The origin is the name of that key: a log may not speak for another one. Raises Refused: what
    ``open_note`` raises; ORIGIN; SHAPE.
    """
    text, _ = open_note(note, [key])
    lines = text[:-1].split("\n")
    if len(lines) < 3 or not all(lines) or not _SIZE.fullmatch(lines[1]):
        raise Refused(Reason.SHAPE, "checkpoint")
    if lines[0] != key.name:
        raise Refused(Reason.ORIGIN, lines[0][:200])
    return Checkpoint(lines[0], int(lines[1]), from_base64(lines[2]), tuple(lines[3:]))


def objection(known: Checkpoint, shown: Checkpoint, proof: Sequence[bytes]) -> Reason | None:
    """Say what is wrong with ``shown`` for somebody who saw ``known`` before, or None when the log only grew.

    ``proof`` is the consistency proof from the smaller to the larger. ORIGIN: of another log. FORK: the two
    cannot both be true. OLD_CHECKPOINT: true, but of before ``known``; somebody may be hiding what came
    after.
    """
    if known.origin != shown.origin:
        return Reason.ORIGIN
    if known.size == shown.size:
        return None if known.root == shown.root else Reason.FORK
    old, new = (known, shown) if known.size < shown.size else (shown, known)
    if not is_consistent(old.size, new.size, old.root, new.root, proof):
        return Reason.FORK
    return None if new is shown else Reason.OLD_CHECKPOINT
