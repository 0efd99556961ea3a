"""Whether what we hold of a certificate is still what was issued. No row vouches for itself here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from bekwaam.domain.certificates.sealing import digest_of, sealed
from bekwaam.store.models import Certificate, CertificateForm, CertificateSecret
from bekwaam.trust.entries import credential_digest
from bekwaam.trust.reasons import Refused


def credential_in(form: CertificateForm | None) -> dict[str, Any]:
    """Return the credential that a form holds as JSON; empty for no form, or one that holds no such thing."""
    try:
        read = json.loads(form.content) if form else {}
    except ValueError:  # somebody changed the row
        return {}
    return read if isinstance(read, dict) else {}


def same_credential(form: CertificateForm, digest: str) -> bool:
    """Tell whether a form, as it is now, still is the credential that is known by ``digest``."""
    try:
        return credential_digest(credential_in(form)) == digest
    except (Refused, ValueError):
        return False


def document_stands(row: Certificate, credential: dict[str, Any]) -> bool:
    """Tell whether the document of a certificate, as it is now, is the one that a credential was made with.

    The credential holds a salted hash of all that stood on the paper. No query for a row that was read with
    its ``secret``.
    """
    try:
        secret = row.secret.secret
    except CertificateSecret.DoesNotExist:
        return False
    return digest_of(sealed(secret, "paper", row.document)) in set(_digests(credential))


def _digests(credential: dict[str, Any]) -> Iterable[str]:
    evidence = credential.get("evidence")
    for entry in evidence if isinstance(evidence, list) else []:
        if isinstance(entry, dict):
            yield str(entry.get("digestMultibase", ""))
