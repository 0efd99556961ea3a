"""Whether the key that signed a paper is vouched for by a key that is known."""

from __future__ import annotations

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509.oid import SignatureAlgorithmOID

from bekwaam.domain.certificates.signed import PaperSignature


def vouched_for(signature: PaperSignature, public: bytes) -> bool:
    """Tell whether the certificate in a signature was made by the holder of an Ed25519 key (32 bytes).

    And whether it was valid at the moment that the signature claims. For :func:`standing`. Whether that key
    was to be trusted at that moment is another question. Never raises for what is in the signature.
    """
    if signature.signer is None or signature.claimed_at is None:
        return False
    try:
        certificate = x509.load_der_x509_certificate(signature.signer.certificate)
        if certificate.signature_algorithm_oid != SignatureAlgorithmOID.ED25519:
            return False
        key = Ed25519PublicKey.from_public_bytes(public)
        key.verify(certificate.signature, certificate.tbs_certificate_bytes)
    except (InvalidSignature, ValueError):
        return False
    since, until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return since <= signature.claimed_at < until
