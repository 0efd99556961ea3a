"""Links with which a holder shows their certificate: made, withdrawn, and opened by a visitor."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.certificates.sharing import MOST_VISITS, Wish, may_make, wish_faults
from bekwaam.domain.events import Event
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.errors import Invalid, NotFound, insist
from bekwaam.store.audit import append
from bekwaam.store.models import Certificate, Person, Procedure, ShareLink, ShareVisit


@transaction.atomic
def make_link(actor: Person, procedure: Procedure, wish: Wish) -> str:
    """Make a link and return the secret part of its address, which is kept nowhere.

    Raises Invalid with what is wrong in ``wish``, Refused for who may not share and where too many links
    work already, NotFound where no certificate was issued. The chain knows it of the person: with whom
    somebody shares their certificate is not the provider's business.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.SHARE_CERTIFICATE, actor, procedure)
    certificate = Certificate.objects.filter(procedure=procedure).defer("document").first()
    if certificate is None:
        raise NotFound
    now = clock.now()
    if faults := wish_faults(wish, clock.today()):
        raise Invalid(faults)
    assert wish.until is not None  # noqa: S101 - seen to just now; this tells the type checker
    working = ShareLink.objects.filter(certificate=certificate, withdrawn_at=None, until__gt=now)
    insist(may_make(working.count()))
    secret = secrets.token_urlsafe(32)
    link = ShareLink.objects.create(
        certificate=certificate,
        token=token_of(secret),
        label=wish.label.strip(),
        depth=wish.depth,
        shows_name=wish.shows_name,
        made_at=now,
        until=end_of(wish.until),
    )
    _append(Event.LINK_MADE, actor, link, certificate.number, depth=link.depth, shows_name=link.shows_name)
    return secret


@transaction.atomic
def withdraw_link(actor: Person, procedure: Procedure, ref: str) -> None:
    """Let a link stop working at once. Withdrawing twice changes nothing; NotFound for no such link."""
    procedure = lock(procedure)
    insist_at_procedure(Action.SHARE_CERTIFICATE, actor, procedure)
    found = ShareLink.objects.filter(certificate__procedure=procedure, ref=ref)
    link = found.select_related("certificate").defer("certificate__document").first()
    if link is None:
        raise NotFound
    if link.withdrawn_at is None:
        link.withdrawn_at = clock.now()
        link.save(update_fields=["withdrawn_at"])
        _append(Event.LINK_WITHDRAWN, actor, link, link.certificate.number)


@transaction.atomic
def note_visit(link: int) -> None:
    """Note that somebody opened a link; of the oldest visits, those beyond what is kept go. Two queries."""
    ShareVisit.objects.create(link_id=link, at=clock.now())
    kept = ShareVisit.objects.filter(link_id=link).order_by("-at", "-pk")
    beyond = list(kept.values_list("pk", flat=True)[MOST_VISITS : MOST_VISITS + 100])
    if beyond:
        ShareVisit.objects.filter(pk__in=beyond).delete()


def token_of(secret: str) -> str:
    """Return by what a secret address is known: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def end_of(last: date) -> datetime:
    """Return the moment at which a link stops that works up to and including the day ``last``."""
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))


def _append(event: Event, actor: Person, link: ShareLink, number: str, **more: Any) -> None:
    append(
        event,
        actor=actor,
        subject=f"person:{actor.ref}",
        now=clock.now(),
        payload={"link": link.ref, "certificate": number, **more},
    )
