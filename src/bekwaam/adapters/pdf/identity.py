"""Who signs the paper: a key and the X.509 certificate that PAdES wants beside it.

The certificate is made by the provider itself. Either the provider's own key, by which it is known elsewhere,
vouches for it, or nobody does and the paper's key has to be made known itself. See ``docs/papier.md``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from asn1crypto import x509 as plain
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import NameOID, ObjectIdentifier

# "Document signing" (RFC 9336): the key is for papers, and not for web sites or letters.
DOCUMENT_SIGNING: Final = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
# "No well-defined expiration date" (RFC 5280, 4.1.2.5): a reader should not call an old paper expired.
FOREVER: Final = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
_LONGEST_NAME: Final = 64  # of the names in an X.509 certificate (RFC 5280, upper bounds)


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


def vouched_key(
    sign: Callable[[bytes], bytes], *, name: str, address: str, since: datetime, until: datetime = FOREVER
) -> HeldKey:
    """Return a new key with a certificate that a provider's Ed25519 key vouches for: to sign one paper with.

    ``sign`` returns the signature (64 bytes) of that key, which may be anywhere; ``address`` is the URI by
    which it is known, such as ``did:web:…#z6Mk…``. Whoever has the public half of it can tell that its holder
    made the certificate: :func:`bekwaam.adapters.papers.vouching.vouched_for`. ``since`` is the moment of
    signing. Raises ValueError as :func:`own_certificate` does.
    """
    private = new_key()
    subject = _named(name, common=True)
    builder = _builder(private, subject, _named(name, common=False), address, since, until)
    # Signed with a key that is thrown away, to have the content that is to be signed.
    drafted = builder.sign(ed25519.Ed25519PrivateKey.generate(), None)
    certificate = plain.Certificate.load(drafted.public_bytes(serialization.Encoding.DER))
    certificate["signature_value"] = sign(drafted.tbs_certificate_bytes)
    encoded: bytes = certificate.dump()
    return HeldKey(private, encoded)


def own_certificate(
    key: ec.EllipticCurvePrivateKey, *, name: str, address: str, since: datetime, until: datetime
) -> bytes:
    """Return a certificate (DER) for ``key``, signed by itself.

    ``name`` is the provider's, cut to what fits; ``address`` the URI under which its keys are made known,
    such as its ``did:web``. It may sign from ``since`` up to ``until``. Raises ValueError for an empty name,
    an address that is not in ASCII, times without zone and a key that is not on P-256.
    """
    subject = _named(name, common=True)
    made = _builder(key, subject, subject, address, since, until).sign(key, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.DER)


def _named(name: str, *, common: bool) -> x509.Name:
    short = name.strip()[:_LONGEST_NAME]
    kinds = [NameOID.ORGANIZATION_NAME, *([NameOID.COMMON_NAME] if common else [])]
    return x509.Name([x509.NameAttribute(kind, short) for kind in kinds])


def _builder(
    key: ec.EllipticCurvePrivateKey,
    subject: x509.Name,
    issuer: x509.Name,
    address: str,
    since: datetime,
    until: datetime,
) -> x509.CertificateBuilder:
    """Return a certificate for ``key`` that is still to be signed."""
    if not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("the key is not on P-256")
    if since.tzinfo is None or until.tzinfo is None:
        raise ValueError("times need a zone")
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
    names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(address)])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since.astimezone(UTC))
        .not_valid_after(until.astimezone(UTC))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(names, critical=False)
    )
