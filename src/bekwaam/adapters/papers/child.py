"""The process that looks at signed papers, with limits: PDFs on stdin, what they show on stdout, as JSON.

Run as ``python -m bekwaam.adapters.papers.child SECONDS`` for one PDF. With ``many`` after it, for any number
of them, each with its length before it (8 bytes) and each looked at by a fork that has the limits of one: the
library, which is most of the work, is loaded once.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import sys
from typing import BinaryIO

from bekwaam.adapters.limits import limit
from bekwaam.adapters.papers.inspection import inspect
from bekwaam.adapters.papers.reader import to_plain
from bekwaam.domain.certificates.signed import PaperOutcome, SignedPaper


def told(content: bytes, seconds: int) -> bytes:
    """Return what a PDF shows. From here on this process has the limits of one file."""
    limit(seconds)
    return json.dumps(to_plain(inspect(content))).encode()


def serve(source: BinaryIO, out: BinaryIO, seconds: int) -> None:
    """Look at one PDF after the other; a line for each, whatever becomes of the fork that looks at it."""
    while head := source.read(8):
        content = source.read(int.from_bytes(head))
        reading, writing = os.pipe()
        fork = os.fork()
        if fork == 0:
            _answer(content, seconds, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            answer = pipe.read()
        _, status = os.waitpid(fork, 0)
        if status != 0:
            answer = json.dumps(to_plain(SignedPaper(PaperOutcome.TOO_MUCH))).encode()
        out.write(answer + b"\n")
        out.flush()


def _answer(content: bytes, seconds: int, writing: int) -> None:
    """Write what a PDF shows, and end."""
    try:
        signal.alarm(seconds)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(told(content, seconds))
        os._exit(0)
    finally:
        os._exit(1)


def main() -> None:
    """Look at what is on stdin."""
    seconds = int(sys.argv[1])
    logging.disable()
    if sys.argv[2:] == ["many"]:
        gc.freeze()  # what is loaded stays, so that no fork has to go over it
        serve(sys.stdin.buffer, sys.stdout.buffer, seconds)
    else:
        sys.stdout.buffer.write(told(sys.stdin.buffer.read(), seconds))


if __name__ == "__main__":
    main()
