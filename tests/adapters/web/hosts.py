"""A host on this machine that is known by a name, with a certificate for it, and says what it is told to."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bekwaam.adapters.web.addresses import Address
from bekwaam.adapters.web.faults import FetchFault, NotFetched
from bekwaam.adapters.web.fetching import Fetcher

Says = Callable[[ssl.SSLSocket, bytes], None]
HOME = (ipaddress.ip_address("127.0.0.1"),)


@cache
def _made(name: str) -> tuple[bytes, bytes]:
    """Return a certificate for the host ``name``, signed by itself, and its key (PEM)."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return certificate.public_bytes(serialization.Encoding.PEM), pem


@dataclass
class Host:
    """The host: where it is, and what it was asked."""

    port: int
    asked: list[bytes] = field(default_factory=list)

    def url(self, path: str = "/did.json", name: str = "evc.example") -> str:
        return f"https://{name}:{self.port}{path}"


@contextmanager
def host(says: Says, folder: Path, name: str = "evc.example") -> Iterator[Host]:
    """Run a host for a while; ``says`` answers on a connection, given what was asked."""
    certificate, key = _made(name)
    (folder / "host.pem").write_bytes(key + certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "host.pem")
    listening = socket.create_server(("127.0.0.1", 0))
    made = Host(listening.getsockname()[1])

    def serve() -> None:
        while True:
            try:
                plain, _ = listening.accept()
            except OSError:
                return
            with suppress(OSError), context.wrap_socket(plain, server_side=True) as connection:
                asked = connection.recv(8192)
                made.asked.append(asked)
                says(connection, asked)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def fetcher(
    addresses: tuple[Address, ...] = HOME, seconds: float = 5.0, name: str = "evc.example"
) -> Fetcher:
    """Return what fetches from this machine, and trusts the host ``name``."""
    context = ssl.create_default_context(cadata=_made(name)[0].decode())
    return Fetcher(seconds, lambda host, port, left: addresses, lambda address: True, context)


def answer(content: bytes, status: str = "200 OK", kind: str = "application/json", *more: str) -> Says:
    """Return what gives this answer."""
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(content)}", *more, "", ""]
    return lambda connection, asked: connection.sendall("\r\n".join(head).encode() + content)


def raw(content: bytes) -> Says:
    """Return what says exactly this."""
    return lambda connection, asked: connection.sendall(content)


def dripping(first: bytes, drop: bytes) -> Says:
    """Return what says ``first`` and then, for ever, a ``drop`` every few hundredths of a second."""

    def drip(connection: ssl.SSLSocket, asked: bytes) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(drop)
            time.sleep(0.02)

    return drip


class Shelf(Fetcher):
    """Gives what is on it, without a network, and counts."""

    things: dict[str, Any]
    asked: list[tuple[str, int]]

    def __init__(self, things: dict[str, Any]) -> None:
        super().__init__()
        object.__setattr__(self, "things", things)
        object.__setattr__(self, "asked", [])

    def json(self, url: str, most_bytes: int, **bounds: int) -> dict[str, Any]:
        self.asked.append((url, most_bytes))
        try:
            return dict(self.things[url])
        except KeyError as error:
            raise NotFetched(FetchFault.STATUS, "404") from error
