"""Checking many certificates in one go, for whoever has the address: kept for a day and no longer."""

from __future__ import annotations

from django.db import models


class BatchCheck(models.Model):
    """A batch that somebody handed in. ``token`` is the SHA-256 of the secret part of its address.

    ``key`` is the file as it came in, which goes as soon as it has been checked; ``report`` what came of
    each.
    """

    token = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2)
    key = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10)
    asked_at = models.DateTimeField(db_index=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=40, blank=True)
    report = models.JSONField(default=list)
