"""What the services wrote once is put back row by row the next time, for walking there again is slow.

The first test of a process that asks for a state walks there through the services; what that changed in the
tables and in the file store is kept. Another test whose database is where the walk began gets the same rows.
A test that is anywhere else (another clock, rows of its own) walks. Whatever a walk does beside writing, such
as sending letters, is not done again: a test about that walks with ``bring_on``.
"""

from __future__ import annotations

import pickle
import shutil
import tempfile
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import get_language

from bekwaam.services import clock
from bekwaam.store.models import ChainHead

Made = TypeVar("Made")
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """A table, its columns with the key first."""

    name: str
    columns: tuple[str, ...]

    def rows(self) -> dict[Any, Row]:
        """Return every row as the database gives it, by its key."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {self._listed} FROM {_quoted(self.name)}")
            return {row[0]: tuple(row) for row in cursor.fetchall()}

    def put(self, rows: Iterable[Row]) -> None:
        """Put rows in, in place of those with the same key."""
        places = ", ".join(["%s"] * len(self.columns))
        key, *others = map(_quoted, self.columns)
        changes = ", ".join(f"{column} = excluded.{column}" for column in others)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {_quoted(self.name)} ({self._listed}) VALUES ({places})"
                f" ON CONFLICT ({key}) DO UPDATE SET {changes}",
                list(rows),
            )

    @property
    def _listed(self) -> str:
        return ", ".join(map(_quoted, self.columns))


@dataclass(frozen=True)
class Memory:
    """What a walk made: the number of rows where it began, what it changed, its files, what it returned."""

    counts: dict[Table, int]
    changed: dict[Table, list[Row]]
    files: Path
    made: bytes


_memories: dict[Hashable, Memory] = {}


def remembered(key: Hashable, walk: Callable[[], Made], *, beginning: str = "") -> Made:
    """Return what ``walk`` returns, with the rows that it writes; walked only where nobody did so before.

    ``beginning`` is the hash of the audit chain where walks of this ``key`` begin; empty: nothing at all.
    """
    if chain_head() != beginning or abs(clock.now() - timezone.now()) > timedelta(seconds=1):
        return walk()
    whole_key = (key, beginning, get_language(), tuple(settings.BEKWAAM_PORTS.values()))
    known = _memories.get(whole_key)
    if known is None:
        return _walk_and_keep(whole_key, walk)
    if _counts(known.counts) != known.counts:
        return walk()
    with transaction.atomic():
        for table, rows in known.changed.items():
            table.put(rows)
    if known.files.exists():
        shutil.copytree(known.files, settings.BEKWAAM_FILES, dirs_exist_ok=True)
    made: Made = pickle.loads(known.made)
    return made


def _walk_and_keep(key: Hashable, walk: Callable[[], Made]) -> Made:
    if not _files_empty():
        return walk()
    before = {table: table.rows() for table in _tables()}
    made = _without_what_follows(walk)
    changed = {
        table: new
        for table, rows in before.items()
        if (new := [row for pk, row in table.rows().items() if rows.get(pk) != row])
    }
    files = Path(tempfile.mkdtemp(dir=settings.VAR)) / "files"
    if not _files_empty():
        shutil.copytree(settings.BEKWAAM_FILES, files)
    counts = {table: len(before[table]) for table in changed}
    _memories[key] = Memory(counts, changed, files, pickle.dumps(made))
    return made


def _without_what_follows(walk: Callable[[], Made]) -> Made:
    """Walk, also in a test whose transactions are real, without the letters and jobs that come after them.

    Where the rows are put back there are none either; so all tests find the same, whichever came first.
    """
    if connection.in_atomic_block:
        return walk()
    with transaction.atomic():
        made = walk()
        connection.run_on_commit.clear()
    return made


def _files_empty() -> bool:
    return not Path(settings.BEKWAAM_FILES).exists()


def chain_head() -> str:
    """Return the hash that the audit chain ends with; empty where there is none."""
    head = ChainHead.objects.filter(pk=1).first()
    return head.hash if head else ""


def _counts(tables: Iterable[Table]) -> dict[Table, int]:
    listed = list(tables)
    counting = " UNION ALL ".join(
        f"SELECT {number}, count(*) FROM {_quoted(table.name)}" for number, table in enumerate(listed)
    )
    with connection.cursor() as cursor:
        cursor.execute(counting)
        return {listed[number]: count for number, count in cursor.fetchall()}


def _tables() -> list[Table]:
    """Return our tables, what is referred to before what refers."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in ("contenttypes", "sessions")
    ]
    return [
        Table(
            model._meta.db_table,
            (
                model._meta.pk.column,
                *(f.column for f in model._meta.local_concrete_fields if not f.primary_key),
            ),
        )
        for model in models
    ]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
