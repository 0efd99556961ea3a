"""What the holder of a certificate has in hand: what it says, how it stands, in which forms it exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bekwaam.domain.certificates.forms import Form
from bekwaam.domain.certificates.paper import CertificateDocument
from bekwaam.domain.certificates.reading import read_document
from bekwaam.domain.verdict import refused
from bekwaam.services.audit import is_as_recorded
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.statuses.reads import StatusRead, status_of
from bekwaam.store.models import Certificate, CertificateForm, Procedure
from bekwaam.wording import N_

CHANGED = N_(
    "What is kept of this certificate was changed after it was issued, so we do not show it. Tell "
    "whoever runs this installation; the log says what it was."
)


@dataclass(frozen=True, slots=True)
class Holding:
    """A certificate for its holder. ``forms`` are those that it exists in beside its paper, in order.

    ``logged`` tells whether there is a proof that it is in the public log.
    """

    number: str
    issued_at: datetime
    document: CertificateDocument
    status: StatusRead
    forms: tuple[Form, ...]
    logged: bool


def read_holding(procedure: Procedure) -> Holding:
    """Return the certificate of a procedure with all that its holder can do with it. Five queries.

    Raises NotFound where none was issued, and Refused where what is kept of it is not what was issued.
    """
    row = certificate_as_issued(procedure)
    kept = dict(CertificateForm.objects.filter(certificate=row).values_list("form", "leaf"))
    return Holding(
        number=row.number,
        issued_at=row.issued_at,
        document=read_document(row.document),
        status=status_of(row),
        forms=tuple(form for form in Form if form in kept),
        logged=kept.get(Form.EXPERIENCE) is not None,
    )


def certificate_as_issued(procedure: Procedure) -> Certificate:
    """Return a procedure's certificate, held against the audit chain. Two queries.

    Raises NotFound where none was issued, and Refused where it is not what was issued.
    """
    row = Certificate.objects.filter(procedure=procedure).select_related("file").first()
    if row is None:
        raise NotFound
    if not is_as_recorded(row):
        raise Refused(refused("certificate_changed", CHANGED))
    return row
