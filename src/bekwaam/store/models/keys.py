"""The public half of the keys that sign; the private half is in a key store, under the same name."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.store.models.accounts import Person, Provider
from bekwaam.store.models.shared import moment, ref_field


class SigningKey(models.Model):
    """A key of a provider, or of the public log (``provider`` None). No key ever goes: old papers need it.

    ``public`` is the key in multibase. It signs until ``retired_at``; from ``compromised_at`` on somebody
    else may have it (:class:`bekwaam.trust.dids.Key`).
    """

    ref = ref_field()
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, related_name="keys")
    name = models.CharField(max_length=80, unique=True)
    public = models.CharField(max_length=80, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    compromised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider"], condition=models.Q(retired_at=None), name="one_key_in_use"
            ),
        ]

    def committed(self) -> dict[str, Any]:
        """Return whose key it is, which, and from when on it no longer counts."""
        return {
            "provider": self.provider_id,
            "public": self.public,
            "made_at": moment(self.made_at),
            "retired_at": moment(self.retired_at),
            "compromised_at": moment(self.compromised_at),
        }
