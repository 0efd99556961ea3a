"""Has ClamAV's daemon look at a file, over its socket.

The protocol is clamd's INSTREAM (see clamd(8)): the command, then the content in pieces that each begin
with their length, then a length of nothing; the answer is one line.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

TIMEOUT: Final = 60
_PIECE: Final = 256 * 1024
_ANSWER: Final = 4096


class Unreachable(Exception):
    """The daemon is not there, or gave no answer that says whether a file is clean."""


class Clamd:
    """ClamAV behind a socket: the path of one on this machine, or ``host:port``."""

    def __init__(self, address: str) -> None:
        self._address = address

    def look(self, chunks: Iterable[bytes]) -> str:
        """Return the name of what was found, empty when nothing was; raises Unreachable otherwise."""
        try:
            with self._connected() as daemon:
                # Told enough, the daemon answers and hangs up while we are still sending.
                with suppress(BrokenPipeError, ConnectionResetError):
                    _send(daemon, chunks)
                answer = _receive(daemon)
        except OSError as error:
            raise Unreachable(str(error)) from error
        return _read(answer)

    def _connected(self) -> socket.socket:
        host, _, port = self._address.rpartition(":")
        if "/" not in self._address and port.isdigit():
            return socket.create_connection((host, int(port)), timeout=TIMEOUT)
        daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        daemon.settimeout(TIMEOUT)
        try:
            daemon.connect(self._address)
        except BaseException:
            daemon.close()
            raise
        return daemon


def _send(daemon: socket.socket, chunks: Iterable[bytes]) -> None:
    daemon.sendall(b"zINSTREAM\0")
    for chunk in chunks:
        for start in range(0, len(chunk), _PIECE):
            piece = chunk[start : start + _PIECE]
            daemon.sendall(struct.pack(">I", len(piece)) + piece)
    daemon.sendall(struct.pack(">I", 0))


def _receive(daemon: socket.socket) -> str:
    answer = b""
    while len(answer) < _ANSWER and (part := daemon.recv(_ANSWER)):
        answer += part
    return answer.split(b"\0")[0].decode("utf-8", "replace").strip()


def _read(answer: str) -> str:
    said = answer.removeprefix("stream:").strip()
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND").strip() or "?"
    raise Unreachable(answer or "no answer")
