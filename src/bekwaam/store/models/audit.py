"""The audit chain's tables."""

from __future__ import annotations

from typing import Any

from django.db import models


class ChainHead(models.Model):
    """The one row that says where the chain ends; locking it puts writers in a queue."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)


class AuditEntry(models.Model):
    """One link of the chain. ``payload`` is canonical JSON, kept as text so that no byte shifts."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.CharField(max_length=32)
    actor = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    payload = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["subject", "sequence"], name="audit_by_subject")]


class AuditOpening(models.Model):
    """What opens one commitment of an entry: the salt, and the row that holds the content.

    Erasing a person's data deletes the row and this; the commitment in the chain stays.
    """

    entry = models.ForeignKey(AuditEntry, on_delete=models.PROTECT, related_name="openings")
    table = models.CharField(max_length=40)
    row = models.BigIntegerField()
    salt = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["table", "row"], name="opening_of_row")]

    def __str__(self) -> str:
        return f"{self.table}:{self.row}"

    def key(self) -> dict[str, Any]:
        """Return what the entry's payload calls this commitment."""
        return {"table": self.table, "row": self.row}
