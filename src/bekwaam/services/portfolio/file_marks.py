"""What was found in the file of a piece, and how far looking into it is."""

from __future__ import annotations

import hashlib
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

from bekwaam.domain.privacy.looked import Looked, file_looked
from bekwaam.domain.privacy.marks import MarkKind
from bekwaam.domain.privacy.names import is_own_name
from bekwaam.domain.privacy.reading import FileMark, Outcome, Unit
from bekwaam.store.models import FileLook, StoredFile

# The field that a mark in a file is let stand in.
FILE: Final = "file"


@dataclass(frozen=True, slots=True)
class FileSeen:
    """What was found in a file and its owner has not let stand.

    ``outcome`` is None before the look; ``partly`` when there is more in the file than we looked at;
    ``names`` whether names were looked for too.
    """

    name: str
    sha256: str
    looked: Looked
    outcome: Outcome | None = None
    partly: bool = False
    names: bool = False
    marks: tuple[FileMark, ...] = ()


def mark_hash(text: str) -> str:
    """Return the hash that a text is let stand by; a capital at the start of a sentence is the same text."""
    return hashlib.sha256(text.casefold().encode()).hexdigest()


def file_seen(file: StoredFile, kept: AbstractSet[str], own_name: str) -> FileSeen:
    """Return what was found in a file; ``kept`` holds the hashes of what its owner let stand.

    No query when the look was fetched along with the file.
    """
    look: FileLook | None = getattr(file, "look", None)
    looked = file_looked(file.media_type, look.finder if look is not None else None)
    if look is None or looked is not Looked.DONE:
        return FileSeen(file.name, file.sha256, looked)
    marks = (_mark(row) for row in look.marks)
    return FileSeen(
        name=file.name,
        sha256=file.sha256,
        looked=looked,
        outcome=Outcome(look.outcome),
        partly=look.partly,
        names=bool(look.finder),
        marks=tuple(
            mark
            for mark in marks
            if mark_hash(mark.text) not in kept
            and not (mark.kind is MarkKind.NAME and is_own_name(mark.text, own_name))
        ),
    )


def _mark(row: dict[str, Any]) -> FileMark:
    return FileMark(
        kind=MarkKind(row["kind"]),
        text=row["text"],
        before=row["before"],
        after=row["after"],
        places=tuple((Unit(unit), number) for unit, number in row["places"]),
        times=row["times"],
    )
