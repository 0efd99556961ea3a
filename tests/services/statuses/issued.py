"""A certificate with signed credentials that have a place in the status lists and a leaf in the log."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bekwaam.domain.certificates.forms import Form
from bekwaam.domain.certificates.status import Change, reasons_for
from bekwaam.services import clock
from bekwaam.services.signing.ring import issuers_by_did
from bekwaam.services.statuses.changing import change_status
from bekwaam.services.statuses.publishing import published
from bekwaam.store.models import Certificate, CertificateForm, Procedure, StatusPlace
from bekwaam.trust.credentials import AtHand, check_credential
from tests.cast import Cast, Point


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
    """Bring a procedure to its certificate; with two credentials the standard was met as a whole."""
    stages = {} if credentials == 2 else {"1.1": "not_shown", "1.2": "not_shown"}
    procedure = cast.bring_to(Point.ISSUED, stages=stages)
    found = Certificate.objects.get(procedure=procedure)
    rows = CertificateForm.objects.filter(certificate=found, form__in=(Form.EXPERIENCE, Form.STANDARD))
    return Issued(procedure, found, tuple(json.loads(row.content) for row in rows))


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
