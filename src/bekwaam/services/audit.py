"""Reading and checking the audit chain."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, islice
from typing import Any, Final

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, QuerySet

from bekwaam.domain.events import ERASING
from bekwaam.services import ports
from bekwaam.store.audit import append
from bekwaam.store.models import AuditEntry, AuditOpening, ChainHead, StoredFile
from bekwaam.store.models.shared import Committed
from bekwaam.trust.chain import GENESIS, BreakKind, Link, Walk, walk
from bekwaam.trust.commitments import opens

__all__ = [
    "ContentBreak",
    "ContentFault",
    "Tally",
    "append",
    "as_recorded",
    "broken_contents",
    "broken_contents_about",
    "broken_files",
    "entries_about",
    "is_as_recorded",
    "walk_chain",
]

_BATCH: Final = 2000


class ContentFault(StrEnum):
    """How a row can be at odds with the chain."""

    CHANGED = "changed"
    GONE = "gone"
    NO_ENTRY = "no_entry"
    NOT_OPENED = "not_opened"


@dataclass(frozen=True, slots=True)
class ContentBreak:
    """A row that is not what the chain says of it; ``sequence`` is the entry that does (0: none does)."""

    sequence: int
    table: str
    row: int
    fault: ContentFault


@dataclass(slots=True)
class Tally:
    """What the check counts along the way: the entries whose commitments are to rows erased since."""

    erased: int = 0


def walk_chain() -> Walk:
    """Walk the whole chain from its first entry; memory stays flat however long it is.

    The row that remembers where the chain ends tells on entries cut off at the end.
    """
    walked = walk(_links())
    head = ChainHead.objects.filter(pk=1).first()
    remembered = (head.sequence, head.hash) if head else (0, GENESIS)
    if walked.whole and remembered != (walked.length, walked.head):
        return replace(walked, broken_at=walked.length + 1, kind=BreakKind.HEAD)
    return walked


def _links() -> Iterator[Link]:
    for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=_BATCH):
        yield link_of(entry)


def link_of(entry: AuditEntry) -> Link:
    """Return an entry as the chain's own type. A payload that is no JSON any more reads as text."""
    try:
        payload: Any = json.loads(entry.payload)
    except ValueError:
        payload = None
    if not isinstance(payload, dict):
        payload = {"unreadable": entry.payload}
    return Link(
        sequence=entry.sequence,
        at=entry.at,
        actor=entry.actor,
        code=entry.code,
        subject=entry.subject,
        payload=payload,
        previous=entry.previous,
        hash=entry.hash,
    )


def broken_contents(tally: Tally | None = None) -> Iterator[ContentBreak]:
    """Yield every row that is not what the chain says of it, a batch at a time; ``tally`` is filled in.

    Only the latest commitment to a row counts: evidence that its owner changed was committed to again.
    A row that no entry vouches for, and a commitment that nothing opens although no entry says that its
    row was erased, are found as well: both are ways to go round the commitments. That a row was erased is
    believed of an entry of the chain alone, after the commitment, and of an event that erases.
    """
    latest = _latest_openings()
    while batch := list(islice(latest, _BATCH)):
        yield from _changed_or_gone(batch)
    yield from _without_entry()
    yield from _not_opened(tally or Tally())


def broken_contents_about(subject: str) -> tuple[int, tuple[ContentBreak, ...]]:
    """Return how many rows the entries about ``subject`` commit to, and those that are not what they were.

    A row counts by its latest commitment, also where that stands in an entry about something else.
    A few queries for every table that is named.
    """
    named: dict[str, set[int]] = {}
    for table, row in AuditOpening.objects.filter(entry__subject=subject).values_list("table", "row"):
        named.setdefault(table, set()).add(row)
    latest: list[AuditOpening] = []
    for table, rows in sorted(named.items()):
        latest += _latest_openings(AuditOpening.objects.filter(table=table, row__in=rows))
    return len(latest), tuple(_changed_or_gone(latest))


def is_as_recorded(row: Committed) -> bool:
    """Tell whether a row is what the chain's latest commitment says; not so where none does. One query."""
    return row.pk in as_recorded([row])


def as_recorded(rows: Sequence[Committed]) -> frozenset[int]:
    """Return the keys of those ``rows``, all of one table, that are as the chain has them. One query."""
    here = {row.pk: row for row in rows}
    table = type(rows[0]).__name__ if rows else ""
    openings = _latest_openings(AuditOpening.objects.filter(table=table, row__in=here))
    return frozenset(opening.row for opening in openings if _opens(opening, here[opening.row]))


def _latest_openings(among: QuerySet[AuditOpening] | None = None) -> Iterator[AuditOpening]:
    found = AuditOpening.objects.all() if among is None else among
    openings = found.order_by("table", "row", "-entry_id").select_related("entry")
    previous: tuple[str, int] | None = None
    for opening in openings.iterator(chunk_size=_BATCH):
        if (opening.table, opening.row) != previous:
            previous = (opening.table, opening.row)
            yield opening


