"""Has typst set a certificate. The template only lays out; every word comes from Python as data."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import lru_cache
from importlib.resources import files
from typing import Any

import typst

from bekwaam.adapters.pdf.content import certificate_content
from bekwaam.adapters.pdf.unprintable import printable, refused_characters
from bekwaam.domain.certificates.document import CertificateDocument
from bekwaam.wording import say


def render_certificate(
    document: CertificateDocument, credential: bytes = b"", log_proof: bytes = b""
) -> bytes:
    """Return the certificate as a PDF. The same document gives the same bytes (with the same typst).

    What is attached to it, both UTF-8: ``credential``, the same certificate as a credential, and
    ``log_proof``, which shows that this is in the public log. Characters that the embedded fonts lack are
    written as their number, such as [U+1F600], with a note that says so. Raises typst.TypstError where the
    template itself is at fault, UnicodeDecodeError where what is attached is not text.
    """
    content = certificate_content(document, attached=bool(credential), logged=bool(log_proof))
    attached = {"credential": credential.decode("utf-8"), "log-proof": log_proof.decode("utf-8")}
    at_noon = datetime.combine(document.issued_on, time(12), tzinfo=UTC)
    missing: frozenset[str] = frozenset()
    while True:
        clean = _fit_for_paper(content, missing, document.language)
        try:
            return _set(clean, attached, int(at_noon.timestamp()))
        except typst.TypstError as error:
            refused = refused_characters(f"{error}\n{error.diagnostic}")
            if refused <= missing:  # nothing new: the fault is not in the characters
                raise
            missing |= refused


def _fit_for_paper(content: dict[str, Any], missing: frozenset[str], language: str) -> dict[str, Any]:
    """Return ``content`` with what cannot be printed written out, and a note where that was done."""
    clean: dict[str, Any] = printable(content, missing)
    if str(clean).count("[U+") > str(content).count("[U+"):
        clean["reading"]["paragraphs"].append(_note(language))
    return clean


def _set(content: dict[str, Any], attached: dict[str, str], timestamp: int) -> bytes:
    pdf: bytes = typst.compile(
        _template(),
        format="pdf",
        pdf_standards=["a-3a", "ua-1"],
        ignore_system_fonts=True,
        timestamp=timestamp,
        sys_inputs={"content": json.dumps(content, ensure_ascii=False), **attached},
    )
    return pdf


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (files("bekwaam.adapters.pdf") / "certificate.typ").read_bytes()


def _note(language: str) -> str:
    return say(
        language,
        "Some characters cannot be printed here. They are written as their number in Unicode, "
        "such as [U+1F600].",
    )
