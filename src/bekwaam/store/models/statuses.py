"""Revoked and suspended: the changes, the places in the lists, and the lists as published."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.domain.certificates.status import Change
from bekwaam.store.models.accounts import Person, Provider
from bekwaam.store.models.certificates import Certificate
from bekwaam.store.models.shared import moment


class StatusChange(models.Model):
    """That a certificate was suspended, put back, or revoked: by whom, when and why.

    ``reason`` is a code that everybody may see; ``note`` is for the people of the procedure.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="status_changes")
    change = models.CharField(max_length=20, choices=[(c.value, c.value) for c in Change])
    reason = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def committed(self) -> dict[str, Any]:
        """Return what was changed of which certificate, by whom and why."""
        return {
            "certificate": self.certificate_id,
            "change": str(self.change),
            "reason": self.reason,
            "note": self.note,
            "by": self.by_id,
            "at": moment(self.at),
        }


class StatusList(models.Model):
    """A pair of lists of a provider, for revoking and for suspending, with the same places in both."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="status_lists")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "number"], name="status_list_number")]


class StatusPlace(models.Model):
    """A place in a pair of lists: that of a credential with this ``digest``.

    It outlives the certificate: what was revoked stays so when the dossier has been erased.
    """

    list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="places")
    index = models.PositiveIntegerField()
    digest = models.CharField(max_length=120, blank=True, db_index=True)
    certificate = models.ForeignKey(
        Certificate, on_delete=models.SET_NULL, null=True, related_name="status_places"
    )
    revoked = models.BooleanField(default=False)
    suspended = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "index"], name="one_credential_per_place")]


class PublishedList(models.Model):
    """A list as it was last signed, to be shown until it is too old or something in it changed."""

    list = models.ForeignKey(StatusList, on_delete=models.CASCADE, related_name="published")
    purpose = models.CharField(max_length=20)
    document = models.TextField()
    signed_at = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "purpose"], name="one_published_list")]
