"""Keeping an eye on a public log as a stranger: what is shown now, held against what was seen before.

Nothing is fetched here; ``fetch`` is handed over. What is kept is a small text: the key of the log and the
last checkpoint, both as the log gave them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.trust.checkpoints import Checkpoint, objection, read_checkpoint
from bekwaam.trust.documents import read_json
from bekwaam.trust.encoding import from_base64
from bekwaam.trust.notes import MOST_BYTES, NoteKey
from bekwaam.trust.reasons import Reason, Refused

MOST_PROOF: Final = 16 * 1024
MOST_KEY: Final = 1024

Fetch = Callable[[str, int], bytes]
"""Returns what is at an address, at most so many bytes of it; raises OSError or ValueError when it cannot."""


class Seen(StrEnum):
    """What came of looking at a log."""

    FIRST = "first"
    SAME = "same"
    GROWN = "grown"
    FORK = "fork"
    HIDES = "hides"
    NO_PROOF = "no_proof"
    OTHER_LOG = "other_log"
    NO_ANSWER = "no_answer"
    NO_LOG = "no_log"


EXIT: Final = {Seen.FIRST: 0, Seen.SAME: 0, Seen.GROWN: 0, Seen.FORK: 1}
"""0: fine; 1: two stories, which nobody can tell by mistake. All else (2): cannot be told."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody keeps of a log: its key and the last checkpoint that they saw."""

    key: NoteKey
    note: str

    @property
    def checkpoint(self) -> Checkpoint:
        """The checkpoint; raises Refused when it is not signed with the key."""
        return read_checkpoint(self.note, self.key)

    @property
    def text(self) -> str:
        """Both as a text for a file."""
        return f"{self.key.text}\n\n{self.note}"

    @classmethod
    def read(cls, text: str) -> Kept:
        """Read what was kept; raises Refused when it is no such text, or the key did not sign it."""
        first, _, note = text.partition("\n\n")
        kept = cls(NoteKey.read(first.strip()), note)
        _ = kept.checkpoint
        return kept


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a log: what came of it, what was known, what it showed (None: nothing that can be read).

    ``detail`` says what went wrong, for whoever looks into it.
    """

    seen: Seen
    known: Kept | None
    shown: Kept | None
    detail: str = ""

    @property
    def to_keep(self) -> Kept | None:
        """What to keep from now on: the newer one when all is fine, else what was known."""
        return self.shown if EXIT.get(self.seen) == 0 else self.known


def look(address: str, known: Kept | None, fetch: Fetch, key: NoteKey | None = None) -> Look:
    """Ask the log at ``address`` (its ``…/log/``) how it stands, and hold that against what is ``known``.

    Without ``known`` the log is believed to be what it says it is, unless its ``key`` is given.
    """
    base = address.rstrip("/") + "/"
    try:
        trusted = known.key if known else key or NoteKey.read(fetch(f"{base}key", MOST_KEY).decode().strip())
        note = fetch(f"{base}checkpoint", MOST_BYTES).decode()
        shown = Kept(trusted, note)
        now = shown.checkpoint
    except Refused as error:
        other = error.reason in (Reason.KEY_UNKNOWN, Reason.ORIGIN)
        return Look(Seen.OTHER_LOG if other else Seen.NO_LOG, known, None, str(error))
    except (OSError, ValueError) as error:
        return Look(Seen.NO_ANSWER, known, None, str(error))
    if known is None:
        return Look(Seen.FIRST, None, shown)
    before = known.checkpoint
    try:
        proof = _proof(base, before.size, now.size, fetch)
    except (OSError, ValueError) as error:
        # A log that forgot cannot prove anything of what it no longer knows of.
        return Look(Seen.HIDES if now.size < before.size else Seen.NO_PROOF, known, shown, str(error))
    return Look(_seen(before, now, proof), known, shown)


def _proof(base: str, one: int, other: int, fetch: Fetch) -> tuple[bytes, ...]:
    old, new = sorted((one, other))
    if old in (0, new):
        return ()
    answer = read_json(fetch(f"{base}consistency?from={old}&to={new}", MOST_PROOF), most_bytes=MOST_PROOF)
    hashes = answer.get("hashes")
    if not isinstance(hashes, list) or not all(isinstance(one, str) for one in hashes):
        raise Refused(Reason.SHAPE, "consistency proof")
    return tuple(from_base64(one) for one in hashes)


def _seen(before: Checkpoint, now: Checkpoint, proof: tuple[bytes, ...]) -> Seen:
    wrong = objection(before, now, proof)
    if wrong is None:
        return Seen.SAME if before.size == now.size else Seen.GROWN
    return {Reason.FORK: Seen.FORK, Reason.OLD_CHECKPOINT: Seen.HIDES}.get(wrong, Seen.OTHER_LOG)
