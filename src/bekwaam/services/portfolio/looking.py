"""Looking for personal data of others in a piece: names in its texts, and everything in its file.

This is slow and happens in the background. What is found is kept beside the text it was found in, so that it
shows by itself whether a look still counts; the piece itself is never touched.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q, QuerySet

from bekwaam.domain.privacy.looked import text_hash
from bekwaam.domain.privacy.marks import Mark, settled
from bekwaam.domain.privacy.names import marks_of
from bekwaam.domain.privacy.patterns import find_by_form
from bekwaam.domain.privacy.reading import READABLE, Outcome, Part, Reading, chunks, gathered
from bekwaam.services import clock, ports
from bekwaam.services.portfolio.told import told_texts
from bekwaam.store.models import Evidence, FileLook, StoredFile, TextLook

logger = logging.getLogger(__name__)

AT_ONCE: Final = 50


def can_look_at(piece: Evidence) -> bool:
    """Tell whether there is something to look with: for names in texts, or in a file of this kind."""
    return bool(ports.person_finder_name()) or _can_read(piece.file)


def _can_read(file: StoredFile | None) -> bool:
    return file is not None and file.media_type in READABLE


def look_at_piece(ref: str) -> None:
    """Look at a piece and its file, unless both were looked at as they are now. One that is gone is no error.

    Nothing is locked while looking; what changed meanwhile is left to the look that its change asked for.
    """
    piece = Evidence.objects.filter(ref=ref).select_related("look", "file__look").first()
    if piece is None:
        return
    if _can_read(piece.file):
        _look_into_file(piece.file)
    if ports.person_finder_name():
        _look_at_texts(piece)


def look_at_waiting(after: int) -> int | None:
    """Look at the next pieces, beyond the row ``after``, that wait for it; return the last, None at the end.

    One that cannot be looked at is logged and passed by.
    """
    rows = list(waiting().filter(pk__gt=after).order_by("pk").values_list("pk", "ref")[:AT_ONCE])
    for _pk, ref in rows:
        try:
            look_at_piece(ref)
        except Exception:
            logger.exception("could not look at piece %s", ref)
    return rows[-1][0] if len(rows) == AT_ONCE else None


def waiting() -> QuerySet[Evidence]:
    """Return the pieces that were not looked at as they are now."""
    finder = ports.person_finder_name()
    readable = Q(file__media_type__in=READABLE)
    if not finder:
        return Evidence.objects.filter(readable, file__look=None)
    texts = Q(look=None) | ~Q(look__finder=finder) | Q(look__revision__lt=F("revision"))
    file = readable & (Q(file__look=None) | ~Q(file__look__finder=finder))
    return Evidence.objects.filter(texts | file)


def _look_at_texts(piece: Evidence) -> None:
    name, finder = ports.person_finder_name(), ports.person_finder()
    before = getattr(piece, "look", None)
    known: Mapping[str, Any] = before.seen if before is not None and before.finder == name else {}
    seen: dict[str, Any] = {}
    for field, text in told_texts(piece).items():
        if not text.strip() or finder is None:
            continue
        digest = text_hash(text)
        there = known.get(field, {})
        spans = there["spans"] if there.get("sha256") == digest else [list(s) for s in finder.find(text)]
        seen[field] = {"sha256": digest, "spans": spans}
    with transaction.atomic():
        now = Evidence.objects.select_for_update().filter(pk=piece.pk).first()
        if now is not None and now.revision == piece.revision:
            looked = {"finder": name, "revision": now.revision, "seen": seen, "looked_at": clock.now()}
            TextLook.objects.update_or_create(evidence=now, defaults=looked)


def carry_over(piece: Evidence, field: str, old: str, mark: Mark) -> None:
    """Let a look at the ``old`` text count for what is there now, in which only ``mark`` was replaced."""
    look = TextLook.objects.filter(evidence=piece).first()
    if look is None or look.seen.get(field, {}).get("sha256") != text_hash(old):
        return
    text = told_texts(piece)[field]
    longer = len(text) - len(old)
    spans = [
        [start + longer, end + longer] if start >= mark.end else [start, end]
        for start, end in look.seen[field]["spans"]
        if end <= mark.start or start >= mark.end
    ]
    look.seen = {**look.seen, field: {"sha256": text_hash(text), "spans": spans}}
    look.save(update_fields=["seen"])


def _look_into_file(file: StoredFile | None) -> None:
    name = ports.person_finder_name()
    before = getattr(file, "look", None)
    if file is None or (before is not None and (before.finder == name or not name)):
        return
    reading = _read(file)
    finds, name = _finds(reading, name)
    marks, more = gathered(finds)
    looked = {
        "finder": name,
        "outcome": reading.outcome.value,
        "partly": reading.partly or more,
        "marks": [asdict(mark) for mark in marks],
        "looked_at": clock.now(),
    }
    with transaction.atomic():
        if StoredFile.objects.select_for_update().filter(pk=file.pk).exists():
            FileLook.objects.update_or_create(file=file, defaults=looked)


def _read(file: StoredFile) -> Reading:
    try:
        with ports.files().open(file.key) as content:
            return ports.file_texts().read(content, file.media_type)
    except FileNotFoundError:
        return Reading(Outcome.BROKEN)


def _finds(reading: Reading, name: str) -> tuple[list[tuple[Part, str, Mark]], str]:
    """Return what stands in a file, and what found names in it: a finder that fails costs only the names."""
    pieces = [(part, text) for part in reading.parts for text in chunks(part.text)]
    finder = ports.person_finder()
    names: list[tuple[Mark, ...]] = [() for _piece in pieces]
    if finder is not None:
        try:
            names = [marks_of(text, finder.find(text)) for _part, text in pieces]
        except Exception:
            logger.exception("could not look for names in a file")
            name = ""
    found = [
        (part, text, mark)
        for (part, text), named in zip(pieces, names, strict=True)
        for mark in settled([*find_by_form(text), *named])
    ]
    return found, name
