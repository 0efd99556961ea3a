"""Runs the whole suite: on SQLite, and what touches the database again on PostgreSQL where one answers.

``TEST_DATABASE_URL`` names a PostgreSQL server; without it, one at 127.0.0.1:5432 is tried.

A test that hangs is stopped, with where it hung. What failed is tried once more, by itself: what fails again
has failed, and what then passes is named as shaky, for that is a fault too, of the product or of the test.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

LAST_FAILED = Path(".pytest_cache/v/cache/lastfailed")
# Seconds for one test. The longest takes one minute here; this is for what would otherwise never end.
PATIENCE = 300
# More than this is no accident: trying all that again would only take longer to say so.
MOST_TO_TRY_AGAIN = 12
# Every process of the suite, and what tests start, would otherwise compile all of Bekwaam and its tests anew.
KEEP_COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
LOCAL_USERS = (os.environ.get("PGUSER"), "postgres", os.environ.get("USER"), "root")


def postgres_url() -> str | None:
    """Return the address of a server that lets us in, or None with the reason printed."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return given
    password = os.environ.get("PGPASSWORD")
    secret = f":{password}" if password else ""
    for user in dict.fromkeys(filter(None, LOCAL_USERS)):
        url = f"postgres://{user}{secret}@127.0.0.1:5432/postgres"
        try:
            psycopg.connect(url, connect_timeout=3).close()
        except psycopg.Error as error:
            reason = str(error).strip().splitlines()[-1]
            continue
        return url
    print(f"PostgreSQL is left out: none at 127.0.0.1:5432 lets us in ({reason}).")
    return None


def run(title: str, arguments: list[str], **environment: str) -> int:
    """Run pytest in processes of its own and return its exit status; what fails gets a second chance."""
    LAST_FAILED.unlink(missing_ok=True)  # of an earlier run, maybe of tests that are gone
    side_by_side = ["-n", os.environ.get("TEST_PROCESSES", "auto"), "--dist", "worksteal"]
    status = _pytest(title, [*side_by_side, *arguments], environment)
    if status != pytest.ExitCode.TESTS_FAILED:
        return status
    failed = _failed()
    if not 0 < len(failed) <= MOST_TO_TRY_AGAIN:
        return status
    # One process beside ours, so that a test which has to be stopped does not take the answer with it.
    again = _pytest(f"{title}: once more, what failed", ["-n", "1", *failed], environment)
    if again == pytest.ExitCode.OK:
        print("Shaky; look into it:", *failed, sep="\n  ", flush=True)
    return again


def _pytest(title: str, arguments: list[str], environment: dict[str, str]) -> int:
    print(f"\n== {title}", flush=True)
    stopped = ["-o", f"faulthandler_timeout={PATIENCE}", "-o", "faulthandler_exit_on_timeout=true"]
    command = [sys.executable, "-m", "pytest", "-q", *stopped, *arguments]
    surroundings = {**os.environ, **KEEP_COMPILED, **environment}
    return subprocess.run(command, env=surroundings, check=False).returncode


def _failed() -> list[str]:
    """Return the tests that failed in the last run, as pytest itself wrote them down."""
    try:
        return list(json.loads(LAST_FAILED.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return []


def main() -> int:
    """Run both; the worst exit status is ours."""
    extra = sys.argv[1:]
    status = run("Everything, on SQLite", extra, TEST_DATABASE_URL="")
    url = postgres_url()
    if url:
        # A browser sees the same whatever the database is; it has been through all pages by now.
        chosen = ["-m", "database and not browser", *extra]
        again = run("What touches the database, on PostgreSQL", chosen, TEST_DATABASE_URL=url)
        status = status or again
    return status


if __name__ == "__main__":
    sys.exit(main())
