"""How long it takes to find copied stories among very many that were handed in.

    python -m tests.bench.signs [NUMBER]

Runs on an SQLite file of its own, or on ``TEST_DATABASE_URL``. NUMBER (100 000) stories of some 150 words
are put in the tables, made of halves of the sentences of the test stories and of their words mixed, so that
words and turns of phrase come back as often as with people, or more often. Then the signs of a dossier of 40
stories are counted: with nothing copied, with ten copied (one in fifteen words changed), and with a story
that a hundred others copied too. Beside the time on the clock stands that of this processor, which on a busy
machine tells more; of a database elsewhere it holds nothing. The figure to compare with is what it takes to
make the fingerprints alone.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable, Sequence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bekwaam.config.settings_test")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from bekwaam.domain.procedures.states import State  # noqa: E402
from bekwaam.domain.signs.prints import prints_of  # noqa: E402
from bekwaam.services import clock  # noqa: E402
from bekwaam.services.signs.counting import count_dossier  # noqa: E402
from bekwaam.services.signs.known import known_in  # noqa: E402
from bekwaam.services.signs.secret import made_with, prints_key  # noqa: E402
from bekwaam.store.models import (  # noqa: E402
    FoundSign,
    Procedure,
    Snapshot,
    SnapshotItem,
    TextMatch,
    TextPrint,
    TextSketch,
)
from bekwaam.store.models.shared import new_ref  # noqa: E402
from tests.bench.people import crowd  # noqa: E402
from tests.cast import Cast, make_cast  # noqa: E402
from tests.domain.signs.stories import TEXTS, edited, sentences  # noqa: E402

PER_DOSSIER = 40
WORDS = 150
AT_ONCE = 25
_SENTENCES = [sentence.split() for text in TEXTS for sentence in sentences(text)]
_WORDS = [word for sentence in _SENTENCES for word in sentence]


def made_up(chance: random.Random) -> str:
    """Return a story of some 150 words: half of each sentence is of a story, half of it mixed."""
    words: list[str] = []
    while len(words) < WORDS:
        sentence = chance.choice(_SENTENCES)
        half = len(sentence) // 2 + 1
        words += sentence[:half]
        words += chance.choices(_WORDS, k=half)
    return " ".join(words)


def _items(snapshot: Snapshot, texts: Sequence[str]) -> list[SnapshotItem]:
    return [
        SnapshotItem(
            snapshot=snapshot,
            position=at,
            ref=new_ref(),
            kind="story",
            title=f"Verhaal {at}",
            content={"story": {"action": text}},
            content_sha256="",
        )
        for at, text in enumerate(texts, start=1)
    ]


def put(told: Sequence[tuple[Snapshot, Sequence[str]]]) -> None:
    """Put stories in the tables as if they had been handed in, with their prints."""
    items = [item for snapshot, texts in told for item in _items(snapshot, texts)]
    SnapshotItem.objects.bulk_create(items)
    prints = [prints_of(item.content["story"].values(), prints_key()) for item in items]
    with_prints = list(zip(items, prints, strict=True))
    TextSketch.objects.bulk_create(
        TextSketch(item=item, made_with=made_with(), prints=len(found)) for item, found in with_prints
    )
    rows = [(value, item.pk) for item, found in with_prints for value in found]
    with connection.cursor() as cursor:
        mark = "INSERT INTO store_textprint (value, item_id) VALUES (%s, %s)"
        cursor.executemany(mark, rows)


def snapshots(cast: Cast, number: int) -> list[Snapshot]:
    """Return a snapshot of each of ``number`` dossiers in many states."""
    crowd(cast, number)
    found = Procedure.objects.exclude(state=State.WITHDRAWN).order_by("pk")[:number]
    return Snapshot.objects.bulk_create(
        Snapshot(procedure=procedure, number=1, manifest={}, sha256="", handed_in_at=clock.now())
        for procedure in found
    )


def fill(cast: Cast, number: int) -> tuple[list[Snapshot], list[str]]:
    """Put ``number`` stories in the tables; return ten dossiers without any, and some of the stories."""
    dossiers = -(-number // PER_DOSSIER)
    made = snapshots(cast, 2 * dossiers + 20)
    chance = random.Random(5)
    kept: list[str] = []
    for at in range(0, dossiers, AT_ONCE):
        told = []
        for snapshot in made[at : min(at + AT_ONCE, dossiers)]:
            texts = [made_up(chance) for _ in range(PER_DOSSIER)]
            kept += texts[:1] if len(kept) < 10 else []
            told.append((snapshot, texts))
        with transaction.atomic():
            put(told)
    return made[dossiers : dossiers + 10], kept


def timed(title: str, work: Callable[[], object], said: Callable[[], str] = str) -> None:
    """Print how long ``work`` takes."""
    wall, own = time.perf_counter(), time.process_time()
    work()
    wall, own = time.perf_counter() - wall, time.process_time() - own
    print(f"{title:46} {1000 * wall:8.0f} ms {1000 * own:8.0f} ms   {said()}", flush=True)


def measure(title: str, snapshot: Snapshot, texts: Sequence[str]) -> None:
    """Print how long it takes to count the signs of a dossier of these stories, and what is found."""
    SnapshotItem.objects.bulk_create(_items(snapshot, texts))

    def found() -> str:
        pieces = TextMatch.objects.filter(item__snapshot=snapshot).values("item").distinct().count()
        signs = FoundSign.objects.filter(snapshot=snapshot).count()
        return f"{pieces} pieces met others, {signs} signs"

    with transaction.atomic():
        timed(title, lambda: count_dossier(snapshot), found)


def main() -> None:
    """Fill the tables and measure."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    setup_test_environment()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    before = runner.setup_databases()
    try:
        started = time.perf_counter()
        empty, known = fill(make_cast(), number)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        total = TextPrint.objects.count()
        seconds = time.perf_counter() - started
        print(f"{number} stories, {total} prints, put there in {seconds:.0f} s ({connection.vendor})")
        print(f"{'':46} {'clock':>11} {'processor':>11}", flush=True)
        chance = random.Random(6)
        new = [[made_up(chance) for _ in range(PER_DOSSIER)] for _ in range(5)]
        timed("what is known of standard and screens, once", lambda: known_in(empty[0].procedure))
        alone = known_in(empty[0].procedure)
        timed(
            "fingerprints of 40 stories alone", lambda: [prints_of([t], prints_key(), alone) for t in new[0]]
        )
        measure("40 stories, nothing copied", empty[1], new[1])
        measure("40 stories, nothing copied, once more", empty[2], new[2])
        copied = [edited(text, 15) for text in known]
        measure("40 stories, ten of them copied", empty[3], [*copied, *new[3][len(copied) :]])
        spread = made_up(chance)
        others = list(Snapshot.objects.exclude(pk__in=[one.pk for one in empty]).order_by("-pk")[:100])
        put([(one, [spread]) for one in others if not one.items.exists()])
        measure("40 stories, one that a hundred others have too", empty[4], [spread, *new[4][1:]])
    finally:
        runner.teardown_databases(before)


if __name__ == "__main__":
    main()
