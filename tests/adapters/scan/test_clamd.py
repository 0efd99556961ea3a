"""The virus scanner's protocol, against a small daemon over a real socket."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bekwaam.adapters.scan.clamd import Clamd, Unreachable
from bekwaam.services.errors import Invalid
from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.services.portfolio.given import EvidenceInput, EvidenceKind
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.store.models import Evidence, StoredFile
from tests.cast import Cast
from tests.files import pdf

# The harmless file that every scanner knows, put together here so that no scanner minds this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class FakeClamd(threading.Thread):
    """Answers INSTREAM as clamd does; ``answer`` overrides, ``limit`` is its StreamMaxLength."""

    def __init__(self, path: Path, *, answer: bytes | None = None, limit: int = 1 << 30) -> None:
        super().__init__(daemon=True)
        self.answer, self.limit, self.received = answer, limit, b""
        self.listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listening.bind(str(path))
        self.listening.listen()

    def run(self) -> None:
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return
            with client:
                client.sendall(self._reply(client.makefile("rb")))

    def _reply(self, stream: Any) -> bytes:
        command = b""
        while not command.endswith(b"\0"):
            command += stream.read(1)
        if command != b"zINSTREAM\0":
            return b"UNKNOWN COMMAND\0"
        self.received = b""
        while length := struct.unpack(">I", stream.read(4))[0]:
            self.received += stream.read(length)
            if len(self.received) > self.limit:
                return b"INSTREAM size limit exceeded. ERROR\0"
        if self.answer is not None:
            return self.answer
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in self.received else b"stream: OK\0"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clamd.ctl"


@pytest.fixture
def daemon(path: Path) -> Iterator[FakeClamd]:
    running = FakeClamd(path)
    running.start()
    yield running
    running.listening.close()


def test_a_clean_file_arrives_whole_and_nothing_is_found(daemon: FakeClamd, path: Path) -> None:
    chunks = [b"a" * 700_000, b"", b"b" * 3]
    assert Clamd(str(path)).look(chunks) == ""
    assert daemon.received == b"".join(chunks)


def test_what_is_found_is_named(daemon: FakeClamd, path: Path) -> None:
    assert Clamd(str(path)).look([b"%PDF-1.7\n", EICAR]) == "Eicar-Test-Signature"


@pytest.mark.parametrize("answer", [b"", b"stream: ERROR\0", b"nonsense\0", b"OKAY\0", b"\xff\xfe\0"])
def test_any_other_answer_is_no_permission(path: Path, answer: bytes) -> None:
    daemon = FakeClamd(path, answer=answer)
    daemon.start()
    with pytest.raises(Unreachable):
        Clamd(str(path)).look([b"x"])
    daemon.listening.close()


def test_a_daemon_that_takes_less_than_we_do_is_no_permission(path: Path) -> None:
    daemon = FakeClamd(path, limit=1000)
    daemon.start()
    with pytest.raises(Unreachable):
        Clamd(str(path)).look([b"x" * 5_000_000])
    daemon.listening.close()


@pytest.mark.parametrize("address", ["/nergens/clamd.ctl", "127.0.0.1:1", "geenpad"])
def test_a_daemon_that_is_not_there_is_no_permission(address: str) -> None:
    with pytest.raises(Unreachable):
        Clamd(address).look([b"x"])


FILE = EvidenceInput(EvidenceKind.FILE, "Plan")


@pytest.mark.parametrize(
    ("content", "running", "reason"),
    [
        (b"%PDF-1.7 gewoon", True, None),
        (b"%PDF-1.7 " + EICAR, True, "virus"),
        (b"%PDF-1.7 gewoon", False, "not_scanned"),
    ],
)
def test_an_upload_is_let_in_only_when_it_was_looked_at_and_is_clean(
    cast: Cast,
    settings: Any,
    path: Path,
    own_files: Path,
    content: bytes,
    running: bool,
    reason: str | None,
) -> None:
    settings.CLAMAV_SOCKET = str(path)
    if running:
        daemon = FakeClamd(path)
        daemon.start()
    portfolio = start_portfolio(cast.candidate, cast.standard.pk)
    if reason is None:
        assert add_evidence(cast.candidate, portfolio, FILE, pdf(content=content)).file is not None
        return
    with pytest.raises(Invalid) as error:
        add_evidence(cast.candidate, portfolio, FILE, pdf(content=content))
    (fault,) = error.value.faults
    assert (fault.name, fault.reason) == ("file", reason)
    assert fault.text("nl") != fault.text("en") and "plan.pdf" in fault.text("nl")
    assert not Evidence.objects.exists() and not StoredFile.objects.exists()
    assert not list(own_files.rglob("*.*")) and not any(p.is_file() for p in own_files.rglob("*"))
