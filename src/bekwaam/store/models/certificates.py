"""The decision and the certificate."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.store.models.accounts import Person
from bekwaam.store.models.portfolio import Snapshot, StoredFile
from bekwaam.store.models.procedures import Procedure
from bekwaam.store.models.shared import moment, ref_field


class DecisionRecord(models.Model):
    """The outcome by the rule, as it was decided: a copy that stands on its own."""

    procedure = models.OneToOneField(Procedure, on_delete=models.PROTECT, related_name="decision")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    met = models.BooleanField()
    outcome = models.JSONField()
    stages = models.JSONField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def committed(self) -> dict[str, Any]:
        """Return the outcome, of what and by whom."""
        return {
            "procedure": self.procedure_id,
            "snapshot": self.snapshot_id,
            "met": self.met,
            "outcome": self.outcome,
            "stages": self.stages,
            "decided_by": self.decided_by_id,
            "decided_at": moment(self.decided_at),
        }


class Certificate(models.Model):
    """A certificate of experience as issued. ``document`` is all that stands on it.

    ``supersedes`` is the number of the one that it replaces; what is replaced is never changed.
    """

    ref = ref_field()
    procedure = models.OneToOneField(Procedure, on_delete=models.PROTECT, related_name="certificate")
    number = models.CharField(max_length=40, unique=True)
    language = models.CharField(max_length=2)
    document = models.JSONField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    supersedes = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supersedes"], condition=~models.Q(supersedes=""), name="one_successor"
            )
        ]

    def committed(self) -> dict[str, Any]:
        """Return what was issued: the content and the hash of the paper."""
        content = {
            "procedure": self.procedure_id,
            "number": self.number,
            "language": self.language,
            "document": self.document,
            "file": self.file.named(),
            "issued_by": self.issued_by_id,
            "issued_at": moment(self.issued_at),
        }
        return {**content, "supersedes": self.supersedes} if self.supersedes else content
