"""Signs of trouble, what people found about them, and the little that they are worked out from."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.store.models.accounts import Person
from bekwaam.store.models.assessment import Judgement
from bekwaam.store.models.portfolio import Snapshot, SnapshotItem, StoredFile
from bekwaam.store.models.procedures import Procedure
from bekwaam.store.models.shared import moment, ref_field


class TextSketch(models.Model):
    """That the texts of a piece were turned into fingerprints: in which way and with which key."""

    item = models.OneToOneField(SnapshotItem, on_delete=models.CASCADE, related_name="sketch")
    made_with = models.CharField(max_length=24, db_index=True)
    prints = models.PositiveIntegerField()


class TextPrint(models.Model):
    """One keyed fingerprint of a handed-in piece; by itself it says nothing about the text."""

    item = models.ForeignKey(SnapshotItem, on_delete=models.CASCADE, related_name="prints", db_index=False)
    value = models.BigIntegerField()

    class Meta:
        # Finding goes by value; an index that holds the piece too is all that has to be read for it.
        indexes = [models.Index(fields=["value", "item"], name="print_of")]
        constraints = [models.UniqueConstraint(fields=["item", "value"], name="a_print_once_a_piece")]


class FileSketch(models.Model):
    """The keyed fingerprints of the text inside a file, in which way and with which key they were made.

    Empty where nothing could be read. By themselves they say nothing about the text.
    """

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="sketch")
    made_with = models.CharField(max_length=24)
    prints = models.JSONField(default=list)


class TextMatch(models.Model):
    """Two handed-in pieces of different dossiers that share ``shared`` fingerprints; ``item`` came later."""

    item = models.ForeignKey(SnapshotItem, on_delete=models.CASCADE, related_name="matches")
    other = models.ForeignKey(SnapshotItem, on_delete=models.CASCADE, related_name="matched_by")
    shared = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "other"], name="match_once")]


class UnitOpened(models.Model):
    """That an assessor has a unit open to judge; gone once the judgement is saved."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="+")
    assessor = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    unit = models.CharField(max_length=40)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "assessor", "unit"], name="one_opening_per_unit")
        ]


class JudgementPace(models.Model):
    """How many seconds lay between opening a unit and saving the first judgement on it."""

    judgement = models.OneToOneField(Judgement, on_delete=models.CASCADE, related_name="pace")
    seconds = models.PositiveIntegerField()


class FoundSign(models.Model):
    """A sign about what was handed in or, with a ``person``, about the judging of that assessor.

    ``values`` is what was counted (:class:`bekwaam.domain.signs.sign.Sign`); ``found_at`` moves when that
    changes, so that what somebody wrote before is seen to be about less.
    """

    ref = ref_field()
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="signs")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="signs")
    code = models.CharField(max_length=20)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    values = models.JSONField()
    found_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "code"], condition=models.Q(person=None), name="a_dossier_sign_once"
            ),
            models.UniqueConstraint(fields=["snapshot", "code", "person"], name="a_judging_sign_once"),
        ]


class SignLook(models.Model):
    """What somebody found when they looked into a sign. Rows are only ever added."""

    sign = models.ForeignKey(FoundSign, on_delete=models.CASCADE, related_name="looks")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    looked_at = models.DateTimeField()

    class Meta:
        ordering = ["-looked_at", "-pk"]

    def committed(self) -> dict[str, Any]:
        """Return who found what, about which sign, and what that sign said."""
        return {
            "sign": self.sign_id,
            "code": self.sign.code,
            "author": self.author_id,
            "text": self.text,
            "looked_at": moment(self.looked_at),
        }
