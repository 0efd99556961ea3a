"""CASE: a package of 10 000 items of somebody else in and out, and what serving costs.

    make bench            or: python -m tests.bench.case [ITEMS]

Each measurement of reading and writing runs in a process of its own, so that its peak of memory is its own;
"nothing" stands for what a process costs at the least. The answers are those of the whole application on an
SQLite file of its own, or on ``TEST_DATABASE_URL``; "not found" stands for what a request costs at the least.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

NUMBER = 10_000
RUNS = 25
_WORDS = "Een uitspraak die lang genoeg is om op iets te lijken dat in een kader staat. "
_SERVER = "https://elders.example/ims/case/v1p0"


def _uuid(number: int) -> str:
    return f"6b7ea9b4-17f2-4c55-9c2c-{number:012x}"


def large_package(number: int) -> bytes:
    """Return a CASE 1.0 package of ``number`` items as others write them, four levels deep."""
    changed = "2020-02-03T04:05:06+00:00"

    def link(collection: str, it: int) -> dict[str, str]:
        return {"title": f"Deel {it}", "identifier": _uuid(it), "uri": f"{_SERVER}/{collection}/{_uuid(it)}"}

    items, associations = [], []
    for at in range(1, number + 1):
        items.append(
            {
                **{
                    "identifier": _uuid(at),
                    "uri": f"{_SERVER}/CFItems/{_uuid(at)}",
                    "CFItemType": "Standard",
                },
                **{"fullStatement": f"{_WORDS * 4}{at}", "abbreviatedStatement": f"Deel {at}"},
                **{"humanCodingScheme": f"E.{at}", "notes": _WORDS * 2, "educationLevel": ["HE"]},
                **{"CFDocumentURI": link("CFDocuments", 0), "lastChangeDateTime": changed, "language": "nl"},
            }
        )
        above = at // 20
        associations.append(
            {
                **{"identifier": _uuid(10**9 + at), "uri": f"{_SERVER}/CFAssociations/{_uuid(10**9 + at)}"},
                **{"associationType": "isChildOf", "sequenceNumber": at % 20, "lastChangeDateTime": changed},
                "originNodeURI": link("CFItems", at),
                "destinationNodeURI": link("CFItems", above) if above else link("CFDocuments", 0),
            }
        )
    document = {"identifier": _uuid(0), "uri": f"{_SERVER}/CFDocuments/{_uuid(0)}", "creator": "Elders"}
    document |= {"title": "Groot kader", "lastChangeDateTime": changed}
    return json.dumps({"CFDocument": document, "CFItems": items, "CFAssociations": associations}).encode()


def _apart(what: str, file: Path) -> None:
    """Measure one thing in this process and print it: time, processor time and peak of memory."""
    from bekwaam.frameworks.exchange.case import read_case, write_case

    data = file.read_bytes()
    framework = read_case(data, file.name).framework if what == "write" else None
    started, processor = time.perf_counter(), time.process_time()
    told = ""
    if what == "read":
        reading = read_case(data, file.name)
        assert reading.usable and reading.framework
        told = f"{len(reading.framework.items)} items, {len(data) / 1e6:.1f} MB"
    elif framework is not None:
        told = f"{len(write_case(framework)) / 1e6:.1f} MB"
    taken, used = time.perf_counter() - started, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:44} {taken:8.2f} {used:8.2f} {peak:8.0f}  {told}")


def in_and_out(number: int) -> None:
    """Print what reading and writing a large package costs."""
    print(f"{'CASE package, in a process of its own':44} {'s':>8} {'s cpu':>8} {'MB peak':>8}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "groot.json"
        file.write_bytes(large_package(number))
        for what in ("nothing", "read", "write"):
            subprocess.run([sys.executable, "-m", __spec__.name, "--apart", what, str(file)], check=True)


def answers() -> None:
    """Print what the application takes to answer, with everything published that comes with the product."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bekwaam.config.settings_test")
    import django

    django.setup()
    from django.test.runner import DiscoverRunner
    from django.test.utils import setup_test_environment

    setup_test_environment()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    before = runner.setup_databases()
    try:
        _answers()
    finally:
        runner.teardown_databases(before)


def _answers() -> None:
    from bekwaam.frameworks.exchange.case import to_package
    from bekwaam.frameworks.library import load_builtin
    from bekwaam.services.frameworks.versions import publish_builtin

    publish_builtin()
    package = to_package(load_builtin("evc-sociaal-werker-mbo"))
    whole, item = package["CFDocument"]["identifier"], package["CFItems"][0]["identifier"]
    path = "/ims/case/v1p1"
    print(f"{'answer':44} {'first':>8} {'median':>8} {'worst':>8} {'queries':>8} {'kB':>8} {'status':>7}")
    _measure("not found (what a request costs)", "/niets/")
    _measure("package of the biggest pack", f"{path}/CFPackages/{whole}")
    _measure("the same, which one has already", f"{path}/CFPackages/{whole}", known=True)
    _measure("an item of it", f"{path}/CFItems/{item}")
    _measure("the associations of an item", f"{path}/CFItemAssociations/{item}")
    _measure("list of documents", f"{path}/CFDocuments")
    _measure("list, filtered and sorted", f"{path}/CFDocuments?filter=title~'sociaal'&sort=title")


def _measure(title: str, url: str, *, known: bool = False) -> None:
    """Print the first, median and worst time (ms), and the queries and weight (kB), of one answer."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    headers: dict[str, Any] = {"If-None-Match": client.get(url)["ETag"]} if known else {}
    times = []
    for _ in range(RUNS + 1):
        started = time.perf_counter()
        response = client.get(url, headers=headers)
        times.append((time.perf_counter() - started) * 1000)
    with CaptureQueriesContext(connection) as queries:
        client.get(url, headers=headers)
    median, worst = statistics.median(times[1:]), max(times[1:])
    print(
        f"{title:44} {times[0]:8.1f} {median:8.1f} {worst:8.1f} {len(queries):8} "
        f"{len(response.content) / 1000:8.1f} {response.status_code:7}"
    )


def main() -> None:
    """Measure everything."""
    if "--apart" in sys.argv:
        _apart(sys.argv[2], Path(sys.argv[3]))
        return
    in_and_out(int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER)
    answers()


if __name__ == "__main__":
    main()