def _changed_or_gone(openings: Sequence[AuditOpening]) -> Iterator[ContentBreak]:
    for table, group in groupby(openings, key=lambda opening: opening.table):
        several = list(group)
        rows = _rows(table, [opening.row for opening in several])
        for opening in several:
            row = rows.get(opening.row)
            if row is None:
                yield ContentBreak(opening.entry_id, table, opening.row, ContentFault.GONE)
            elif not _opens(opening, row):
                yield ContentBreak(opening.entry_id, table, opening.row, ContentFault.CHANGED)


def _rows(table: str, keys: list[int]) -> Mapping[int, Any]:
    model = _committed_models().get(table)
    if model is None:
        return {}
    names = {field.name for field in model._meta.get_fields() if field.is_relation}
    return model._default_manager.prefetch_related(*sorted(names & {"file", "ties", "ratings"})).in_bulk(keys)


def _opens(opening: AuditOpening, row: Committed) -> bool:
    commitment = _commitments(opening.entry.payload).get((opening.table, opening.row), "")
    try:
        return opens(commitment, opening.salt, row.committed())
    except (ValueError, TypeError):  # a salt or a content that never were one
        return False


@lru_cache(maxsize=64)
def _commitments(payload: str) -> dict[tuple[str, int], str]:
    """Return the commitments of an entry by table and row; entries with many are asked for many times."""
    found = _listed(payload, "commitments")
    return {(entry["table"], entry["row"]): str(entry.get("commitment")) for entry in found}


def _listed(payload: str, name: str) -> list[dict[str, Any]]:
    try:
        read = json.loads(payload)
    except ValueError:
        return []
    listed = read.get(name) if isinstance(read, dict) else None
    rows = listed if isinstance(listed, list) else []
    return [row for row in rows if isinstance(row, dict) and {"table", "row"} <= row.keys()]


def _committed_models() -> dict[str, type[Model]]:
    models = apps.get_app_config("store").get_models()
    return {model.__name__: model for model in models if hasattr(model, "committed")}


def _without_entry() -> Iterator[ContentBreak]:
    """Yield the rows of committed tables for which there is no commitment at all."""
    for table, model in _committed_models().items():
        known = AuditOpening.objects.filter(table=table, row=OuterRef("pk"))
        rows = model._default_manager.filter(~Exists(known)).order_by("pk").values_list("pk", flat=True)
        for row in rows.iterator(chunk_size=_BATCH):
            yield ContentBreak(0, table, row, ContentFault.NO_ENTRY)


def _not_opened(tally: Tally) -> Iterator[ContentBreak]:
    """Yield the commitments whose salt is gone although no entry says that the row was erased."""
    lost: dict[tuple[str, int], list[int]] = {}
    erased: set[int] = set()
    for sequence, code, payload, opened in _payloads():
        for key in _commitments(payload):
            if key not in opened:
                lost.setdefault(key, []).append(sequence)
        if code in ERASING:
            for gone in _listed(payload, "erased"):
                erased.update(lost.pop((gone["table"], gone["row"]), ()))
    tally.erased = len(erased)
    for (table, row), entries in lost.items():
        yield ContentBreak(entries[0], table, row, ContentFault.NOT_OPENED)


def _payloads() -> Iterator[tuple[int, str, str, set[tuple[str, int]]]]:
    """Yield of every entry its number, event and payload, and the rows of which the salt is there."""
    entries = AuditEntry.objects.order_by("sequence").values_list("sequence", "code", "payload")
    rows = entries.iterator(chunk_size=_BATCH)
    while batch := list(islice(rows, _BATCH)):
        there: dict[int, set[tuple[str, int]]] = {}
        salts = AuditOpening.objects.filter(entry__gte=batch[0][0], entry__lte=batch[-1][0])
        for entry, table, row in salts.values_list("entry", "table", "row"):
            there.setdefault(entry, set()).add((table, row))
        for sequence, code, payload in batch:
            yield sequence, code, payload, there.get(sequence, set())


def broken_files() -> Iterator[StoredFile]:
    """Yield every stored file that is gone from the file store or no longer has its hash."""
    store = ports.files()
    for file in StoredFile.objects.order_by("pk").iterator(chunk_size=_BATCH):
        try:
            same = store.sha256(file.key) == file.sha256
        except FileNotFoundError:
            same = False
        if not same:
            yield file


def entries_about(subject: str, offset: int = 0, limit: int = 50) -> list[Link]:
    """Return the entries about one subject, newest first. One query."""
    found = AuditEntry.objects.filter(subject=subject).order_by("-sequence")[offset : offset + limit]
    return [link_of(entry) for entry in found]
