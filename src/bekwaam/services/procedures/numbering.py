"""The number of a procedure: the year, and how many its provider has started."""

from __future__ import annotations

from django.db.models import F

from bekwaam.services import clock
from bekwaam.store.models import Provider


def next_number(provider: Provider) -> str:
    """Return the next number of a provider, such as "2026-0012". The caller holds the provider's lock."""
    Provider.objects.filter(pk=provider.pk).update(last_number=F("last_number") + 1)
    provider.refresh_from_db(fields=["last_number"])
    return f"{clock.today().year}-{provider.last_number:04d}"
