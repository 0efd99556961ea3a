"""The proof, carried with a certificate, that it is in the log: C2SP tlog-proof.

It holds the place of the leaf, the hashes from there to the root, and the signed checkpoint with that root,
so that it can be checked without asking anybody. Source: C2SP tlog-proof, version 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bekwaam.trust.checkpoints import Checkpoint, read_checkpoint
from bekwaam.trust.encoding import from_base64, to_base64
from bekwaam.trust.merkle import HASH_BYTES, is_included
from bekwaam.trust.notes import NoteKey
from bekwaam.trust.reasons import Reason, Refused

HEADER: Final = "c2sp.org/tlog-proof@v1"
MOST_BYTES: Final = 128 * 1024
MOST_STEPS: Final = 64
_INDEX: Final = re.compile(r"index (0|[1-9]\d{0,15})")


@dataclass(frozen=True, slots=True)
class LogProof:
    """A proof as it travels. ``extra`` is not vouched for by anybody."""

    index: int
    steps: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None

    @property
    def text(self) -> str:
        """The proof as a text."""
        lines = [HEADER]
        if self.extra is not None:
            lines.append(f"extra {to_base64(self.extra)}")
        lines += [f"index {self.index}", *(to_base64(step) for step in self.steps), ""]
        return "".join(f"{line}\n" for line in lines) + self.checkpoint


def read_log_proof(data: str | bytes) -> LogProof:
    """Read a proof; raises Refused (TOO_LARGE, SHAPE, ENCODING). Nothing has been checked of it then."""
    if len(data) > MOST_BYTES:
        raise Refused(Reason.TOO_LARGE, "log proof")
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
    except UnicodeDecodeError as error:
        raise Refused(Reason.SHAPE, "log proof") from error
    head, mark, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not mark or lines.pop(0) != HEADER:
        raise Refused(Reason.SHAPE, "log proof")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = from_base64(lines.pop(0).removeprefix("extra "))
    match = _INDEX.fullmatch(lines.pop(0)) if lines else None
    if not match or len(lines) > MOST_STEPS:
        raise Refused(Reason.SHAPE, "index")
    steps = tuple(from_base64(line) for line in lines)
    if any(len(step) != HASH_BYTES for step in steps):
        raise Refused(Reason.SHAPE, "hash")
    return LogProof(int(match[1]), steps, checkpoint, extra)


def check_log_proof(proof: LogProof, leaf: bytes, key: NoteKey) -> Checkpoint:
    """Return the checkpoint under which ``leaf`` (its hash) is in the log of ``key``.

    Raises Refused: what ``read_checkpoint`` raises, and NOT_IN_LOG when the steps do not lead there.
    """
    checkpoint = read_checkpoint(proof.checkpoint, key)
    if not is_included(leaf, proof.index, checkpoint.size, proof.steps, checkpoint.root):
        raise Refused(Reason.NOT_IN_LOG, str(proof.index))
    return checkpoint
