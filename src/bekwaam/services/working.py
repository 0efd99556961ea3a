"""The worker: does what waits, one job after the other, and says every while that it is there."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Final

from django.db import DatabaseError, connections
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker

from bekwaam.services import clock
from bekwaam.services.agenda.jobs import remind_all
from bekwaam.services.checking.jobs import forget_batches
from bekwaam.services.jobs import SIGN_EVERY, prune, sign, sign_off
from bekwaam.services.portfolio.jobs import catch_up
from bekwaam.services.publiclog.jobs import log_head_of_today
from bekwaam.services.teams.jobs import forget_export_secrets, forget_exports, report_on_sector

TIDY_EVERY: Final = timedelta(hours=6)
_LOOK_EVERY: Final = 1.0  # seconds between looks at an empty queue

logger = logging.getLogger(__name__)


def work(*, once: bool = False) -> None:
    """Do what waits until told to stop (SIGTERM, Ctrl+C); with ``once`` until nothing waits any more.

    A job in hand is finished first; told twice, it is not. To be called in the main thread: it listens to
    signals.
    """
    worker = _worker(once=once)
    worker.configure_signals()
    with _signs(worker.worker_id):
        worker.run()


def _worker(*, once: bool) -> Worker:
    return Worker(
        queue_names=["*"],
        interval=_LOOK_EVERY,
        batch=once,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=token_hex(16),
        excluded_queue_names=[],
    )


def tidy() -> None:
    """Prune the queue, and queue whatever should have been done and was not.

    A worker may have been killed over it, or there was nothing to do it with yet. Reminders go out this way
    too, the end of the audit chain goes into the public log, what strangers had checked and large files
    for research are forgotten, and numbers on the sector are made: several times a day it is looked whether
    there is anything to do.
    """
    prune()
    catch_up.enqueue()
    remind_all.enqueue()
    log_head_of_today.enqueue()
    forget_batches.enqueue()
    report_on_sector.enqueue()
    forget_export_secrets.enqueue()
    forget_exports.enqueue()


@contextmanager
def _signs(name: str) -> Iterator[None]:
    """Sign every while beside the work, in a thread: one job can take minutes."""
    stop, started = threading.Event(), clock.now()
    tidy()
    sign(name, started)
    thread = threading.Thread(target=_sign_until, args=(stop, name, started), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)
        sign_off(name)


def _sign_until(stop: threading.Event, name: str, started: datetime) -> None:
    tidied = started
    while not stop.wait(SIGN_EVERY.total_seconds()):
        try:
            sign(name, started)
            if clock.now() - tidied >= TIDY_EVERY:
                tidied = clock.now()
                tidy()
        except DatabaseError:
            logger.exception("the worker could not say that it is there")
        finally:
            connections.close_all()
