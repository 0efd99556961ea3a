"""How far looking at a piece is, for names in its texts and for its file, by what was kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha256

from bekwaam.domain.privacy.reading import READABLE


class Looked(StrEnum):
    """How far looking is."""

    DONE = "done"
    WAITING = "waiting"
    NOT_HERE = "not_here"  # nothing to look with on this installation, or nothing to look into


def text_hash(text: str) -> str:
    """Return the hash by which a text is known again."""
    return sha256(text.encode()).hexdigest()


def names_looked(finder: str, texts: Mapping[str, str], seen: Mapping[str, str], by: str) -> Looked:
    """Tell how far looking for names is.

    ``finder`` names what finds names here, empty without one; ``seen`` maps fields to the hash of the text
    in which finder ``by`` looked. A field that says nothing needs no look.
    """
    if not finder:
        return Looked.NOT_HERE
    if by == finder and all(
        seen.get(name) == text_hash(text) for name, text in texts.items() if text.strip()
    ):
        return Looked.DONE
    return Looked.WAITING


def file_looked(media_type: str, by: str | None) -> Looked:
    """Tell how far looking into a file is; ``by`` is the finder that helped then, None before the look.

    A look without the finder that is here now still counts: its finds are there, and the next look adds to
    them.
    """
    if media_type not in READABLE:
        return Looked.NOT_HERE
    return Looked.WAITING if by is None else Looked.DONE
