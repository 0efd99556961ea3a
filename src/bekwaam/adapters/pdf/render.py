"""Has typst set a certificate. The template only lays out; every word comes from Python as data."""

from __future__ import annotations

from bekwaam.adapters.pdf.content import certificate_content
from bekwaam.adapters.pdf.setting import Content, set_paper, unprintable_note
from bekwaam.domain.certificates.document import CertificateDocument


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

    def note(clean: Content) -> None:
        clean["reading"]["paragraphs"].append(unprintable_note(document.language))

    return set_paper("certificate.typ", content, document.issued_on, note, attached)
