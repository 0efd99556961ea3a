"""After the outcome: objections with their answers, and what a later procedure takes over of an earlier one.

Rows are only ever added. An objection without an answer is open.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.domain.objections.outcome import Answer
from bekwaam.store.models.accounts import Person
from bekwaam.store.models.procedures import Procedure
from bekwaam.store.models.shared import moment, ref_field


class Objection(models.Model):
    """What the candidate of a procedure does not agree with, and why, in their own words."""

    ref = ref_field()
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="objections")
    units = models.JSONField()
    grounds = models.TextField()
    filed_at = models.DateTimeField()

    class Meta:
        ordering = ["filed_at", "pk"]

    def committed(self) -> dict[str, Any]:
        """Return what was objected to, and why."""
        return {
            "procedure": self.procedure_id,
            "units": self.units,
            "grounds": self.grounds,
            "filed_at": moment(self.filed_at),
        }


class ObjectionAnswer(models.Model):
    """How an objection ended: by whom, and with which words to the candidate.

    ``differences`` holds what came of judging again. ``alone`` says that whoever answered had judged or
    decided before, and that the provider has nobody else for it.
    """

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="answer")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20, choices=[(a.value, a.value) for a in Answer])
    text = models.TextField(blank=True)
    differences = models.JSONField(default=list)
    alone = models.BooleanField(default=False)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    def committed(self) -> dict[str, Any]:
        """Return the answer and whose it is."""
        return {
            "objection": self.objection_id,
            "answer": self.answer,
            "text": self.text,
            "differences": self.differences,
            "alone": self.alone,
            "answered_by": self.answered_by_id,
            "answered_at": moment(self.answered_at),
        }


class CarriedFinding(models.Model):
    """A finding of an earlier procedure as a later one takes it over, with the names of what it rests on.

    There is one for every unit of the outcome, also for those judged anew: which of the two stands is a rule
    (:mod:`bekwaam.domain.assessment.carrying`). ``origin`` is where it was found first.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="carried")
    origin = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    certificate = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=40)
    stage = models.CharField(max_length=40, blank=True)
    evidence = models.JSONField(default=list)
    instruments = models.JSONField(default=list)
    observed = models.TextField(blank=True)
    why = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)
    pieces = models.JSONField(default=list)
    sessions = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["procedure", "unit"], name="carried_once")]

    def committed(self) -> dict[str, Any]:
        """Return the finding, where it came from, and what its evidence was called."""
        return {
            "procedure": self.procedure_id,
            "origin": self.origin_id,
            "decided_on": self.decided_on.isoformat(),
            "certificate": self.certificate,
            "unit": self.unit,
            "stage": self.stage,
            "evidence": self.evidence,
            "instruments": self.instruments,
            "observed": self.observed,
            "why": self.why,
            "recommendation": self.recommendation,
            "pieces": self.pieces,
            "sessions": self.sessions,
        }
