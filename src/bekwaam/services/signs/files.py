"""Fingerprints of the text inside files that were handed in, so that these are compared like stories.

Reading a file is slow and happens in the background; of its text nothing is kept but the fingerprints. One
that cannot be read (a scan, a locked document) is compared with nothing.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.privacy.reading import READABLE, Outcome, Reading
from bekwaam.domain.signs.prints import Known, prints_of
from bekwaam.services import ports
from bekwaam.services.signs.known import known_in
from bekwaam.services.signs.secret import made_with, prints_key
from bekwaam.store.models import FileSketch, Snapshot, SnapshotItem, StoredFile

# A report of some twenty pages; of what is longer the beginning is compared.
MOST_CHARACTERS: Final = 60_000
# What the candidate made. A diploma or a statement is somebody else's text, the same for all who have one.
OWN_WORK: Final = (EvidenceKind.STORY, EvidenceKind.FILE, EvidenceKind.PRODUCT)


def unread(snapshot: Snapshot | OuterRef) -> QuerySet[SnapshotItem]:
    """Return the pieces of own work in a snapshot with a file whose text is not comparable yet."""
    done = FileSketch.objects.filter(file=OuterRef("file"), made_with=made_with())
    rows = SnapshotItem.objects.filter(snapshot=snapshot, kind__in=OWN_WORK, file__media_type__in=READABLE)
    return rows.exclude(Exists(done))


def read_files(snapshot: Snapshot) -> bool:
    """Read the files of a snapshot that were not read yet; tell whether there were any.

    Outside a transaction: nothing is locked while reading. Nothing happens where comparing was switched off.
    """
    if not settings.COMPARE_TEXTS:
        return False
    items = list(unread(snapshot).select_related("file"))
    known = known_in(snapshot.procedure) if items else None
    for item in items:
        if item.file is not None and known is not None:
            _sketch(item.file, known)
    return bool(items)


def file_prints(snapshot: Snapshot) -> dict[int, frozenset[int]]:
    """Return the fingerprints of what was read of the files of a snapshot, by piece. One query."""
    rows = FileSketch.objects.filter(file__in=_files(snapshot), made_with=made_with())
    by_file = {row.file_id: frozenset(row.prints) for row in rows}
    pieces = SnapshotItem.objects.filter(snapshot=snapshot, file__in=by_file) if by_file else ()
    return {item.pk: by_file[item.file_id] for item in pieces if item.file_id}


def _files(snapshot: Snapshot) -> QuerySet[SnapshotItem, int | None]:
    return SnapshotItem.objects.filter(snapshot=snapshot, file__isnull=False).values_list("file", flat=True)


def _sketch(file: StoredFile, known: Known) -> None:
    reading = _read(file)
    text = "\n".join(part.text for part in reading.parts)[:MOST_CHARACTERS]
    found = prints_of([text], prints_key(), known) if text else frozenset()
    with transaction.atomic():
        if StoredFile.objects.select_for_update().filter(pk=file.pk).exists():
            made = {"made_with": made_with(), "prints": sorted(found)}
            FileSketch.objects.update_or_create(file=file, defaults=made)


def _read(file: StoredFile) -> Reading:
    try:
        with ports.files().open(file.key) as content:
            return ports.file_texts().read(content, file.media_type)
    except FileNotFoundError:
        return Reading(Outcome.BROKEN)
