"""The manifest of a portfolio as handed in: a hash for every text and file, and one over all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bekwaam.trust.canonical import hash_of


@dataclass(frozen=True, slots=True)
class FrozenPiece:
    """One piece of evidence as handed in. ``ties`` are (code, why) pairs; ``file`` a SHA-256 or None."""

    ref: str
    content: dict[str, Any]
    ties: tuple[tuple[str, str], ...]
    file: str | None

    @property
    def content_sha256(self) -> str:
        """Return the hash of what the piece says and what it was tied to."""
        return hash_of({"content": self.content, "ties": [list(tie) for tie in self.ties]})


def manifest(procedure: str, number: int, standard: str, pieces: tuple[FrozenPiece, ...]) -> dict[str, Any]:
    """Return the manifest: which procedure, the how-manieth snapshot, the standard's hash, the pieces."""
    return {
        "procedure": procedure,
        "number": number,
        "standard": standard,
        "items": [{"ref": p.ref, "text": p.content_sha256, "file": p.file} for p in pieces],
    }
