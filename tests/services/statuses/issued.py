"""A certificate with signed credentials that have a place in the status lists and a leaf in the log."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from bekwaam.domain.certificates.status import Change, reasons_for
from bekwaam.services import clock
from bekwaam.services.publiclog.writing import add
from bekwaam.services.signing.ring import did_of, ensure_key, issuers_by_did, signer_of
from bekwaam.services.statuses.changing import change_status
from bekwaam.services.statuses.places import entries_of_place, reserve
from bekwaam.services.statuses.publishing import published
from bekwaam.store.models import Certificate, Procedure, StatusPlace
from bekwaam.trust.credentials import AtHand, check_credential
from bekwaam.trust.dids import key_of
from bekwaam.trust.entries import Kind, LogEntry, credential_digest
from bekwaam.trust.moments import write_moment
from bekwaam.trust.proofs import sign
from bekwaam.trust.status import REVOCATION, SUSPENSION, entry_of
from tests.cast import Cast, Point
from tests.trust.material import certificate as unsigned


@dataclass(frozen=True)
class Issued:
    """A procedure with its certificate, and the credentials that were made of that."""

    procedure: Procedure
    certificate: Certificate
    credentials: tuple[dict[str, Any], ...]

    @property
    def places(self) -> list[StatusPlace]:
        """The places as they are now."""
        return list(StatusPlace.objects.filter(certificate=self.certificate).order_by("pk"))


def issued(cast: Cast, credentials: int = 2) -> Issued:
    """Bring a procedure to its certificate; sign so many credentials for it."""
    procedure = cast.bring_to(Point.ISSUED)
    found = Certificate.objects.get(procedure=procedure)
    return Issued(procedure, found, tuple(_signed(found, number) for number in range(credentials)))


@transaction.atomic
def _signed(certificate: Certificate, number: int) -> dict[str, Any]:
    provider, now = certificate.procedure.provider, clock.now()
    signer, did = signer_of(ensure_key(provider)), did_of(provider)
    place = reserve(provider)
    entries = entries_of_place(place)
    assert entries.suspension is not None
    made = unsigned(
        id=f"https://localhost/c/{certificate.number}#{number}",
        issuer={"id": did, "type": ["Profile"], "name": provider.name},
        validFrom=write_moment(now),
        credentialStatus=entry_of(entries.revocation.list_url, REVOCATION, place.index),
        termsOfUse=[entry_of(entries.suspension.list_url, SUSPENSION, place.index)],
    )
    made.pop("validUntil")
    credential = sign(made, signer=signer, method=key_of(did, signer.public).id, created=now)
    place.digest, place.certificate = credential_digest(credential), certificate
    place.save()
    add(LogEntry(Kind.ISSUED, place.digest, now, did))
    return credential


def change(cast: Cast, found: Issued, what: Change) -> None:
    """Let the coordinator change how a certificate stands."""
    change_status(cast.coordinator, found.procedure, what, reasons_for(what)[0], "Toelichting.")


def lists_now(url: str) -> dict[str, Any]:
    """Return a list as it is published now, by its address."""
    ref, _, number, purpose = url.split("/")[-4:]
    document: dict[str, Any] = json.loads(published(ref, int(number), purpose).document)
    return document


def codes(credential: dict[str, Any], **changes: Any) -> set[str]:
    """Return what whoever checks a credential finds wrong with how it stands."""
    issuer = credential["issuer"]["id"]
    at_hand: dict[str, Any] = {
        "now": clock.now(),
        "issuers": issuers_by_did([issuer]).get,
        "lists": lists_now,
    }
    verdict = check_credential(credential, AtHand(**(at_hand | changes)))
    return {check.code for check in verdict.checks if check.name != "log"} - {"ok"}
