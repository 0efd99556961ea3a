"""Looking for signs in what was handed in before there were any, or under another key."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef

from bekwaam.services.signs.counting import count_dossier, count_judging
from bekwaam.services.signs.files import read_files, unread
from bekwaam.services.signs.secret import made_with
from bekwaam.store.audit import hold
from bekwaam.store.models import JudgingFinished, Snapshot, SnapshotItem


def to_count(*, again: bool = False) -> list[int]:
    """Return the snapshots (by key, oldest first) whose texts are not comparable yet; ``again``: all."""
    rows = Snapshot.objects.order_by("handed_in_at", "pk")
    if not again:
        unknown = SnapshotItem.objects.filter(snapshot=OuterRef("pk")).exclude(sketch__made_with=made_with())
        rows = rows.filter(Exists(unknown) | Exists(unread(OuterRef("pk"))))
    return list(rows.values_list("pk", flat=True))


def catch_up(keys: list[int]) -> Iterator[int]:
    """Count the signs of these snapshots, each in a transaction of its own; yield how many are done.

    It can be broken off and started again: what was counted stays.
    """
    for number, key in enumerate(keys, start=1):
        read_files(_snapshot(key))
        _count(key)
        yield number


def look_into_files(ref: str) -> None:
    """Read what was not read yet of the files of a snapshot, and count its signs anew where there was any.

    A snapshot that is gone is no error.
    """
    snapshot = Snapshot.objects.filter(ref=ref).first()
    if snapshot is not None and read_files(_snapshot(snapshot.pk)):
        _recount(snapshot.pk)


@transaction.atomic
def _recount(key: int) -> None:
    hold()
    if Snapshot.objects.filter(pk=key).exists():  # it may have been erased while its files were read
        count_dossier(_snapshot(key))


def _snapshot(key: int) -> Snapshot:
    return Snapshot.objects.select_related("procedure__provider", "procedure__standard").get(pk=key)


@transaction.atomic
def _count(key: int) -> None:
    hold()
    snapshot = _snapshot(key)
    count_dossier(snapshot)
    for done in JudgingFinished.objects.filter(snapshot=snapshot).select_related("assessor"):
        count_judging(snapshot, done.assessor)
