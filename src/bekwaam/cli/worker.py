"""``bekwaam worker``: does the work that waits, such as looking for names in what people wrote."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from datetime import datetime

import click

from bekwaam.cli.language import language_option
from bekwaam.cli.runtime import prepare

prepare()

from django.utils import timezone  # noqa: E402 - tables exist only once Django is up

from bekwaam.cli.beside import PATIENCE, WITH_PARENT  # noqa: E402
from bekwaam.services.jobs import Workers, workers  # noqa: E402
from bekwaam.services.upkeep import is_up_to_date  # noqa: E402
from bekwaam.services.working import work  # noqa: E402
from bekwaam.wording import say, say_many  # noqa: E402


@click.command()
@click.option("--status", is_flag=True, help="Say whether a worker is there and what waits; do nothing.")
@click.option("--once", is_flag=True, help="Do what waits now, then stop.")
@click.option(WITH_PARENT, "with_parent", is_flag=True, hidden=True, help="Stop when stdin ends.")
@language_option
def worker(status: bool, once: bool, with_parent: bool, language: str) -> None:
    """Do the work that waits, until stopped.

    "serve" and "demo" start one beside the web server. With --status, exit status 1 says that work waits
    and nobody does it.
    """
    if not is_up_to_date():
        raise click.ClickException(
            say(language, "The database is not up to date. Start “bekwaam serve” first; it sees to that.")
        )
    if status:
        found = workers()
        click.echo("\n".join(_lines(found, language)))
        sys.exit(1 if found.waiting and not found.here else 0)
    if with_parent:
        threading.Thread(target=_stop_with_parent, daemon=True).start()
    with suppress(OSError, AttributeError):
        os.nice(10)  # whoever waits for a page goes first
    work(once=once)


def _stop_with_parent() -> None:
    """Stop once stdin ends: our parent holds the other end, and is gone when it lets go."""
    while os.read(sys.stdin.fileno(), 1):  # not through sys.stdin: its lock would be in the way of stopping
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(0)


def _lines(found: Workers, language: str) -> list[str]:
    if found.here:
        since = ", ".join(_moment(at) for at in found.here)
        number = len(found.here)
        lines = [
            say_many(
                language,
                "{number} worker is there, since {since}.",
                "{number} workers are there, since {since}.",
                number,
                since=since,
            )
        ]
    else:
        lines = [say(language, "No worker is there. Start “bekwaam serve” or “bekwaam worker”.")]
    if found.waiting and found.waiting_since:
        since = _moment(found.waiting_since)
        lines.append(
            say_many(
                language,
                "{number} job waits, since {since}.",
                "{number} jobs wait, the first since {since}.",
                found.waiting,
                since=since,
            )
        )
    else:
        lines.append(say(language, "Nothing waits."))
    if found.failed:
        lines.append(
            say_many(
                language,
                "{number} job failed in the last two weeks; the log says why.",
                "{number} jobs failed in the last two weeks; the log says why.",
                found.failed,
            )
        )
    return lines


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
