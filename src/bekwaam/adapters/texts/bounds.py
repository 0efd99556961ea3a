"""How much is read of one file, at most."""

from __future__ import annotations

from typing import Final

CHARACTERS: Final = 1_000_000
PAGES: Final = 300
# A member of a zip is unpacked up to here, whatever it says of its own size.
MEMBER_BYTES: Final = 50 * 1024 * 1024
MEMBERS: Final = 300


class Enough(Exception):
    """There is more, but this is as far as we read."""


class Locked(Exception):
    """A password is needed."""


class Bounded:
    """Counts characters: ``took`` are those that say something; ``cut`` tells whether some were left out."""

    def __init__(self, most: int = CHARACTERS) -> None:
        self._left = most
        self.took = 0
        self.cut = False

    def take(self, text: str) -> str:
        """Return ``text``, cut where the bound is; raises Enough when the bound was reached before."""
        if self._left <= 0:
            raise Enough
        self.cut = len(text) > self._left
        text = text[: self._left]
        self._left -= len(text)
        self.took += len(text.strip())
        return text
