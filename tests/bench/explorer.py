"""Server time of the explorer with a framework of 10 000 items in the database, cold and warm.

    make bench            or: python -m tests.bench.explorer [ITEMS]

"Cold" is the first request of a process that has read nothing yet; "warm" is the median of what follows.
"cpu" is what of that the processor spent on it: on a machine with other work the clock tells more. The page
"not found" stands for what a request costs at the least. Runs on an SQLite file of its own, or on
``TEST_DATABASE_URL``.
"""

from __future__ import annotations

import logging
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bekwaam.config.settings_test")

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402

from bekwaam.frameworks.compare import compare  # noqa: E402
from bekwaam.frameworks.crosswalk import Link, Reference  # noqa: E402
from bekwaam.frameworks.exchange.comparison_sheet import comparison_sheet  # noqa: E402
from bekwaam.frameworks.model import Framework, Item, Text  # noqa: E402
from bekwaam.services.frameworks import crosswalks, reads, versions  # noqa: E402
from bekwaam.services.frameworks.linking import (  # noqa: E402
    load_links,
    publish_crosswalk,
    start_crosswalk,
)
from bekwaam.services.frameworks.versions import publish, publish_builtin  # noqa: E402
from tests.cast import Cast, make_cast  # noqa: E402
from tests.standards import SOURCE, STAGES, framework, small_standard  # noqa: E402

RUNS = 15
PER_COMPETENCE = 24
WORDS = (
    "luistert", "signaleert", "verbindt", "ondersteunt", "bewoners", "wijk", "gezin", "netwerk", "vraag",
    "samen", "regie", "ruimte", "aandacht", "gesprek", "afspraken", "collega", "vrijwilliger", "signaal",
    "veilig", "deelname", "steun", "plan", "doel", "reflectie",
)  # fmt: skip


def text(seed: int, length: int = 14) -> Text:
    """Return made-up words that differ from item to item, as long as a sentence."""
    words = [WORDS[(seed * 7 + step * (seed % 5 + 1)) % len(WORDS)] for step in range(length)]
    return Text(" ".join(words), " ".join(reversed(words)))


def generated(items: int, version: str = "1") -> Framework:
    """Return a framework of about ``items`` items: clusters, competences and their indicators."""
    return replace(
        framework("groot", list(_items(items)), small_standard().rule),
        version=version,
        kind="framework",
        rule=None,
    )


def _items(number: int) -> Iterator[Item]:
    for competence in range(number // (PER_COMPETENCE + 1)):
        if competence % 20 == 0:
            cluster = f"K{competence // 20}"
            yield Item(cluster, "cluster", text(competence, 4), None, SOURCE, module="groot")
        code = f"{cluster}.{competence % 20}"
        yield Item(code, "competence", text(competence, 6), text(competence), SOURCE, cluster, module="groot")
        for n in range(PER_COMPETENCE):
            stage = STAGES[n % 3].code
            words = text(competence * 31 + n)
            yield Item(f"{code}.{n}", "indicator", None, words, SOURCE, code, stage, module="groot")


def linked(cast: Cast, version: Framework, other: Framework) -> None:
    """Publish a link for every competence between two versions, made by an organisation."""
    ends = [Reference(one.id, one.version) for one in (version, other)]
    draft = start_crosswalk(cast.coordinator, cast.provider, Text("Groot", "Large"), *ends)
    links = [
        Link(ends[0], item.code, ends[1], item.code, "isRelatedTo", text(n), own=True)
        for n, item in enumerate(version.competences)
    ]
    load_links(cast.coordinator, draft, links)
    draft.refresh_from_db()
    publish_crosswalk(cast.coordinator, draft, draft.revision)


def forget() -> None:
    """Make this process one that has read nothing yet."""
    versions._kept.clear()
    crosswalks._kept.clear()
    reads._contents.clear()
    for kept in (reads._index, reads._comparison):
        kept.cache_clear()


def measure(title: str, url: str) -> None:
    """Print cold and warm time (ms; by the clock and of the processor), queries and weight (kB) of a page."""
    client = Client()
    client.get("/niets/")
    forget()
    with CaptureQueriesContext(connection) as queries:
        cold = timed(client, url)
        cold_queries = len(queries)
    times = [timed(client, url) for _ in range(RUNS)]
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
        warm_queries = len(queries)
    clock, processor = (statistics.median(column) for column in zip(*times, strict=True))
    figures = (*cold, clock, processor, max(time for time, _ in times))
    print(
        f"{title:34} " + " ".join(f"{figure:7.1f}" for figure in figures) + f" {cold_queries:7d} "
        f"{warm_queries:7d} {len(response.content) / 1000:7.1f} {response.status_code:7d}"
    )


def timed(client: Client, url: str) -> tuple[float, float]:
    """Return how long one request takes: of the clock, and of the processor, in milliseconds."""
    started, worked = time.perf_counter(), time.process_time()
    client.get(url)
    return (time.perf_counter() - started) * 1000, (time.process_time() - worked) * 1000


def main() -> None:
    """Fill the database and measure."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    logging.getLogger("django.request").setLevel(logging.ERROR)
    setup_test_environment()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    before = runner.setup_databases()
    try:
        cast = make_cast()
        publish_builtin()
        crosswalks.builtin_crosswalks()  # as the server does when it starts
        one, other = generated(number), generated(number, "2")
        for each in (one, other):
            publish(None, each)
        linked(cast, one, other)
        print(f"{len(one.items)} items, two versions, {len(one.competences)} links between them")
        heads = ("cold", "cpu", "warm", "cpu", "worst", "q cold", "q", "kB", "status")
        print(f"{'page':34} " + " ".join(f"{head:>7}" for head in heads))
        home = "/kaders/groot/1/"
        measure("not found (what a request costs)", "/niets/")
        measure("list of frameworks", "/kaders/")
        measure("front", home)
        measure("kind, first page", f"{home}?kind=indicator")
        measure("kind, page 300", f"{home}?kind=indicator&page=300")
        measure("competence, with its ladder", f"{home}K3.4/")
        measure("indicator", f"{home}K3.4.7/")
        measure("cluster", f"{home}K3/")
        measure("search, one word", f"{home}?q=netwerk")
        measure("search, three words", f"{home}?q=netwerk+samen+regie")
        measure("search, nothing", f"{home}?q=onvindbaar")
        measure("front of the mbo standard", "/kaders/evc-sociaal-werker-mbo/1.0/")
        measure("item of the mbo standard", "/kaders/evc-sociaal-werker-mbo/1.0/1.1/")
        measure("comparison of the two versions", "/kaders/vergelijken/?a=groot@1&b=groot@2")
        started = time.perf_counter()
        size = len(comparison_sheet(compare(one, other), "nl"))
        print(f"comparison as a spreadsheet: {time.perf_counter() - started:.1f} s, {size / 1000:.0f} kB")
    finally:
        runner.teardown_databases(before)


if __name__ == "__main__":
    main()
