"""Server time, queries and weight of the main pages, with 70 000 professionals in the database.

    make bench            or: python -m tests.bench.pages [NUMBER]

Runs on an SQLite file of its own, or on ``TEST_DATABASE_URL``. The page "not found" stands for what a
request costs at the least; the other figures are to be read beside it.
"""

from __future__ import annotations

import os
import statistics
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bekwaam.config.settings_test")

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from bekwaam.frameworks.library import load_builtin  # noqa: E402
from bekwaam.services.frameworks.versions import publish  # noqa: E402
from bekwaam.store.models import Person, Procedure  # noqa: E402
from tests.bench.growing import grow, pages_of  # noqa: E402
from tests.bench.people import crowd  # noqa: E402
from tests.cast import Cast, Point, make_cast  # noqa: E402

RUNS = 15


def full_dossier(cast: Cast, point: Point, pieces: int = 40) -> Procedure:
    """Return a procedure on the real standard with ``pieces`` stories, brought to ``point``."""
    standard = publish(None, load_builtin("evc-sociaal-werker-mbo"))
    person = cast.person(f"vol{point}@example.org", f"Vol Dossier {point}")
    procedure = cast.bring_to(Point.CONSENTED, candidate=person, standard=standard)
    cast.fill(procedure, pieces)
    return cast.bring_on(procedure, point, since=Point.FILLED)


def measure(title: str, person: Person | None, url: str) -> None:
    """Print the median and worst server time (ms), queries and weight (kB) of one page.

    ``own`` is the median of what the processor did for it: the figure to read where others work as well. On
    SQLite it holds what the database did; on PostgreSQL it does not.
    """
    client = Client()
    if person is not None:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(url)
    times, own, size = [], [], 0
    for _ in range(RUNS):
        started, begun = time.perf_counter(), time.process_time()
        response = client.get(url)
        size = sum(map(len, response)) if response.streaming else len(response.content)
        times.append((time.perf_counter() - started) * 1000)
        own.append((time.process_time() - begun) * 1000)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    print(
        f"{title:38} {statistics.median(times):8.1f} {max(times):8.1f} {statistics.median(own):8.1f} "
        f"{len(queries):8d} "
        f"{size / 1000:9.1f} {response.status_code:7d}"
    )


def main() -> None:
    """Fill the database and measure."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 70_000
    setup_test_environment()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    before = runner.setup_databases()
    try:
        cast = make_cast()
        started = time.perf_counter()
        crowd(cast, number)
        judging = full_dossier(cast, Point.DECLARED)
        revealed = full_dossier(cast, Point.REVEALED)
        issued = full_dossier(cast, Point.ISSUED)
        grown = grow(cast, publish(None, load_builtin("evc-sociaal-werker-mbo")))
        print(f"{number} professionals and procedures made in {time.perf_counter() - started:.0f} s")
        print(f"{'page':38} {'median':>8} {'worst':>8} {'own':>8} {'queries':>8} {'kB':>9} {'status':>7}")
        measure("not found (what a request costs)", None, "/niets/")
        measure("home, not logged in", None, "/")
        measure("coordinator: my work", cast.coordinator, "/")
        overview = reverse("procedures:overview", args=[cast.provider.ref])
        measure("coordinator: overview", cast.coordinator, overview)
        measure("coordinator: overview, searched", cast.coordinator, f"{overview}?q=069999")
        measure("coordinator: procedure", cast.coordinator, f"/traject/{judging.ref}/")
        measure("coordinator: overview, overdue", cast.coordinator, f"{overview}?stand=te-laat")
        measure("coordinator: agenda", cast.coordinator, reverse("agenda:agenda"))
        measure("assessor: agenda", cast.assessors[0], reverse("agenda:agenda"))
        measure("candidate: agenda", judging.candidate, reverse("agenda:agenda"))
        measure("assessor: queue", cast.assessors[0], reverse("assessment:queue"))
        measure("assessor: judging, 21 x 40", cast.assessors[0], f"/traject/{judging.ref}/beoordelen/")
        measure(
            "assessor: one competence, 40 pieces",
            cast.assessors[0],
            f"/traject/{judging.ref}/beoordelen/1.1/",
        )
        measure("assessor: final judgements", cast.assessors[0], f"/traject/{revealed.ref}/eindoordeel/")
        measure("candidate: dossier, 40 pieces", judging.candidate, f"/traject/{judging.ref}/dossier/")
        measure("candidate: outcome", issued.candidate, f"/traject/{issued.ref}/uitslag/")
        measure("candidate: certificate (PDF)", issued.candidate, f"/traject/{issued.ref}/certificaat.pdf")
        for title, person, url in pages_of(cast, grown):
            measure(title, person, url)
    finally:
        runner.teardown_databases(before)


if __name__ == "__main__":
    main()
