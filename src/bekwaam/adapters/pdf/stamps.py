"""Time stamps (RFC 3161) over HTTP, from the address that the installation names."""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

SECONDS: Final = 10
MOST_BYTES: Final = 64 * 1024  # an answer is some 6 kB


class HttpStamper(TimeStamper):
    """Asks one address for time stamps.

    What it answers is signed, so plain HTTP, which many of these services speak, takes nothing away from it.
    It never goes to another address, even when it is told to. Raises ValueError for an address that is not
    http or https.
    """

    def __init__(self, address: str, seconds: float = SECONDS) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"not an address for time stamps: {address}")
        self._parts = parts
        self._seconds = seconds

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Return the answer; raises TimestampRequestError when there is none that can be read."""
        try:
            answer: tsp.TimeStampResp = tsp.TimeStampResp.load(self._ask(req.dump()), strict=True)
            _ = answer.native  # reads all of it, so that whatever is wrong is wrong here
            return answer
        except (OSError, HTTPException, ValueError, TypeError) as error:
            raise TimestampRequestError(f"no time stamp from {self._parts.hostname}: {error}") from error

    def _ask(self, question: bytes) -> bytes:
        parts = self._parts
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=self._seconds)
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
            connection.request("POST", target, question, headers)
            answer = connection.getresponse()
            if answer.status != 200:
                raise HTTPException(f"status {answer.status}")
            content = answer.read(MOST_BYTES + 1)
            if len(content) > MOST_BYTES:
                raise HTTPException("too long an answer")
            return content
        finally:
            connection.close()
