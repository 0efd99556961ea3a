"""What the world may know of a provider: its website and its number in the register of companies."""

from __future__ import annotations

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.accounts.identity import Identity, check_identity, tidied
from bekwaam.domain.events import Event
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_provider, lock_provider
from bekwaam.services.errors import Invalid
from bekwaam.store.audit import append
from bekwaam.store.models import Person, Provider


@transaction.atomic
def set_identity(actor: Person, provider: Provider, identity: Identity) -> None:
    """Set the website and the number. Certificates that were issued keep what they say.

    Raises Invalid with every fault, Refused without the right to.
    """
    lock_provider(provider)
    insist_at_provider(Action.SET_IDENTITY, actor, provider)
    meant = tidied(identity)
    if faults := check_identity(meant):
        raise Invalid(faults)
    provider.website, provider.legal_id = meant.website, meant.legal_id
    provider.save(update_fields=["website", "legal_id"])
    append(
        Event.IDENTITY_SET,
        actor=actor,
        subject=f"provider:{provider.ref}",
        now=clock.now(),
        payload={"website": meant.website, "legal_id": meant.legal_id},
    )
