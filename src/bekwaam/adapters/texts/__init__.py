"""Reading the text of a file that somebody sent in: bounded, and in a process of its own.

A file is somebody else's work and may be made to harm. So it is read by a process (:mod:`.child`) that has a
limit on time and memory; whatever happens to it, we still have what it read so far.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import BinaryIO, Final

from bekwaam.domain.privacy.reading import Outcome, Part, Reading, Unit

SECONDS: Final = 60


class FileTexts:
    """Reads texts of PDFs and office documents. ``seconds`` is the most that one file may take."""

    def __init__(self, seconds: int = SECONDS) -> None:
        self._seconds = seconds

    def read(self, content: BinaryIO, media_type: str) -> Reading:
        """Return what can be read of a file; never raises for what is in it.

        ``content`` is a file on disk, opened for reading at its beginning.
        """
        command = [sys.executable, "-m", "bekwaam.adapters.texts.child", media_type, str(self._seconds)]
        try:
            done = subprocess.run(  # noqa: S603 - our own module; of the visitor it gets only the content
                command,
                stdin=content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._seconds,
                check=False,
            )
            said = done.stdout
        except subprocess.TimeoutExpired as error:
            said = error.stdout or b""
        return _reading(said)


def _reading(said: bytes) -> Reading:
    """Return what the child said; without its last line it did not come to the end."""
    parts: list[Part] = []
    for line in said.splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            break  # cut off in the middle
        if "end" in row:
            outcome = Outcome(row["end"])
            kept = tuple(parts) if outcome is Outcome.READ else ()
            return Reading(outcome, kept, bool(row["partly"]))
        parts.append(Part(Unit(row["unit"]), row["number"], row["text"]))
    if parts:
        return Reading(Outcome.READ, tuple(parts), partly=True)
    return Reading(Outcome.BROKEN)
