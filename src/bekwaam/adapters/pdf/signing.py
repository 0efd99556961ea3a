"""Signs a certificate's paper: PAdES, in such a way that it stays PDF/A-3a and PDF/UA-1.

Signing is a second step, on the bytes of a PDF. Everything that was there stays, byte for byte; what is added
is the signature, the field that holds it and the field's place in the structure tree.
"""

from __future__ import annotations

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Final

from asn1crypto import x509
from asn1crypto.algos import SignedDigestAlgorithm
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from bekwaam.adapters.papers.inspection import inspect
from bekwaam.adapters.pdf.field import FIELD_NAME, NoPlace, language_of, place_field
from bekwaam.domain.certificates.signed import PaperKey, SignedPaper
from bekwaam.wording import say

MD: Final = "sha256"
_SIGNATURE: Final = 72  # bytes of an ECDSA signature on P-256, at most
_RESERVED: Final = 4 * 1024
_RESERVED_WITH_STAMP: Final = 20 * 1024


class CannotSign(Exception):
    """The paper was not signed; the text says why, for whoever runs the installation."""


class NoStamp(CannotSign):
    """The service for time stamps gave none. Trying again later may help."""


def sign_paper(pdf: bytes, key: PaperKey, at: datetime, stamper: TimeStamper | None = None) -> bytes:
    """Return ``pdf``, signed with ``key`` at the moment ``at``; with a time stamp if there is a ``stamper``.

    The signature certifies the paper: nothing may be changed after it. PAdES B-B, or B-T with a time stamp
    (ETSI EN 319 142-1). It is read back before it is given. Raises CannotSign for a PDF that is not one of
    ours, that is signed already, or when the certificate of ``key`` is not valid ``at`` that moment; NoStamp
    when there should be a time stamp and there is none.
    """
    if at.tzinfo is None:
        raise ValueError("the moment needs a zone")
    holder = _Holder(key)
    validity = holder.certificate["tbs_certificate"]["validity"]
    if not validity["not_before"].native <= at < validity["not_after"].native:
        raise CannotSign("the certificate of the key is not valid at that moment")
    signed = _run(pdf, holder, at.astimezone(UTC).replace(microsecond=0), stamper)
    back = inspect(signed)
    if not _as_meant(back, holder, stamped=stamper is not None):
        raise CannotSign(f"what was signed does not read back as it was meant: {back.signatures}")
    return signed


def _run(pdf: bytes, holder: _Holder, at: datetime, stamper: TimeStamper | None) -> bytes:
    meta = PdfSignatureMetadata(
        field_name=FIELD_NAME,
        md_algorithm=MD,
        name=holder.name,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    try:
        # PDF/A wants an end of line after the last line of what is added to; typst writes none.
        writer = _AsItWas(io.BytesIO(pdf if pdf.endswith(b"\n") else pdf + b"\n"))
        readable = say(language_of(writer), "Digital signature of {name}", name=holder.name)
        place_field(writer, readable)
        signer = _At(meta, holder, timestamper=stamper)
        signer.at = at
        reserved = _RESERVED_WITH_STAMP if stamper else _RESERVED
        work = signer.async_sign_pdf(writer, existing_fields_only=True, bytes_reserved=2 * reserved)
        # In a thread of its own: whoever calls may have a loop running.
        with ThreadPoolExecutor(1) as pool:
            output: io.BytesIO = pool.submit(asyncio.run, work).result()
    except TimestampRequestError as error:
        raise NoStamp(str(error)) from error
    except (PdfError, SigningError, NoPlace) as error:
        raise CannotSign(str(error)) from error
    return output.getvalue()


def _as_meant(paper: SignedPaper, holder: _Holder, *, stamped: bool) -> bool:
    if not paper.sound:
        return False
    (signature,) = paper.signatures
    same = signature.signer is not None and signature.signer.certificate == holder.certificate.dump()
    return same and (not stamped or (signature.stamp is not None and signature.stamp.intact))


class _AsItWas(IncrementalPdfFileWriter):
    """Adds to a PDF and leaves what it says about itself alone.

    The library sets a new date and its own name in the metadata, in a form that PDF/A does not allow.
    """

    def _update_meta(self) -> None:
        """Change nothing."""


class _At(PdfSigner):
    """Signs at a moment that it is told, and stays with PDF 1.7, which PDF/A-3 is made of."""

    at: datetime

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        """Say that PAdES is used; for P-256 the library would make it PDF 2.0."""
        pdf_out.register_extension(ESIC_EXTENSION_1)

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


class _Holder(Signer):
    """Has the key sign what the library asks to have signed."""

    def __init__(self, key: PaperKey) -> None:
        self._key = key
        self.certificate = x509.Certificate.load(key.certificate, strict=True)
        super().__init__(
            signing_cert=self.certificate,
            signature_mechanism=SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        )

    @property
    def name(self) -> str:
        """The name in the certificate."""
        return str(self.certificate.subject.native.get("common_name", ""))

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Return the signature of ``data``."""
        return bytes(_SIGNATURE) if dry_run else self._key.sign(data)
