"""Which addresses may be visited: public hosts by their name, over https.

A stranger's certificate says where its issuer and its status are found. Whoever could have us look at any
address would have us look into our own network. So a name is looked up once, every address that it has must
be a public one, and the visit goes to the address that was looked at.
"""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from bekwaam.adapters.web.faults import FetchFault, NotFetched
from bekwaam.trust.dids import did_web_of
from bekwaam.trust.reasons import Refused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_TARGET: Final = re.compile(r"[!-~]{0,2000}")
_SPECIAL: Final = tuple(
    ipaddress.ip_network(it)
    for it in (
        "192.0.0.0/24",  # for protocols (RFC 6890)
        "192.88.99.0/24",  # the way from IPv4 to IPv6 of old (RFC 7526)
        "168.63.129.16/32",  # a cloud's own services, though it looks public
    )
)
MOST_ADDRESSES: Final = 16


@dataclass(frozen=True, slots=True)
class Place:
    """What is asked for: a host by its name, a port, and the path there."""

    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host as it stands in a request."""
        return self.host if self.port == 443 else f"{self.host}:{self.port}"


def read_place(url: str) -> Place:
    """Return what ``url`` asks for; raises NotFetched (ADDRESS) for anything but a host's name over https.

    An address in figures, in whichever notation, is no name; nor is one with a password in front.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or 443
        host = parts.hostname or ""
        did_web_of(host, port=port)
    except (ValueError, Refused) as error:
        raise NotFetched(FetchFault.ADDRESS, url[:200]) from error
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    odd = parts.scheme != "https" or "@" in parts.netloc or "\\" in url
    if odd or not _TARGET.fullmatch(target):
        raise NotFetched(FetchFault.ADDRESS, url[:200])
    return Place(host, port, target)


def is_public(address: Address) -> bool:
    """Tell whether ``address`` is one of the open internet, and of nothing else, nor a cover for another."""
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        return not address.is_site_local and address.sixtofour is None and address.teredo is None
    return not any(address in network for network in _SPECIAL)


def look_up(host: str, port: int, seconds: float) -> tuple[Address, ...]:
    """Return the addresses of ``host``; raises NotFetched (NO_HOST, TIME)."""
    answers: queue.Queue[list[str] | OSError] = queue.Queue(1)

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(it[4][0]).partition("%")[0] for it in found])
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=ask, daemon=True).start()  # looking up knows no end of its own
    try:
        found = answers.get(timeout=max(seconds, 0.001))
    except queue.Empty as error:
        raise NotFetched(FetchFault.TIME, host) from error
    if isinstance(found, OSError) or not found:
        raise NotFetched(FetchFault.NO_HOST, host)
    return tuple(ipaddress.ip_address(it) for it in dict.fromkeys(found))[:MOST_ADDRESSES]
