"""Fetching what a public log says: from a public address, or from the machine that one sits at oneself."""

from __future__ import annotations

import re
from http.client import HTTPConnection, HTTPException
from typing import Final
from urllib.parse import urlsplit

from bekwaam.adapters.web.faults import NotFetched
from bekwaam.adapters.web.fetching import JSON, SECONDS, TEXT, Fetcher

_OWN_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_KINDS: Final = re.compile(f"({JSON.pattern})|({TEXT.pattern})", re.IGNORECASE)


def fetch(url: str, most_bytes: int) -> bytes:
    """Return the text or JSON at ``url``, of at most ``most_bytes``; raises OSError when it cannot be had.

    Whoever tries out Bekwaam has its log on their own machine, without https: that is the one exception.
    """
    try:
        parts = urlsplit(url)
        if parts.scheme == "http" and parts.hostname in _OWN_MACHINE:
            return _from_own_machine(parts.hostname, parts.port, f"{parts.path}?{parts.query}", most_bytes)
        return Fetcher(kinds=_KINDS).content(url, most_bytes)
    except (NotFetched, HTTPException, ValueError) as error:
        raise OSError(str(error)) from error


def _from_own_machine(host: str, port: int | None, target: str, most_bytes: int) -> bytes:
    connection = HTTPConnection(host, port, timeout=SECONDS)
    try:
        connection.request("GET", target)
        answer = connection.getresponse()
        content = answer.read(most_bytes + 1)
    finally:
        connection.close()
    if answer.status != 200 or len(content) > most_bytes:
        raise OSError(f"status: {answer.status}")
    return content
