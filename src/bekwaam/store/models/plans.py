"""Somebody's development plan: goals, what they do for them, and what was agreed on it."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.store.models.accounts import Person, Provider
from bekwaam.store.models.frameworks import FrameworkVersion
from bekwaam.store.models.portfolio import Evidence
from bekwaam.store.models.shared import moment, ref_field
from bekwaam.trust.canonical import hash_of


class PlanGoal(models.Model):
    """What somebody wants to learn, in their own words, on units of one framework version.

    ``target`` names what the goal was made for, empty for nothing; ``before`` is what they said of
    themselves, by code, when they set it. It can change until it is closed.
    """

    ref = ref_field()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plan_goals")
    standard = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    codes = models.JSONField(default=list)
    value = models.CharField(max_length=40)
    target = models.CharField(max_length=80, blank=True)
    words = models.TextField()
    before = models.JSONField(default=dict)
    by = models.DateField(null=True, blank=True)
    set_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    looking_back = models.TextField(blank=True)

    class Meta:
        ordering = ["set_at", "pk"]

    def told(self) -> dict[str, Any]:
        """Return all that the goal says with its activities, as plain JSON: what an agreement keeps."""
        return {
            "ref": self.ref,
            "codes": self.codes,
            "value": self.value,
            "target": self.target,
            "words": self.words,
            "by": self.by.isoformat() if self.by else None,
            "activities": [activity.told() for activity in self.activities.all()],
        }

    def committed(self) -> dict[str, Any]:
        """Return whose it is, all that it says, how it began and how it ended."""
        return {
            **self.told(),
            "owner": self.owner_id,
            "standard": self.standard_id,
            "before": self.before,
            "set_at": moment(self.set_at),
            "closed_at": moment(self.closed_at),
            "looking_back": self.looking_back,
        }


class PlanActivity(models.Model):
    """What somebody does for a goal: a way of learning, by when, and once done what came of it."""

    ref = ref_field()
    goal = models.ForeignKey(PlanGoal, on_delete=models.CASCADE, related_name="activities")
    way = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    by = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    learned = models.TextField(blank=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.SET_NULL, null=True, related_name="+")
    planned_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["planned_at", "pk"]

    def told(self) -> dict[str, Any]:
        """Return what it says, as plain JSON; the evidence is told apart, for it may be removed."""
        return {
            "ref": self.ref,
            "way": self.way,
            "words": self.words,
            "by": self.by.isoformat() if self.by else None,
            "done_on": self.done_on.isoformat() if self.done_on else None,
            "learned": self.learned,
        }


class PlanAgreement(models.Model):
    """That somebody agreed on their plan with ``name``, and what the plan said on that day."""

    ref = ref_field()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plan_agreements")
    name = models.CharField(max_length=200)
    agreed_on = models.DateField()
    goals = models.JSONField(default=list)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-agreed_on", "-pk"]

    def committed(self) -> dict[str, Any]:
        """Return who agreed with whom on what, and when."""
        return {
            "owner": self.owner_id,
            "name": self.name,
            "agreed_on": self.agreed_on.isoformat(),
            "goals": self.goals,
            "written_at": moment(self.written_at),
        }


class Catalogue(models.Model):
    """What an organisation loaded from one file on one framework version: learning offers, or its functions.

    ``entries`` is a list of plain JSON, of which the form goes by ``kind``. What is loaded anew replaces the
    row by a new one; the old one is then ``withdrawn_at``.
    """

    ref = ref_field()
    owner = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="catalogues")
    standard = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    entries = models.JSONField()
    name = models.CharField(max_length=200)
    loaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-loaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "standard", "kind"],
                condition=models.Q(withdrawn_at=None),
                name="one_catalogue_in_use",
            )
        ]

    def committed(self) -> dict[str, Any]:
        """Return whose it is, on what, and whether it is in use; the entries only as a hash."""
        return {
            "owner": self.owner_id,
            "standard": self.standard_id,
            "kind": self.kind,
            "entries": hash_of(self.entries),
            "loaded_at": moment(self.loaded_at),
            "withdrawn_at": moment(self.withdrawn_at),
        }
