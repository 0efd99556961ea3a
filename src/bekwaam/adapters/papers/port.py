"""How papers are read, as the check of one file asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bekwaam.adapters.papers.reader import PaperReader
from bekwaam.adapters.papers.vouching import vouched_for
from bekwaam.domain.certificates.papers import PaperPort
from bekwaam.domain.certificates.signed import SignedPaper

PAPERS: Final = PaperPort(read=PaperReader().read, vouched=vouched_for)
"""Each in a process of its own, with limits."""


class PaperStream:
    """Reads one paper after the other in one process that stays, each with the limits of one.

    For a batch that has other work between two papers. The process ends with ours, or with :meth:`close`.
    """

    def __init__(self) -> None:
        self._next = b""
        self._read = PaperReader().read_many(self._waiting())

    def _waiting(self) -> Iterator[bytes]:
        while True:
            yield self._next

    def read(self, content: bytes) -> SignedPaper:
        """Return what a PDF shows; never raises for what is in it."""
        self._next = content
        return next(self._read)

    def close(self) -> None:
        """End the process."""
        self._read.close()

    @property
    def port(self) -> PaperPort:
        """This as the check asks for it."""
        return PaperPort(read=self.read, vouched=vouched_for)
