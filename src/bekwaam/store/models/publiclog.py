"""The public log: leaves, the hashes of the tree above them, and what was signed of it."""

from __future__ import annotations

from django.db import models


class LogLeaf(models.Model):
    """One leaf. ``data`` is the canonical JSON that was hashed; ``of`` what it is about, to find it by.

    Nothing is ever changed or removed here: everybody with an earlier checkpoint would see it.
    """

    index = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)
    of = models.CharField(max_length=120, blank=True, db_index=True)
    data = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["index"]


class LogNode(models.Model):
    """The hash of a full subtree of the tree (:class:`bekwaam.trust.merkle.Nodes`)."""

    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    value = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="one_hash_per_subtree")]


class LogHead(models.Model):
    """Where the log ends (one row), locked by whoever adds to it; ``note`` is the last signed checkpoint."""

    size = models.PositiveBigIntegerField(default=0)
    note = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)


class LogCheckpoint(models.Model):
    """A checkpoint as it was signed and shown, for each size at which there was one."""

    size = models.PositiveBigIntegerField(primary_key=True)
    note = models.TextField()
    signed_at = models.DateTimeField()
