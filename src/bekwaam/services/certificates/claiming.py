"""What goes into the credentials of a certificate, beside what stands on its paper."""

from __future__ import annotations

from datetime import datetime

from bekwaam.domain.certificates.case_targets import case_targets
from bekwaam.domain.certificates.claims import (
    Claim,
    Holder,
    IssuerProfile,
    Naming,
    Origin,
    Replaced,
)
from bekwaam.domain.certificates.paper import CertificateDocument
from bekwaam.services.certificates.naming import name_shown
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.signing.names import identifier, shown_at
from bekwaam.services.signing.ring import did_of
from bekwaam.services.statuses.places import entries_of_place
from bekwaam.store.models import Procedure, Provider, StatusPlace

EXPERIENCE = "ervaring"
STANDARD = "standaard"


def check_address(number: str) -> str:
    """Return the address on the paper, for people, where anyone can check certificate ``number``."""
    return shown_at(f"/c/{number}")


def credential_id(number: str, part: str) -> str:
    """Return by what the world knows one of the credentials of certificate ``number``."""
    return identifier(f"/c/{number}#{part}")


def issuer_profile(provider: Provider) -> IssuerProfile:
    """Return a provider as its credentials name it."""
    return IssuerProfile(
        did=did_of(provider),
        name=provider.name,
        url=provider.website or shown_at(f"/aanbieder/{provider.ref}/"),
        legal_id=provider.legal_id,
    )


def claim_of(
    procedure: Procedure,
    document: CertificateDocument,
    secret: str,
    experience: StatusPlace,
    standard: StatusPlace | None,
    at: datetime,
) -> Claim:
    """Return all that goes into the credentials of the certificate in ``document``. At most one query.

    ``experience`` and ``standard`` are their places in the status lists; the second only where the standard
    was met. The name of the candidate is readable only where they chose that.
    """
    candidate = procedure.candidate
    return Claim(
        issuer=issuer_profile(procedure.provider),
        holder=Holder(email=candidate.email, shows_name=name_shown(procedure)),
        naming=Naming(
            experience_id=credential_id(document.number, EXPERIENCE),
            experience_status=entries_of_place(experience),
            standard_id=credential_id(document.number, STANDARD) if standard else "",
            standard_status=entries_of_place(standard) if standard else None,
        ),
        targets=case_targets(framework_of(procedure.standard), shown_at(""), document.language),
        valid_from=at,
        secret=secret,
        origins={
            unit.code: Origin(unit.origin.certificate, unit.origin.decided_on)
            for unit in (*document.units, *document.judged_domains)
            if unit.origin
        },
        replaces=_replaced(document),
    )


def _replaced(document: CertificateDocument) -> Replaced | None:
    if document.supersedes is None:
        return None
    number = document.supersedes.number
    return Replaced(number, credential_id(number, EXPERIENCE))
