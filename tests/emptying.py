"""Emptying PostgreSQL after a test whose transactions were real.

Django truncates every table there is, which is a new file on the disk for each: seconds, for over a hundred
tables of which a test fills a few.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


def empty_only_what_is_filled(connection: BaseDatabaseWrapper) -> None:
    """Let a flush delete the rows of the tables that have any; references are looked at when all are gone."""
    quoted = connection.ops.quote_name

    def sql_flush(style: Any, tables: list[str], **_: bool) -> list[str]:
        if not tables:
            return []
        asked = " UNION ALL ".join(
            f"SELECT {number} WHERE EXISTS (SELECT 1 FROM {quoted(table)})"
            for number, table in enumerate(tables)
        )
        with connection.cursor() as cursor:
            cursor.execute(asked)
            return [f"DELETE FROM {quoted(tables[number])}" for (number,) in cursor.fetchall()]

    connection.ops.sql_flush = sql_flush  # type: ignore[method-assign]
