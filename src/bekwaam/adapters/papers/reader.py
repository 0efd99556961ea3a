"""Reading back a signed paper that a stranger sent in: in a process of its own, with limits.

:mod:`.inspection` does the looking. Whatever a file does to the process that reads it, here comes an answer.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
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


class PaperReader:
    """Reads signed papers. ``seconds`` is the most that one file may take."""

    def __init__(self, seconds: int = SECONDS) -> None:
        self._seconds = seconds

    def read(self, content: bytes) -> SignedPaper:
        """Return what a PDF shows; never raises for what is in it. The content is kept nowhere."""
        if len(content) > MOST_BYTES:
            return SignedPaper(PaperOutcome.TOO_LARGE)
        if not content.startswith(b"%PDF-"):
            return SignedPaper(PaperOutcome.NO_PDF)
        command = [sys.executable, "-m", "bekwaam.adapters.papers.child", str(self._seconds)]
        try:
            done = subprocess.run(  # noqa: S603 - our own module; of the visitor it gets only the content
                command,
                input=content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return SignedPaper(PaperOutcome.TOO_MUCH)
        if done.returncode != 0:  # stopped by its limits; a fault of the file itself it would have told
            return SignedPaper(PaperOutcome.TOO_MUCH)
        return from_plain(json.loads(done.stdout))


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
