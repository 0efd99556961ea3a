"""What people look back on: plain reflections, moral deliberations, and what colleagues keep of these."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.store.models.accounts import Person, Provider
from bekwaam.store.models.shared import moment, ref_field


class Reflection(models.Model):
    """A reflection of somebody, for themself alone. ``texts`` is by the names of what its kind asks."""

    ref = ref_field()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reflections")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    texts = models.JSONField(default=dict)
    dated_on = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at", "-pk"]

    def committed(self) -> dict[str, Any]:
        """Return all that it says."""
        return {
            "owner": self.owner_id,
            "kind": self.kind,
            "title": self.title,
            "texts": self.texts,
            "dated_on": self.dated_on.isoformat() if self.dated_on else None,
            "written_at": moment(self.written_at),
            "changed_at": moment(self.changed_at),
        }


class Deliberation(models.Model):
    """A moral deliberation: where it stands. What was said in it are rows of their own, that stay.

    ``reminded_of`` is the day to look back of which the host was reminded.
    """

    ref = ref_field()
    host = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deliberations")
    title = models.CharField(max_length=200)
    phase = models.CharField(max_length=20)
    step = models.CharField(max_length=20)
    round = models.PositiveIntegerField(default=1)
    look_back_on = models.DateField(null=True, blank=True)
    reminded_of = models.DateField(null=True, blank=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def committed(self) -> dict[str, Any]:
        """Return whose it is and what it is about."""
        return {"host": self.host_id, "title": self.title, "started_at": moment(self.started_at)}


class DeliberationSeat(models.Model):
    """Somebody at a deliberation: who leads it, or who was invited, with an account or by a personal link.

    Of the link only the hash is kept; who has an account has none and logs in. ``finished`` says that they
    have finished writing at the step where it stands.
    """

    ref = ref_field()
    deliberation = models.ForeignKey(Deliberation, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="deliberation_seats"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="nl")
    token_sha256 = models.CharField(max_length=64, unique=True, null=True, blank=True)
    invited_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    unsent = models.CharField(max_length=10, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    finished = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deliberation", "email"],
                condition=models.Q(withdrawn_at=None) & ~models.Q(email=""),
                name="one_seat_an_address",
            ),
        ]


class Contribution(models.Model):
    """What one participant wrote at a step; writing again before it is shared is a row more.

    ``added`` says that it came after all was shared.
    """

    deliberation = models.ForeignKey(Deliberation, on_delete=models.CASCADE, related_name="contributions")
    seat = models.ForeignKey(DeliberationSeat, on_delete=models.PROTECT, related_name="contributions")
    step = models.CharField(max_length=20)
    round = models.PositiveIntegerField()
    text = models.TextField()
    added = models.BooleanField(default=False)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def committed(self) -> dict[str, Any]:
        """Return what was said, by whom and where."""
        return {
            "deliberation": self.deliberation_id,
            "seat": self.seat_id,
            "step": self.step,
            "round": self.round,
            "text": self.text,
            "added": self.added,
            "written_at": moment(self.written_at),
        }


class SharedStep(models.Model):
    """That what was written apart at a step was shared with all who take part."""

    deliberation = models.ForeignKey(Deliberation, on_delete=models.CASCADE, related_name="shared")
    step = models.CharField(max_length=20)
    round = models.PositiveIntegerField()
    shared_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["deliberation", "step", "round"], name="shared_once"),
        ]


class Conclusion(models.Model):
    """What all concluded at a step; a later round comes after it and leaves it standing."""

    deliberation = models.ForeignKey(Deliberation, on_delete=models.CASCADE, related_name="conclusions")
    step = models.CharField(max_length=20)
    round = models.PositiveIntegerField()
    answer = models.JSONField(default=dict)
    concluded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def committed(self) -> dict[str, Any]:
        """Return what was concluded, and where."""
        return {
            "deliberation": self.deliberation_id,
            "step": self.step,
            "round": self.round,
            "answer": self.answer,
            "concluded_at": moment(self.concluded_at),
        }


class DeliberationReason(models.Model):
    """Why a deliberation went back to an earlier step, or was stopped."""

    deliberation = models.ForeignKey(Deliberation, on_delete=models.CASCADE, related_name="reasons")
    move = models.CharField(max_length=20)
    text = models.TextField()
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def committed(self) -> dict[str, Any]:
        """Return the reason."""
        return {
            "deliberation": self.deliberation_id,
            "move": self.move,
            "text": self.text,
            "given_at": moment(self.given_at),
        }


class KeptCase(models.Model):
    """A deliberation as an organisation keeps it, without names; offered until all agree, then kept.

    It names nobody, and stays when the deliberation itself is erased. ``texts`` is by step.
    """

    ref = ref_field()
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="kept_cases")
    deliberation = models.OneToOneField(
        Deliberation, on_delete=models.SET_NULL, null=True, related_name="kept_case"
    )
    title = models.CharField(max_length=200)
    texts = models.JSONField(default=dict)
    language = models.CharField(max_length=2, default="nl")
    participants = models.PositiveIntegerField()
    offered_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-kept_at", "-pk"]
        indexes = [models.Index(fields=["provider", "-kept_at", "-id"], name="case_newest")]

    def committed(self) -> dict[str, Any]:
        """Return all that it says."""
        return {
            "provider": self.provider_id,
            "title": self.title,
            "texts": self.texts,
            "participants": self.participants,
            "offered_at": moment(self.offered_at),
        }


class CaseTag(models.Model):
    """A dilemma or a competence that a kept case is found by."""

    case = models.ForeignKey(KeptCase, on_delete=models.CASCADE, related_name="tags")
    kind = models.CharField(max_length=12)
    code = models.CharField(max_length=40)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "kind", "code"], name="one_tag_a_code")]
        indexes = [models.Index(fields=["kind", "code"], name="tag_code")]


class CaseAgreement(models.Model):
    """That somebody who took part agrees that this text is kept for colleagues."""

    case = models.ForeignKey(KeptCase, on_delete=models.CASCADE, related_name="agreements")
    seat = models.ForeignKey(DeliberationSeat, on_delete=models.CASCADE, related_name="agreements")
    agreed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "seat"], name="agreed_once")]
