"""Runs the whole suite: on SQLite, and what touches the database again on PostgreSQL where one answers.

``TEST_DATABASE_URL`` names a PostgreSQL server; without it, one at 127.0.0.1:5432 is tried.
"""

from __future__ import annotations

import os
import subprocess
import sys

import psycopg

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
    """Run pytest in a process of its own and return its exit status."""
    print(f"\n== {title}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", os.environ.get("TEST_PROCESSES", "auto")]
    return subprocess.run([*command, *arguments], env={**os.environ, **environment}, check=False).returncode


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
