"""Fingerprints of what is handed in, and the handed-in texts of others that they meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db.models import Count

from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind, FieldForm
from bekwaam.domain.portfolio.said import said
from bekwaam.domain.procedures.states import State
from bekwaam.domain.signs.dossier import is_alike
from bekwaam.domain.signs.prints import Known, prints_of
from bekwaam.services.signs.files import file_prints
from bekwaam.services.signs.known import known_in
from bekwaam.services.signs.secret import made_with, prints_key
from bekwaam.store.models import Snapshot, SnapshotItem, TextMatch, TextPrint, TextSketch

T = TypeVar("T")

# A row of words that stands in more pieces than this is a way of speaking: it tells nothing, and looking all
# of them up would take long.
A_WAY_OF_SPEAKING: Final = 200
MOST_MATCHES: Final = 10
_CHUNK: Final = 500


def texts_of(item: SnapshotItem) -> dict[str, str]:
    """Return what somebody told in a handed-in piece: its long texts, by field."""
    written = said(item.content).texts
    fields = KINDS[EvidenceKind(item.kind)].fields
    return {f.name: written[f.name] for f in fields if f.form is FieldForm.LONG and written.get(f.name)}


def remember_texts(snapshot: Snapshot) -> None:
    """Make the fingerprints of a snapshot anew and look up what they meet. In the caller's transaction.

    Of its files counts what was read of them so far (:mod:`bekwaam.services.signs.files`).

    Nothing happens where comparing was switched off.

    Whoever calls this holds the end of the audit chain, so that of two who hand in at the same moment the
    second sees the first. Some ten queries, more where much is met.
    """
    if not settings.COMPARE_TEXTS:
        return
    items = list(SnapshotItem.objects.filter(snapshot=snapshot))
    known = known_in(snapshot.procedure)
    TextPrint.objects.filter(item__snapshot=snapshot).delete()
    TextSketch.objects.filter(item__snapshot=snapshot).delete()
    TextMatch.objects.filter(item__snapshot=snapshot).delete()
    inside = file_prints(snapshot)
    prints = {item.pk: _prints(item, known) | inside.get(item.pk, frozenset()) for item in items}
    TextSketch.objects.bulk_create(
        TextSketch(item_id=pk, made_with=made_with(), prints=len(found)) for pk, found in prints.items()
    )
    rows = (TextPrint(item_id=pk, value=value) for pk, found in prints.items() for value in sorted(found))
    TextPrint.objects.bulk_create(rows, batch_size=2000)
    TextMatch.objects.bulk_create(_matches(snapshot, prints))


def _prints(item: SnapshotItem, known: Known) -> frozenset[int]:
    return prints_of(texts_of(item).values(), prints_key(), known)


def _matches(snapshot: Snapshot, prints: Mapping[int, frozenset[int]]) -> list[TextMatch]:
    """Return the pieces of other dossiers that share more than chance would have it, the most first."""
    shared: Counter[tuple[int, int]] = Counter()
    holders: dict[int, list[int]] = {}
    for pk, found in prints.items():
        for value in found:
            holders.setdefault(value, []).append(pk)
    for value, other in _met(snapshot):
        shared.update((pk, other) for pk in holders.get(value, ()) if other not in prints)
    sizes = _sizes({other for (_pk, other), number in shared.items() if number > 1}, snapshot)
    matches: dict[int, list[TextMatch]] = {}
    for (pk, other), number in shared.most_common():
        mine = matches.setdefault(pk, [])
        if other in sizes and len(mine) < MOST_MATCHES and is_alike(number, len(prints[pk]), sizes[other]):
            mine.append(TextMatch(item_id=pk, other_id=other, shared=number))
    return [match for several in matches.values() for match in several]


def _met(snapshot: Snapshot) -> Iterator[tuple[int, int]]:
    """Yield (print, piece) for every print of the snapshot that stands in more pieces than one."""
    mine = TextPrint.objects.filter(item__snapshot=snapshot).values("value")
    counted = TextPrint.objects.filter(value__in=mine).order_by().values_list("value")
    several = counted.annotate(number=Count("pk")).filter(number__gt=1, number__lte=A_WAY_OF_SPEAKING)
    for values in _chunks([value for value, _number in several]):
        yield from TextPrint.objects.filter(value__in=values).values_list("value", "item_id")


def _sizes(pieces: Iterable[int], snapshot: Snapshot) -> dict[int, int]:
    """Return how many prints these pieces have, leaving out this procedure and those that were stopped."""
    found: dict[int, int] = {}
    for keys in _chunks(sorted(pieces)):
        rows: Any = TextSketch.objects.filter(item__in=keys, made_with=made_with())
        rows = rows.exclude(item__snapshot__procedure=snapshot.procedure_id)
        rows = rows.exclude(item__snapshot__procedure__state=State.WITHDRAWN)
        found.update(rows.values_list("item_id", "prints"))
    return found


def _chunks(values: Sequence[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
