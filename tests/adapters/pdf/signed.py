"""Keys, signed papers and a service for time stamps to test with."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as plain
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from bekwaam.adapters.pdf import render_certificate
from bekwaam.adapters.pdf.identity import HeldKey, key_sha256, new_key, own_certificate
from bekwaam.adapters.pdf.signing import sign_paper
from tests.papers import paper
from tests.standards import small_standard

AT = datetime(2026, 4, 14, 10, 30, tzinfo=UTC)
CREDENTIAL = '{"id": "urn:uuid:1", "name": "Één bewijs"}'.encode()
ADDRESS = "https://voorbeeld.example/c/2026-7KQ4-XM2P"


@cache
def key(name: str = "EVC Huis Noord") -> HeldKey:
    """Return the key of a provider, valid from a day before to ten years after the day of signing."""
    private = new_key()
    certificate = own_certificate(
        private,
        name=name,
        address="did:web:voorbeeld.example:p:noord",
        since=AT - timedelta(days=1),
        until=AT + timedelta(days=3650),
    )
    return HeldKey(private, certificate)


@cache
def unsigned(language: str = "nl") -> bytes:
    """Return a small certificate with all that goes with it, not signed."""
    return render_certificate(paper(small_standard(), check_url=ADDRESS, language=language), CREDENTIAL)


@cache
def signed() -> bytes:
    """Return the same, signed."""
    return sign_paper(unsigned(), key(), AT)


def key_hash(held: HeldKey) -> str:
    """Return by which name the key of a provider is known."""
    return key_sha256(held.certificate)


def add_to(pdf: bytes) -> IncrementalPdfFileWriter:
    """Return what adds a revision to a PDF."""
    return IncrementalPdfFileWriter(io.BytesIO(pdf))


def written(writer: IncrementalPdfFileWriter) -> bytes:
    """Return the PDF with the revision."""
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def signed_as_the_library_does(
    pdf: bytes, *, held: HeldKey | None = None, md: str = "sha256", field: str = "Field"
) -> bytes:
    """Return ``pdf``, signed by the library with nothing but its defaults: no certification, new metadata."""
    held = held or key()
    encoded = held.private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = SimpleSigner(
        signing_cert=plain.Certificate.load(held.certificate),
        signing_key=keys.PrivateKeyInfo.load(encoded),
        cert_registry=SimpleCertificateStore(),
    )
    meta = PdfSignatureMetadata(field_name=field, md_algorithm=md, subfilter=SigSeedSubFilter.PADES)
    result: io.BytesIO = sign_pdf(add_to(pdf), meta, signer)
    return result.getvalue()


@cache
def stamping(purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING) -> DummyTimeStamper:
    """Return what makes time stamps, with a certificate that is for that ``purpose``."""
    private = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tijdstempels")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(7)
        .not_valid_before(AT - timedelta(days=1))
        .not_valid_after(AT + timedelta(days=3650))
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        .sign(private, hashes.SHA256())
    )
    encoded = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return DummyTimeStamper(
        plain.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        keys.PrivateKeyInfo.load(encoded),
        fixed_dt=AT + timedelta(seconds=4),
    )


@contextmanager
def stamp_service(answer: bytes | None = None, status: int = 200) -> Iterator[str]:
    """Run a service for time stamps for a while; give its address. It may be told what to answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            said = answer
            if said is None:
                assert self.headers["Content-Type"] == "application/timestamp-query"
                said = stamping().request_tsa_response(tsp.TimeStampReq.load(asked)).dump()
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa?x=1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
