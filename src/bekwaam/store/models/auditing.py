"""Samples of dossiers that auditors draw, and what they found in each."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.store.models.accounts import Person, Provider
from bekwaam.store.models.procedures import Procedure
from bekwaam.store.models.shared import moment, ref_field


class Sample(models.Model):
    """A sample of a provider's dossiers: announced first, and drawn later or never.

    ``criteria`` has the form of :meth:`bekwaam.domain.auditing.sampling.Criteria.plain`. Until it is drawn
    nobody is shown ``program_half``; ``population`` is the list that was drawn from, ``drawn`` what came out.
    """

    ref = ref_field()
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="samples")
    auditor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    criteria = models.JSONField()
    program_half = models.CharField(max_length=32)
    announced_at = models.DateTimeField()
    own_half = models.CharField(max_length=200, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    population = models.JSONField(default=list)
    drawn = models.JSONField(default=list)
    drawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-announced_at", "-pk"]
        indexes = [models.Index(fields=["provider", "-announced_at"], name="samples_of_provider")]

    def committed(self) -> dict[str, Any]:
        """Return all of it: how it was drawn, from what, and what came out."""
        return {
            "provider": self.provider_id,
            "auditor": self.auditor_id,
            "criteria": self.criteria,
            "program_half": self.program_half,
            "announced_at": moment(self.announced_at),
            "own_half": self.own_half,
            "seed": self.seed,
            "population": self.population,
            "drawn": self.drawn,
            "drawn_at": moment(self.drawn_at),
        }


class AuditNote(models.Model):
    """What an auditor found in a dossier of a sample. Never edited: a new note replaces one by name."""

    ref = ref_field()
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="notes")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="audit_notes")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        ordering = ["written_at", "pk"]

    def committed(self) -> dict[str, Any]:
        """Return what was found, by whom, in which dossier."""
        return {
            "sample": self.sample_id,
            "procedure": self.procedure_id,
            "author": self.author_id,
            "text": self.text,
            "written_at": moment(self.written_at),
            "replaces": self.replaces_id,
        }
