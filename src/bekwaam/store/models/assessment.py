"""Sessions held, judgements per assessor, and the final judgements they agreed on.

Rows are only ever added: a change of mind is a new row that names the one it replaces.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.domain.assessment.findings import SECOND_INSTRUMENTS
from bekwaam.store.models.accounts import Person
from bekwaam.store.models.portfolio import Snapshot
from bekwaam.store.models.procedures import Procedure
from bekwaam.store.models.shared import moment, ref_field


class PlannedSession(models.Model):
    """An appointment for an interview, observation or test. A change is a row that names the last."""

    ref = ref_field()
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=20, choices=[(k, k) for k in sorted(SECOND_INSTRUMENTS)])
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    video_url = models.CharField(max_length=500, blank=True)
    participants = models.CharField(max_length=500)
    notes = models.TextField(blank=True)
    cancelled = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    planned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        ordering = ["starts_at", "pk"]

    def committed(self) -> dict[str, Any]:
        """Return what was agreed, by whom, and what it took the place of."""
        return {
            "procedure": self.procedure_id,
            "kind": self.kind,
            "starts_at": moment(self.starts_at),
            "place": self.place,
            "video_url": self.video_url,
            "participants": self.participants,
            "notes": self.notes,
            "cancelled": self.cancelled,
            "reason": self.reason,
            "planned_by": self.planned_by_id,
            "planned_at": moment(self.planned_at),
            "replaces": self.replaces_id,
        }


class HeldSession(models.Model):
    """An interview, workplace observation or practical test that was held.

    ``identity_on`` is the day on which identity was checked, where that was another day; ``plan`` the
    appointment that it was held by, if there was one.
    """

    ref = ref_field()
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="sessions")
    kind = models.CharField(max_length=20, choices=[(k, k) for k in sorted(SECOND_INSTRUMENTS)])
    held_on = models.DateField()
    place = models.CharField(max_length=200)
    present = models.CharField(max_length=500)
    identity = models.CharField(max_length=30)
    identity_by = models.CharField(max_length=200)
    identity_on = models.DateField(null=True, blank=True)
    plan = models.ForeignKey(PlannedSession, on_delete=models.PROTECT, null=True, related_name="held")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        ordering = ["held_on", "pk"]

    def committed(self) -> dict[str, Any]:
        """Return what was recorded; what was not asked yet in earlier versions only where it is there."""
        later = {
            "identity_on": self.identity_on.isoformat() if self.identity_on else None,
            "plan": self.plan_id,
        }
        return {
            **{name: value for name, value in later.items() if value is not None},
            "procedure": self.procedure_id,
            "recorded_by": self.recorded_by_id,
            "replaces": self.replaces_id,
            "kind": self.kind,
            "held_on": self.held_on.isoformat(),
            "place": self.place,
            "present": self.present,
            "identity": self.identity,
            "identity_by": self.identity_by,
        }


class FindingFields(models.Model):
    """The three legs, as columns. ``stage`` is empty for *not shown*.

    ``evidence`` holds references of snapshot items and held sessions.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="%(class)ss")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="%(class)ss")
    unit = models.CharField(max_length=40)
    stage = models.CharField(max_length=40, blank=True)
    evidence = models.JSONField(default=list)
    instruments = models.JSONField(default=list)
    observed = models.TextField(blank=True)
    why = models.TextField(blank=True)
    made_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        abstract = True

    def committed(self) -> dict[str, Any]:
        """Return the finding, on what it is and what it replaces."""
        return {
            "procedure": self.procedure_id,
            "snapshot": self.snapshot_id,
            "replaces": self.replaces_id,
            "made_at": moment(self.made_at),
            "unit": self.unit,
            "stage": self.stage,
            "evidence": self.evidence,
            "instruments": self.instruments,
            "observed": self.observed,
            "why": self.why,
        }


class Judgement(FindingFields):
    """One assessor's own judgement on one unit, made without seeing the other's."""

    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="judgements")

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["procedure", "assessor", "unit"], name="judgement_lookup")]

    def committed(self) -> dict[str, Any]:
        """Return the finding and whose it is."""
        return {**super().committed(), "assessor": self.assessor_id}


class JudgingFinished(models.Model):
    """An assessor's word that their judgements on a snapshot are complete; from then they are fixed."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="finished")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="finished")
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "assessor"], name="finish_once")]

    def committed(self) -> dict[str, Any]:
        """Return who finished with what."""
        return {
            "procedure": self.procedure_id,
            "snapshot": self.snapshot_id,
            "assessor": self.assessor_id,
            "finished_at": moment(self.finished_at),
        }


class FinalJudgement(FindingFields):
    """A proposal for the final judgement on one unit; it stands once every assessor agreed."""

    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recommendation = models.TextField(blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["procedure", "unit"], name="final_lookup")]

    def committed(self) -> dict[str, Any]:
        """Return the finding, whose proposal it is, and the advice that goes with it."""
        return {
            **super().committed(),
            "proposed_by": self.proposed_by_id,
            "recommendation": self.recommendation,
        }


class FinalAgreement(models.Model):
    """An assessor's word on a proposal: their agreement, with what they keep holding against it.

    ``against`` marks the word of one who does not agree where two of three settle it: the dissent is all.
    """

    final = models.ForeignKey(FinalJudgement, on_delete=models.PROTECT, related_name="agreements")
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    dissent = models.TextField(blank=True)
    against = models.BooleanField(default=False)
    agreed_at = models.DateTimeField()

    class Meta:
        ordering = ["agreed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["final", "assessor"], name="agree_once")]

    def committed(self) -> dict[str, Any]:
        """Return who agreed to what, or not, and the dissent."""
        content = {
            "final": self.final_id,
            "assessor": self.assessor_id,
            "dissent": self.dissent,
            "agreed_at": moment(self.agreed_at),
        }
        return {**content, "against": True} if self.against else content


class Dispute(models.Model):
    """An assessor's word that they cannot agree on a unit; until they did after all (``lifted_at``)."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="disputes")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="disputes")
    unit = models.CharField(max_length=40)
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    said_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "unit"],
                condition=models.Q(lifted_at=None),
                name="one_dispute_per_unit",
            )
        ]

    def committed(self) -> dict[str, Any]:
        """Return on what they cannot agree, who said so and why, and whether it was lifted."""
        return {
            "procedure": self.procedure_id,
            "snapshot": self.snapshot_id,
            "unit": self.unit,
            "said_by": self.said_by_id,
            "reason": self.reason,
            "said_at": moment(self.said_at),
            "lifted_at": moment(self.lifted_at),
        }
