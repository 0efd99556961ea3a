"""EVC procedures: who, on which standard, what for, and where it stands."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.accounts.expertise import Expertise
from bekwaam.domain.procedures.following import Why
from bekwaam.domain.procedures.scope import Purpose, Scope
from bekwaam.domain.procedures.states import State
from bekwaam.store.models.accounts import Person, Provider
from bekwaam.store.models.frameworks import FrameworkVersion
from bekwaam.store.models.shared import moment, ref_field
from bekwaam.store.models.working import StandardSettings


class Procedure(models.Model):
    """One candidate's way to a certificate at one provider, pinned to one version of a standard.

    ``working`` is how the provider worked on that standard when it started; None where nothing was settled.
    One that judges ``units`` anew ``follows`` another; ``first`` is where that line of procedures began, and
    ``objection`` the reference of the objection that it is about.
    ``due_on`` is the last day of its present state: it follows from ``state_since`` and the terms, and stands
    here so that lists can be narrowed by it.
    """

    ref = ref_field()
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="procedures")
    number = models.CharField(max_length=20)
    candidate = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="procedures")
    standard = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in State])
    state_since = models.DateTimeField()
    due_on = models.DateField(null=True)
    purpose = models.CharField(max_length=20, choices=[(p.value, p.value) for p in Purpose])
    other_stages = models.BooleanField(default=False)
    life_domains = models.JSONField(default=list)
    working = models.ForeignKey(StandardSettings, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    first = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later")
    why = models.CharField(max_length=20, blank=True, choices=[(w.value, w.value) for w in Why])
    units = models.JSONField(default=list)
    objection = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["provider", "number"], name="number_per_provider")]
        indexes = [
            models.Index(fields=["provider", "state", "-started_at"], name="procedure_overview"),
            models.Index(fields=["provider", "due_on"], name="procedure_due"),
            models.Index(fields=["due_on"], name="procedures_due"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def scope(self) -> Scope:
        """Return what is judged, as the domain knows it."""
        return Scope(Purpose(self.purpose), self.other_stages, tuple(self.life_domains), tuple(self.units))

    @property
    def is_rejudging(self) -> bool:
        """Tell whether people who were not involved judge here what somebody objected to."""
        return self.why == Why.OBJECTION

    def committed(self) -> dict[str, Any]:
        """Return who is judged on what, and where that stands."""
        content = {
            "provider": self.provider_id,
            "number": self.number,
            "candidate": self.candidate_id,
            "standard": self.standard_id,
            "state": str(self.state),
            "state_since": moment(self.state_since),
            "purpose": self.purpose,
            "other_stages": self.other_stages,
            "life_domains": self.life_domains,
        }
        # Left out where there is none: procedures from before there were settings were committed without.
        if self.working_id:
            content["working"] = self.working_id
        if self.follows_id:
            content["follows"] = [self.follows_id, self.first_id, self.why, self.units, self.objection]
        return content


class Assignment(models.Model):
    """A guide or assessor on a procedure, until (when it ended) ``until``.

    ``expertise`` is filled in for assessors where the provider divides the two roles; ``third`` marks the
    assessor who judges only what the others could not agree on.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=[(r, r) for r in (Role.GUIDE, Role.ASSESSOR)])
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    expertise = models.CharField(max_length=10, blank=True, choices=[(e.value, e.value) for e in Expertise])
    third = models.BooleanField(default=False)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "person"],
                condition=models.Q(until=None),
                name="one_running_role_per_procedure",
            )
        ]

    def committed(self) -> dict[str, Any]:
        """Return who works on which procedure as what, and whether it ended."""
        content = {
            "procedure": self.procedure_id,
            "person": self.person_id,
            "role": str(self.role),
            "since": moment(self.since),
            "until": moment(self.until),
        }
        if self.expertise:
            content["expertise"] = str(self.expertise)
        return {**content, "third": True} if self.third else content


class Consent(models.Model):
    """The candidate's consent, word for word: which text, in which language, when, and if withdrawn."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text_version = models.CharField(max_length=20)
    text = models.TextField()
    language = models.CharField(max_length=2)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def committed(self) -> dict[str, Any]:
        """Return what was agreed to, by whom, and whether it was withdrawn."""
        return {
            "procedure": self.procedure_id,
            "person": self.person_id,
            "text_version": self.text_version,
            "text": self.text,
            "language": self.language,
            "given_at": moment(self.given_at),
            "withdrawn_at": moment(self.withdrawn_at),
        }


class ConflictDeclaration(models.Model):
    """An assessor's word on conflicts of interest with this candidate; a new one replaces the old."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="declarations")
    conflict = models.BooleanField()
    explanation = models.TextField(blank=True)
    reasons = models.JSONField(default=list)
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ["declared_at", "pk"]

    def committed(self) -> dict[str, Any]:
        """Return what was declared; reasons only where one was chosen."""
        content = {
            "assignment": self.assignment_id,
            "conflict": self.conflict,
            "explanation": self.explanation,
            "declared_at": moment(self.declared_at),
        }
        return {**content, "reasons": self.reasons} if self.reasons else content


class StepNote(models.Model):
    """Why a procedure was given back or withdrawn, or an assessor replaced, in the words of who did it."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="notes")
    step = models.CharField(max_length=20)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at", "-pk"]

    def committed(self) -> dict[str, Any]:
        """Return the reason."""
        return {
            "procedure": self.procedure_id,
            "author": self.author_id,
            "step": self.step,
            "text": self.text,
            "written_at": moment(self.written_at),
        }
