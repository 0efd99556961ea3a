"""Reads papers for a web server: one process waits with the library loaded, which is most of the work.

While it is busy with a paper, another one is read in a process of its own, as without it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Final

from bekwaam.adapters.papers.port import PaperStream
from bekwaam.adapters.papers.reader import PaperReader
from bekwaam.domain.certificates.signed import SignedPaper

MOST_READ: Final = 200
"""So many papers are read by one process; then a fresh one takes its place, whatever became of it."""


@dataclass
class _Waiting:
    """The process that waits: whose it is (a process that forks takes none along), and how much it read."""

    stream: PaperStream
    owner: int
    count: int = 0


_busy: Final = Lock()
_kept: dict[str, _Waiting] = {}


class WaitingReader:
    """Reads signed papers, as :class:`~bekwaam.adapters.papers.reader.PaperReader` does, but sooner."""

    def read(self, content: bytes) -> SignedPaper:
        """Return what a PDF shows; never raises for what is in it. The content is kept nowhere."""
        if not _busy.acquire(blocking=False):
            return PaperReader().read(content)
        whole = False
        try:
            found = _present().read(content)
            whole = True
        except Exception:  # the process is not what it was
            found = PaperReader().read(content)
        finally:
            if not whole:  # what it would say next might be of this paper, so it goes
                _kept.clear()
            _busy.release()
        return found

    def read_many(self, contents: Iterable[bytes]) -> Iterator[SignedPaper]:
        """Yield what each PDF shows, in order, read by a process of their own."""
        return PaperReader().read_many(contents)


def _present() -> PaperStream:
    """Return the process that waits, a fresh one where there is none of ours or it read enough."""
    waiting = _kept.get("one")
    if waiting is None or waiting.owner != os.getpid() or waiting.count >= MOST_READ:
        if waiting is not None and waiting.owner == os.getpid():
            waiting.stream.close()
        waiting = _kept["one"] = _Waiting(PaperStream(), os.getpid())
    waiting.count += 1
    return waiting.stream
