"""Helping somebody back in who lost their phone and their recovery codes."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from bekwaam.domain.events import Event
from bekwaam.services import clock
from bekwaam.services.errors import NotFound
from bekwaam.store.audit import append
from bekwaam.store.models import Person


@transaction.atomic
def remove_second_step(email: str) -> bool:
    """Take away the extra step of whoever logs in as ``email``; False when there was none.

    For the command line only: whoever runs it has to be sure who is asking. Raises NotFound for an
    address that nobody logs in with.
    """
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise NotFound
    removed, _ = Authenticator.objects.filter(user=person).delete()
    if removed:
        append(Event.SECOND_STEP_REMOVED, actor=None, subject=f"person:{person.ref}", now=clock.now())
    return bool(removed)
