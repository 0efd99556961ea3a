"""Fetches one JSON document: from a public address, within a time and a size, without following anything.

No library that we found does this whole: advocate stands still since 2020, and the younger ones are months
old. What is needed of HTTP is one request, so the standard library does it, over a connection that was made
to the very address that was looked at.
"""

from __future__ import annotations

import io
import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPException, HTTPResponse
from typing import Any, Final

from bekwaam.adapters.web.addresses import Address, Place, is_public, look_up, read_place
from bekwaam.adapters.web.faults import FetchFault, NotFetched
from bekwaam.trust.documents import read_json
from bekwaam.trust.reasons import Reason, Refused

SECONDS: Final = 5.0
MOST_HEAD: Final = 32 * 1024  # of what an answer has around its content
_CHUNK: Final = 16 * 1024
_JSON: Final = re.compile(r"application/(json|vc|did|[a-z0-9.-]+\+json)\s*(;.*)?", re.IGNORECASE)

Resolver = Callable[[str, int, float], tuple[Address, ...]]


@cache
def _usual_context() -> ssl.SSLContext:
    """Return the certificates that this machine trusts: reading them takes a while."""
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches JSON. ``seconds`` is the most that one document may take, from looking up to the last byte.

    ``resolve`` and ``allowed`` say which addresses a host has and which may be visited; ``context`` which
    certificates of hosts are trusted. They are there for tests.
    """

    seconds: float = SECONDS
    resolve: Resolver = look_up
    allowed: Callable[[Address], bool] = is_public
    context: ssl.SSLContext = field(default_factory=_usual_context)

    def json(self, url: str, most_bytes: int, **bounds: int) -> dict[str, Any]:
        """Return the JSON object at ``url``, of at most ``most_bytes``; raises NotFetched.

        ``bounds`` are those of :func:`bekwaam.trust.documents.read_json`.
        """
        content = self.content(url, most_bytes)
        try:
            return read_json(content, most_bytes=most_bytes, **bounds)
        except Refused as refused:
            large = refused.reason is Reason.TOO_LARGE
            raise NotFetched(FetchFault.TOO_LARGE if large else FetchFault.CONTENT, str(refused)) from refused

    def content(self, url: str, most_bytes: int) -> bytes:
        """Return the bytes at ``url``, which say that they are JSON; raises NotFetched."""
        place = read_place(url)
        until = time.monotonic() + self.seconds
        addresses = self.resolve(place.host, place.port, self.seconds)
        for address in addresses:
            if not self.allowed(address):
                raise NotFetched(FetchFault.PRIVATE, f"{place.host} is {address}")
        try:
            with self._connected(place, addresses, until) as connection:
                return _asked(connection, place, most_bytes, until)
        except TimeoutError as error:
            raise NotFetched(FetchFault.TIME, place.host) from error
        except ssl.SSLCertVerificationError as error:
            raise NotFetched(FetchFault.CERTIFICATE, error.verify_message) from error
        except (OSError, HTTPException, ValueError) as error:
            raise NotFetched(FetchFault.UNREACHABLE, str(error)[:200]) from error

    def _connected(self, place: Place, addresses: tuple[Address, ...], until: float) -> ssl.SSLSocket:
        """Return a connection to the first of the addresses that answers."""
        failed: OSError | None = None
        for address in addresses:
            try:
                plain = socket.create_connection((str(address), place.port), _left(until))
            except OSError as error:
                failed = error
                continue
            try:
                plain.settimeout(_left(until))
                return self.context.wrap_socket(plain, server_hostname=place.host)
            except BaseException:
                plain.close()
                raise
        raise failed or OSError("no address")


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Within(io.RawIOBase):
    """What comes in over a connection, up to a moment and a number of bytes, however slowly it drips."""

    def __init__(self, connection: ssl.SSLSocket, until: float, most: int) -> None:
        super().__init__()
        self._connection, self._until, self._most = connection, until, most

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what there is; raises TimeoutError and NotFetched (TOO_LARGE)."""
        self._connection.settimeout(_left(self._until))
        count = self._connection.recv_into(buffer)
        self._most -= count
        if self._most < 0:
            raise NotFetched(FetchFault.TOO_LARGE, "answer")
        return count


class _Readable:
    """A connection as the reader of answers in the standard library wants it."""

    def __init__(self, source: _Within) -> None:
        self._source = source

    def makefile(self, mode: str) -> io.BufferedReader:
        """Return what comes in."""
        return io.BufferedReader(self._source, _CHUNK)


def _asked(connection: ssl.SSLSocket, place: Place, most_bytes: int, until: float) -> bytes:
    """Ask for a document and return it."""
    head = (
        f"GET {place.target} HTTP/1.1",
        f"Host: {place.authority}",
        "Accept: application/json, application/vc, application/did+json",
        "Accept-Encoding: identity",
        "User-Agent: bekwaam",
        "Connection: close",
        "",
        "",
    )
    connection.settimeout(_left(until))
    connection.sendall("\r\n".join(head).encode("ascii"))
    source = _Readable(_Within(connection, until, most_bytes + MOST_HEAD))
    with HTTPResponse(source, method="GET") as answer:  # type: ignore[arg-type]  # it asks for no more
        answer.begin()
        _check_head(answer, most_bytes)
        content = answer.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise NotFetched(FetchFault.TOO_LARGE, place.host)
    return content


def _check_head(answer: HTTPResponse, most_bytes: int) -> None:
    if answer.status != 200:
        raise NotFetched(FetchFault.STATUS, str(answer.status))
    kind, packed = answer.getheader("Content-Type", ""), answer.getheader("Content-Encoding", "identity")
    if not _JSON.fullmatch(kind.strip()) or packed.strip().lower() != "identity":
        raise NotFetched(FetchFault.TYPE, f"{kind} {packed}"[:100])
    if answer.length is not None and answer.length > most_bytes:
        raise NotFetched(FetchFault.TOO_LARGE, str(answer.length))
