"""The secret address of somebody's agenda: made, seen once, renewed and withdrawn by themself alone."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bekwaam.domain.accounts.access import Action, Role, may
from bekwaam.domain.events import Event
from bekwaam.services import clock
from bekwaam.services.errors import NotFound, insist
from bekwaam.store.audit import append
from bekwaam.store.models import AgendaLink, Person


@dataclass(frozen=True, slots=True)
class Shared:
    """That there is an address, since when, and whether candidates stand there by name."""

    made_at: datetime
    with_names: bool


@transaction.atomic
def make_link(actor: Person, *, with_names: bool = False) -> str:
    """Return the secret part of a new address; it is kept nowhere. The one before it stops working."""
    insist(may(Action.SHARE_AGENDA, {Role.OWNER}))
    secret, now = secrets.token_urlsafe(32), clock.now()
    kept = {"sha256": _hash(secret), "with_names": with_names, "made_at": now}
    AgendaLink.objects.update_or_create(person=actor, defaults=kept)
    payload = {"with_names": with_names}
    append(Event.AGENDA_SHARED, actor=actor, subject=f"person:{actor.ref}", now=now, payload=payload)
    return secret


@transaction.atomic
def withdraw_link(actor: Person) -> None:
    """Let the address stop working. Withdrawing twice changes nothing."""
    insist(may(Action.SHARE_AGENDA, {Role.OWNER}))
    gone, _rows = AgendaLink.objects.filter(person=actor).delete()
    if gone:
        append(Event.AGENDA_WITHDRAWN, actor=actor, subject=f"person:{actor.ref}", now=clock.now())


def shared(person: Person) -> Shared | None:
    """Return whether somebody has an address, and of what kind. One query."""
    row = AgendaLink.objects.filter(person=person).first()
    return Shared(row.made_at, row.with_names) if row else None


def behind(secret: str) -> AgendaLink:
    """Return what an address leads to; NotFound for one that never was, or is not any more. One query."""
    found = AgendaLink.objects.filter(sha256=_hash(secret), person__is_active=True)
    row = found.select_related("person").first()
    if row is None:
        raise NotFound
    return row


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
