"""Reading back a signed paper that a stranger sent in: in a process of its own, with limits.

:mod:`.inspection` does the looking. Whatever a file does to the process that reads it, here comes an answer.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Generator, Iterable
from datetime import datetime
from typing import Any, Final

from bekwaam.domain.certificates.signed import (
    Attachment,
    Fault,
    PaperOutcome,
    PaperSignature,
    PaperSigner,
    PaperStamp,
    SignedPaper,
)

SECONDS: Final = 10
MOST_BYTES: Final = 20 * 1024 * 1024  # a certificate is some 200 kB
_TOO_MUCH: Final = SignedPaper(PaperOutcome.TOO_MUCH)


class PaperReader:
    """Reads signed papers. ``seconds`` is the most that one file may take."""

    def __init__(self, seconds: int = SECONDS) -> None:
        self._seconds = seconds

    def read(self, content: bytes) -> SignedPaper:
        """Return what a PDF shows; never raises for what is in it. The content is kept nowhere."""
        refused = _refused(content)
        if refused is not None:
            return refused
        try:
            done = subprocess.run(  # noqa: S603 - our own module; of the visitor it gets only the content
                self._command(),
                input=content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return _TOO_MUCH
        if done.returncode != 0:  # stopped by its limits; a fault of the file itself it would have told
            return _TOO_MUCH
        return from_plain(json.loads(done.stdout))

    def read_many(self, contents: Iterable[bytes]) -> Generator[SignedPaper, None, None]:
        """Yield what each PDF shows, in order; each has the limits of one, and none stops the others.

        Many times as fast as one by one. A process waits until this is read to its end or closed.
        """
        if not hasattr(os, "fork"):
            yield from map(self.read, contents)
            return
        with subprocess.Popen(  # noqa: S603 - as above
            self._command("many"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                for content in contents:
                    yield _refused(content) or _asked(process, content) or self.read(content)
            finally:
                process.kill()

    def _command(self, *more: str) -> list[str]:
        return [sys.executable, "-m", "bekwaam.adapters.papers.child", str(self._seconds), *more]


def _refused(content: bytes) -> SignedPaper | None:
    """Return what is told of a file that is not looked at."""
    if len(content) > MOST_BYTES:
        return SignedPaper(PaperOutcome.TOO_LARGE)
    return None if content.startswith(b"%PDF-") else SignedPaper(PaperOutcome.NO_PDF)


def _asked(process: subprocess.Popen[bytes], content: bytes) -> SignedPaper | None:
    """Return what the process says of a PDF; None where the process is no longer there."""
    assert process.stdin is not None and process.stdout is not None  # noqa: S101 - for the type checker
    try:
        process.stdin.write(len(content).to_bytes(8) + content)
        process.stdin.flush()
    except BrokenPipeError:
        return None
    line = process.stdout.readline()
    return from_plain(json.loads(line)) if line.endswith(b"\n") else None


def to_plain(paper: SignedPaper) -> dict[str, Any]:
    """Return ``paper`` as plain data, to be written as JSON."""
    return {
        "outcome": paper.outcome,
        "traces": paper.traces,
        "signatures": [_plain_signature(signature) for signature in paper.signatures],
        "attachments": [
            [file.name, file.media_type, file.relationship, _coded(file.content)]
            for file in paper.attachments
        ],
    }


def _plain_signature(signature: PaperSignature) -> dict[str, Any]:
    signer, stamp, claimed = signature.signer, signature.stamp, signature.claimed_at
    return {
        "field": signature.field,
        "faults": list(signature.faults),
        "covered": signature.covered,
        "claimed_at": claimed.isoformat() if claimed else None,
        "signer": None
        if signer is None
        else [
            signer.name,
            list(signer.addresses),
            _coded(signer.certificate),
            signer.certificate_sha256,
            signer.key_sha256,
            signer.key_kind,
        ],
        "stamp": None
        if stamp is None
        else [stamp.at.isoformat(), stamp.name, stamp.certificate_sha256, stamp.intact],
    }


def from_plain(told: dict[str, Any]) -> SignedPaper:
    """Return the paper that ``told`` was made of."""
    return SignedPaper(
        PaperOutcome(told["outcome"]),
        tuple(_signature(entry) for entry in told["signatures"]),
        tuple(
            Attachment(name, media_type, relationship, base64.b64decode(content))
            for name, media_type, relationship, content in told["attachments"]
        ),
        told["traces"],
    )


def _signature(told: dict[str, Any]) -> PaperSignature:
    signer = stamp = None
    if told["signer"]:
        name, addresses, certificate, *rest = told["signer"]
        signer = PaperSigner(name, tuple(addresses), base64.b64decode(certificate), *rest)
    if told["stamp"]:
        at, *others = told["stamp"]
        stamp = PaperStamp(datetime.fromisoformat(at), *others)
    claimed = told["claimed_at"]
    return PaperSignature(
        field=told["field"],
        faults=tuple(Fault(fault) for fault in told["faults"]),
        covered=told["covered"],
        signer=signer,
        claimed_at=datetime.fromisoformat(claimed) if claimed else None,
        stamp=stamp,
    )


def _coded(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
