"""The decision and the certificate."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.domain.certificates.facts import Place
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


class FactRequest(models.Model):
    """The candidate's request to correct one fact of the draft. ``said`` is what stood there then."""

    ref = ref_field()
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="fact_requests")
    place = models.CharField(max_length=20, choices=[(p.value, p.value) for p in Place])
    about = models.CharField(max_length=40, blank=True)
    said = models.TextField(blank=True)
    wanted = models.TextField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["asked_at", "pk"]

    def committed(self) -> dict[str, Any]:
        """Return what was asked, about what, and what stood there."""
        return {
            "procedure": self.procedure_id,
            "place": str(self.place),
            "about": self.about,
            "said": self.said,
            "wanted": self.wanted,
            "asked_by": self.asked_by_id,
            "asked_at": moment(self.asked_at),
        }


class FactAnswer(models.Model):
    """The answer to a request: corrected, and then into which ``text``; or not, and ``why``."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="fact_answers")
    request = models.OneToOneField(FactRequest, on_delete=models.PROTECT, related_name="answer")
    corrected = models.BooleanField()
    text = models.TextField(blank=True)
    why = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["answered_at", "pk"]

    def committed(self) -> dict[str, Any]:
        """Return the answer, to what, by whom and why."""
        return {
            "procedure": self.procedure_id,
            "request": self.request_id,
            "corrected": self.corrected,
            "text": self.text,
            "why": self.why,
            "answered_by": self.answered_by_id,
            "answered_at": moment(self.answered_at),
        }


class FactsConfirmed(models.Model):
    """The candidate's word that the facts of the draft are right; ``sha256`` is of that draft."""

    procedure = models.OneToOneField(Procedure, on_delete=models.PROTECT, related_name="facts_confirmed")
    language = models.CharField(max_length=2)
    sha256 = models.CharField(max_length=64)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    def committed(self) -> dict[str, Any]:
        """Return who said so, when, and of which draft."""
        return {
            "procedure": self.procedure_id,
            "language": self.language,
            "sha256": self.sha256,
            "confirmed_by": self.confirmed_by_id,
            "confirmed_at": moment(self.confirmed_at),
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
