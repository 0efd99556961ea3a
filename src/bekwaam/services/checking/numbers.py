"""What anybody may know of a certificate by its number alone.

Whether the standard was met is not among it, nor whose it is: a number stands on a paper that goes round, in
mails and in lists. Who is shown the paper reads it there; who has only the number does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bekwaam.domain.certificates.claimed import claimed_in, is_of
from bekwaam.domain.certificates.forms import Form
from bekwaam.domain.certificates.numbers import read_number
from bekwaam.domain.certificates.status import ChangeReason, Status
from bekwaam.services.checking.logged import LogSays, log_says, worst
from bekwaam.services.checking.recorded import credential_in, document_stands, same_credential
from bekwaam.services.errors import NotFound
from bekwaam.services.signing.names import did_of_ref
from bekwaam.services.statuses.reads import status_of
from bekwaam.store.models import Certificate, CertificateForm, ErasedCertificate, LogLeaf


@dataclass(frozen=True, slots=True)
class NumberRead:
    """What is publicly known of a number.

    ``erased``: the certificate existed, and that is all that is still known. ``intact``: what we hold is what
    the log says was issued; None for one of before there was a log. ``status`` is the worst of what our
    table and the log say; ``only_in_log`` where our table hides it. ``replaced`` with or without a
    ``successor`` that is known.
    """

    number: str
    erased: bool = False
    provider: str = ""
    provider_ref: str = ""
    issued_at: datetime | None = None
    standard: str = ""
    standard_version: str = ""
    status: Status = Status.GOOD
    since: datetime | None = None
    reason: ChangeReason | None = None
    only_in_log: bool = False
    replaced: bool = False
    successor: str = ""
    logged_at: datetime | None = None
    intact: bool | None = None


def read_public(typed: str) -> NumberRead:
    """Return what is publicly known of the number that somebody typed. Five queries, mostly.

    Raises NotFound when it is no number of ours.
    """
    row = _find(typed)
    if isinstance(row, ErasedCertificate):
        return NumberRead(row.number, erased=True)
    form, credential = _stored(row)
    said, stands = log_says(form.digest if form else ""), status_of(row)
    document: dict[str, Any] = row.document
    claimed = claimed_in(credential) if credential else None
    status = worst(stands.status, said.status)
    hidden = status is not stands.status
    return NumberRead(
        number=row.number,
        provider=claimed.issuer_name if claimed else row.procedure.provider.name,
        provider_ref=row.procedure.provider.ref,
        issued_at=claimed.issued_at if claimed else row.issued_at,
        standard=claimed.standard if claimed else str(document["standard"]["title"]),
        standard_version=claimed.standard_version if claimed else str(document["standard"]["version"]),
        status=status,
        since=said.since if hidden else stands.since,
        reason=None if hidden else stands.reason,
        only_in_log=hidden,
        replaced=bool(stands.successor) or said.replaced_at is not None,
        successor=stands.successor,
        logged_at=said.issued_at,
        intact=_intact(row, form, credential, said) if form else _unlogged_is_right(row),
    )


def number_is_of(typed: str, name: str) -> bool | None:
    """Tell whether the certificate with this number is of somebody called ``name``; None where nobody can.

    Only for a name, and only yes or no. Raises NotFound as :func:`read_public`. Two queries.
    """
    row = _find(typed)
    if isinstance(row, ErasedCertificate) or "@" in name:
        return None
    _form, credential = _stored(row)
    return is_of(credential, name) if credential else None


def _find(typed: str) -> Certificate | ErasedCertificate:
    """Return the certificate with this number. One query, two for one that was erased or never was."""
    number = read_number(typed)
    found = (
        Certificate.objects.filter(number=number).select_related("procedure__provider", "secret").first()
        or ErasedCertificate.objects.filter(number=number).first()
        if number
        else None
    )
    if found is None:
        raise NotFound
    return found


def _stored(row: Certificate) -> tuple[CertificateForm | None, dict[str, Any]]:
    """Return the form that holds the credential, and the credential as we hold it. One query."""
    form = CertificateForm.objects.filter(certificate=row, form=Form.EXPERIENCE).first()
    return form, credential_in(form)


def _unlogged_is_right(row: Certificate) -> bool | None:
    """Say of a certificate that was never signed whether that can be: only before there was a log. One query.

    False when there was one: somebody put the row there, or took away what was signed.
    """
    first = LogLeaf.objects.order_by("index").first()
    return None if first is None or row.issued_at < first.at else False


def _intact(row: Certificate, form: CertificateForm, credential: dict[str, Any], said: LogSays) -> bool:
    """Tell whether what we hold is, to the letter, what the log says that this provider issued."""
    return (
        same_credential(form, form.digest)
        and document_stands(row, credential)
        and claimed_in(credential).number == row.number
        and said.issued_at is not None
        and said.issuer == did_of_ref(row.procedure.provider.ref)
    )
