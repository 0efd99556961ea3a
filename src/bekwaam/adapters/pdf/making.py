"""Makes a certificate's paper: set, and signed by the provider whose key vouches for it."""

from __future__ import annotations

from bekwaam.adapters.pdf.render import render_certificate
from bekwaam.adapters.pdf.signing import CannotSign, NoStamp, sign_paper
from bekwaam.domain.certificates.document import CertificateDocument
from bekwaam.domain.certificates.signed import PaperNotSigned, Seal


def make_paper(document: CertificateDocument, credential: bytes, log_proof: bytes, seal: Seal) -> bytes:
    """Return a certificate as a signed PDF, with the credential and the proof of the log inside.

    Raises PaperNotSigned where it could not be signed, such as when a service for time stamps gives none.
    """
    pdf = render_certificate(document, credential, log_proof)
    try:
        return sign_paper(pdf, seal.key, seal.at, seal.stamper)
    except NoStamp as error:
        raise PaperNotSigned(str(error), again=True) from error
    except CannotSign as error:
        raise PaperNotSigned(str(error)) from error
