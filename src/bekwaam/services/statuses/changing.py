"""Suspending a certificate, taking that back, and revoking it: for everybody who checks it, from now on."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.certificates.status import (
    Change,
    ChangeReason,
    Status,
    check_change,
    given_faults,
    status_after,
)
from bekwaam.domain.events import Event
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.errors import Invalid, NotFound, insist
from bekwaam.services.procedures.letters import tell_status_changed
from bekwaam.services.publiclog.writing import add_all
from bekwaam.services.signing.ring import did_of
from bekwaam.services.statuses.places import in_leaf
from bekwaam.services.statuses.reads import changes_of
from bekwaam.store.audit import append
from bekwaam.store.models import (
    Certificate,
    Person,
    Procedure,
    Provider,
    PublishedList,
    StatusChange,
    StatusList,
    StatusPlace,
)
from bekwaam.trust.entries import Kind, LogEntry

_EVENTS: Final = {
    Change.SUSPENDED: Event.CERTIFICATE_SUSPENDED,
    Change.REINSTATED: Event.CERTIFICATE_REINSTATED,
    Change.REVOKED: Event.CERTIFICATE_REVOKED,
}
KINDS: Final = {
    Kind.SUSPENDED: Change.SUSPENDED,
    Kind.REINSTATED: Change.REINSTATED,
    Kind.REVOKED: Change.REVOKED,
}


@transaction.atomic
def change_status(
    actor: Person, procedure: Procedure, change: Change, reason: str, note: str
) -> StatusChange:
    """Suspend, reinstate or revoke the certificate of a procedure, in all its forms; return what says so.

    ``reason`` is a code for everybody (:class:`~bekwaam.domain.certificates.status.ChangeReason`), ``note``
    an explanation for the candidate and who else may see it. It shows in the status lists and in the public
    log at once. Raises Refused for who may not and where it cannot be done, Invalid with every fault,
    NotFound where nothing was issued.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.CHANGE_STATUS, actor, procedure)
    certificate = Certificate.objects.filter(procedure=procedure).defer("document").first()
    if certificate is None:
        raise NotFound
    insist(check_change(change, status_after(changes_of(certificate))))
    faults = given_faults(change, reason, note)
    if faults:
        raise Invalid(faults)
    row = StatusChange.objects.create(
        certificate=certificate,
        change=change,
        reason=ChangeReason(reason),
        note=note.strip(),
        by=actor,
        at=clock.now(),
    )
    leaves = _publish(procedure, row)
    append(
        _EVENTS[change],
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=row.at,
        payload={"number": certificate.number, "reason": row.reason, "leaves": list(leaves)},
        content=[row],
    )
    tell_status_changed(procedure)
    return row


def _publish(procedure: Procedure, row: StatusChange) -> tuple[int, ...]:
    """Set the places of all credentials of the certificate, drop the lists that say otherwise, and log it."""
    places = StatusPlace.objects.filter(certificate=row.certificate_id)
    # Whoever signs a list holds it meanwhile: no list can come out that does not know of this.
    lists = StatusList.objects.filter(places__in=places).values("pk")
    list(StatusList.objects.select_for_update().filter(pk__in=lists).order_by("pk"))
    after = status_after([Change(row.change)])
    places.update(suspended=after is Status.SUSPENDED, revoked=after is Status.REVOKED)
    PublishedList.objects.filter(list__in=lists).delete()
    kind, provider = Kind(row.change), procedure.provider
    signed = places.exclude(digest="").order_by("pk").values_list("digest", "index", "list__number")
    return add_all(
        [
            LogEntry(kind, digest, row.at, did_of(provider), _where(provider, number, index))
            for digest, index, number in signed
        ]
    )


def _where(provider: Provider, number: int, index: int) -> tuple[tuple[str, str], ...]:
    """Return the place as a leaf tells it. That is no secret any more: everybody sees the list change."""
    return (("index", str(index)), ("list", in_leaf(provider, number)))
