"""Reads about how a certificate stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from bekwaam.domain.certificates.status import Change, ChangeReason, Status, status_after
from bekwaam.store.models import Certificate, ErasedCertificate, Procedure, StatusChange


@dataclass(frozen=True, slots=True)
class StatusRead:
    """How a certificate stands, for everybody: since when and why where it was changed.

    ``successor`` is the number of the certificate that took its place, ``replaced_on`` the day of that; what
    it says remains true, so that alone takes nothing from it (docs/adr/0016).
    """

    status: Status
    since: datetime | None = None
    reason: ChangeReason | None = None
    successor: str = ""
    replaced_on: date | None = None


@dataclass(frozen=True, slots=True)
class ChangeRead:
    """One change: what, why for everybody, the explanation for the people of the procedure, by whom, when."""

    change: Change
    reason: ChangeReason
    note: str
    by: str
    at: datetime


def certificate_of(procedure: Procedure) -> Certificate | None:
    """Return the certificate of a procedure; None where there is none. One query."""
    return Certificate.objects.filter(procedure=procedure).defer("document").first()


def status_of(certificate: Certificate) -> StatusRead:
    """Return how a certificate stands. Two queries.

    A successor whose dossier was erased since is named as well.
    """
    last = StatusChange.objects.filter(certificate=certificate).order_by("-at", "-pk").first()
    columns = ("number", "issued_at")
    after = Certificate.objects.filter(supersedes=certificate.number).values_list(*columns)
    gone = ErasedCertificate.objects.filter(supersedes=certificate.number).values_list(*columns)
    number, issued_at = next(iter(after.union(gone)), ("", None))
    return StatusRead(
        status=status_after([Change(last.change)] if last else ()),
        since=last.at if last else None,
        reason=ChangeReason(last.reason) if last else None,
        successor=number,
        replaced_on=timezone.localdate(issued_at) if issued_at else None,
    )


def changes_of(certificate: Certificate) -> tuple[Change, ...]:
    """Return what was done to a certificate, oldest first. One query."""
    rows = StatusChange.objects.filter(certificate=certificate).order_by("at", "pk")
    return tuple(Change(change) for change in rows.values_list("change", flat=True))


def history_of(certificate: Certificate) -> tuple[ChangeRead, ...]:
    """Return what was done to a certificate with why and by whom, newest first. One query."""
    rows = StatusChange.objects.filter(certificate=certificate).order_by("-at", "-pk").select_related("by")
    return tuple(
        ChangeRead(Change(row.change), ChangeReason(row.reason), row.note, row.by.name, row.at)
        for row in rows
    )
