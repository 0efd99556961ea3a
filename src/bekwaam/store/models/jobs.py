"""Who does the work that waits. The work itself stands in the tables of django-tasks."""

from __future__ import annotations

from django.db import models


class WorkerSign(models.Model):
    """That a worker was there at ``seen_at``. It says so every while and goes when it stops."""

    name = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
