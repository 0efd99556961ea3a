"""Work for later: queued once what it is about is committed, and looked after so that the queue stays small.

A job is a function in the room that it is of, declared with django-tasks; it takes references and calls one
service. A job may be done twice or not at all (a worker can be killed), so whatever it does shows by itself
whether it still has to be done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Min
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from bekwaam.services import clock
from bekwaam.store.models import WorkerSign

SIGN_EVERY: Final = timedelta(seconds=20)
GONE_AFTER: Final = timedelta(seconds=90)
# Done is done; what failed stays a while, for whoever wants to know why.
DONE_KEPT: Final = timedelta(days=1)
FAILED_KEPT: Final = timedelta(days=14)
# No job takes this long: its worker was killed.
LOST_AFTER: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Workers:
    """Whether work is being done: since when the ``here`` workers are there, and how much waits."""

    here: tuple[datetime, ...]
    waiting: int
    waiting_since: datetime | None
    running: int
    failed: int


def after_commit(job: Task[..., Any], *args: Any) -> None:
    """Queue a job once the present transaction stands. A queue that fails is logged and undoes nothing."""

    def queue() -> None:
        job.enqueue(*args)

    transaction.on_commit(queue, robust=True)


def workers() -> Workers:
    """Return whether work is being done. Four queries."""
    ready = DBTaskResult.objects.ready()
    signs = WorkerSign.objects.filter(seen_at__gte=clock.now() - GONE_AFTER).order_by("started_at")
    return Workers(
        here=tuple(signs.values_list("started_at", flat=True)),
        waiting=ready.count(),
        waiting_since=ready.order_by().aggregate(first=Min("enqueued_at"))["first"],
        running=DBTaskResult.objects.running().count(),
        failed=DBTaskResult.objects.failed().count(),
    )


def sign(name: str, started: datetime) -> None:
    """Say that a worker is there."""
    WorkerSign.objects.update_or_create(name=name, defaults={"started_at": started, "seen_at": clock.now()})


def sign_off(name: str) -> None:
    """Say that a worker stops."""
    WorkerSign.objects.filter(name=name).delete()


@transaction.atomic
def prune() -> int:
    """Take away jobs that ended long enough ago, or whose worker was killed; return how many."""
    now = clock.now()
    old = (
        DBTaskResult.objects.successful().filter(finished_at__lt=now - DONE_KEPT),
        DBTaskResult.objects.failed().filter(finished_at__lt=now - FAILED_KEPT),
        DBTaskResult.objects.running().filter(started_at__lt=now - LOST_AFTER),
    )
    WorkerSign.objects.filter(seen_at__lt=now - LOST_AFTER).delete()
    return sum(rows.order_by().delete()[0] for rows in old)
