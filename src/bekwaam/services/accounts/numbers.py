"""The numbers that a provider sets for itself: one way to set them, whatever they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_provider, lock_provider
from bekwaam.services.errors import Invalid
from bekwaam.store.audit import append
from bekwaam.store.models import Person, Provider


@transaction.atomic
def set_numbers(
    actor: Person,
    provider: Provider,
    allowed_by: tuple[Action, Event],
    faults: Iterable[Fault],
    columns: Mapping[str, int],
    payload: Mapping[str, Any],
) -> None:
    """Set ``columns`` of a provider, and record ``payload`` as the event that belongs to the action.

    ``faults`` is what is wrong with the numbers. Raises Refused without the right to, and then Invalid where
    there are any.
    """
    action, event = allowed_by
    lock_provider(provider)
    insist_at_provider(action, actor, provider)
    if found := tuple(faults):
        raise Invalid(found)
    for column, number in columns.items():
        setattr(provider, column, number)
    provider.save(update_fields=[*columns])
    append(
        event,
        actor=actor,
        subject=f"provider:{provider.ref}",
        now=clock.now(),
        payload=dict(payload),
    )
