"""Practice dossiers that all assessors of a provider judge, and what they gave."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.store.models.accounts import Person, Provider
from bekwaam.store.models.frameworks import FrameworkVersion
from bekwaam.store.models.shared import moment, ref_field


class PracticeDossier(models.Model):
    """A made-up dossier to practise on, pinned to a standard's version. Fixed once it is released."""

    ref = ref_field()
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="practice_dossiers")
    standard = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    units = models.JSONField(default=list)
    closes_on = models.DateField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["provider", "-made_at"], name="practice_of_provider")]

    def committed(self) -> dict[str, Any]:
        """Return what was released, on what standard, until when."""
        return {
            "provider": self.provider_id,
            "standard": self.standard_id,
            "title": self.title,
            "units": self.units,
            "closes_on": self.closes_on.isoformat(),
            "made_by": self.made_by_id,
            "released_at": moment(self.released_at),
        }


class PracticePiece(models.Model):
    """One piece of a practice dossier: a text."""

    ref = ref_field()
    dossier = models.ForeignKey(PracticeDossier, on_delete=models.CASCADE, related_name="pieces")
    title = models.CharField(max_length=120)
    text = models.TextField()

    class Meta:
        ordering = ["pk"]

    def committed(self) -> dict[str, Any]:
        """Return what the assessors were given to read."""
        return {"dossier": self.dossier_id, "title": self.title, "text": self.text}


class PracticeDone(models.Model):
    """An assessor's word that they judged a practice dossier; given once, with all judgements."""

    dossier = models.ForeignKey(PracticeDossier, on_delete=models.PROTECT, related_name="done")
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField()

    class Meta:
        ordering = ["finished_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["dossier", "assessor"], name="practise_once")]

    def committed(self) -> dict[str, Any]:
        """Return who finished with what."""
        return {
            "dossier": self.dossier_id,
            "assessor": self.assessor_id,
            "finished_at": moment(self.finished_at),
        }


class PracticeJudgement(models.Model):
    """What an assessor gave on one unit. ``stage`` is empty for *not shown*; ``evidence`` names pieces."""

    done = models.ForeignKey(PracticeDone, on_delete=models.PROTECT, related_name="judgements")
    unit = models.CharField(max_length=40)
    stage = models.CharField(max_length=40, blank=True)
    evidence = models.JSONField(default=list)
    why = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["done", "unit"], name="practise_a_unit_once")]

    def committed(self) -> dict[str, Any]:
        """Return the judgement."""
        return {
            "done": self.done_id,
            "unit": self.unit,
            "stage": self.stage,
            "evidence": self.evidence,
            "why": self.why,
        }
