"""Who signs the paper: a key and the X.509 certificate that PAdES wants beside it.

The certificate is made by the provider itself and vouches for nobody: that the key is the provider's is said
elsewhere, where the provider's keys are made known. See ``docs/papier.md``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier

# "Document signing" (RFC 9336): the key is for papers, and not for web sites or letters.
DOCUMENT_SIGNING: Final = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
_LONGEST_NAME: Final = 64  # of the names in an X.509 certificate (RFC 5280, upper bounds)


class PaperKey(Protocol):
    """What signs papers. The key itself may be in a file, a card or elsewhere: only this is asked of it."""

    @property
    def certificate(self) -> bytes:
        """The X.509 certificate of the key (DER)."""
        ...

    def sign(self, content: bytes) -> bytes:
        """Return the ECDSA signature (P-256 with SHA-256, DER) of ``content``."""
        ...


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key that is held in memory."""

    private: ec.EllipticCurvePrivateKey
    certificate: bytes

    def sign(self, content: bytes) -> bytes:
        """Return the signature of ``content``."""
        return self.private.sign(content, ec.ECDSA(hashes.SHA256()))


def new_key() -> ec.EllipticCurvePrivateKey:
    """Return a new key on P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def key_sha256(certificate: bytes) -> str:
    """Return by which name the key of a certificate (DER) is known when a paper is read back.

    The SHA-256 of the public key (SubjectPublicKeyInfo), in hex: for ``standing``. Raises ValueError for what
    is no certificate.
    """
    public = x509.load_der_x509_certificate(certificate).public_key()
    encoded = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(encoded).hexdigest()


def own_certificate(
    key: ec.EllipticCurvePrivateKey, *, name: str, address: str, since: datetime, until: datetime
) -> bytes:
    """Return a certificate (DER) for ``key``, signed by itself.

    ``name`` is the provider's, cut to what fits; ``address`` the URI under which its keys are made known,
    such as its ``did:web``. It may sign from ``since`` up to ``until``. Raises ValueError for an empty name,
    an address that is not in ASCII, times without zone and a key that is not on P-256.
    """
    if not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("the key is not on P-256")
    if since.tzinfo is None or until.tzinfo is None:
        raise ValueError("times need a zone")
    short = name.strip()[:_LONGEST_NAME]
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, short),
            x509.NameAttribute(NameOID.COMMON_NAME, short),
        ]
    )
    public = key.public_key()
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since.astimezone(UTC))
        .not_valid_after(until.astimezone(UTC))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.UniformResourceIdentifier(address)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.DER)
