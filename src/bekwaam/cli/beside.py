"""A worker beside the web server: a process of its own, that stops when the server does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

WITH_PARENT: Final = "--with-parent"
PATIENCE: Final = 5  # seconds that a job in hand gets to be finished


@contextmanager
def worker_beside(wanted: bool) -> Iterator[None]:
    """Have a worker run beside what is done within the block, if ``wanted``.

    It holds its stdin: should we be killed, that ends and the worker stops by itself. It is in a session of
    its own, so that Ctrl+C reaches us alone and the worker is told by us.
    """
    if not wanted:
        yield
        return
    ours = os.getpid()
    command = [sys.executable, "-m", "bekwaam.cli.main", "worker", WITH_PARENT]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603
    try:
        yield
    finally:
        if os.getpid() == ours:  # the server forks, and its children come by here as well
            _stop(worker)


def _stop(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
    with suppress(OSError):
        if worker.stdin is not None:
            worker.stdin.close()
