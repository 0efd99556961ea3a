"""How long the public log takes when it is long: adding, proving, growing, and checking all of it.

    python -m tests.bench.publiclog [NUMBER]

Runs on an SQLite file of its own, or on ``TEST_DATABASE_URL``, with NUMBER (100 000) leaves in the log. Each
figure is the best of some rounds. Beside it stands the bare hashing that the step cannot do without, in the
same run: for one leaf or proof as many hashes as the tree is high, for checking all of it every hash once.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bekwaam.config.settings_test")

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from bekwaam.services.publiclog import reads  # noqa: E402
from bekwaam.services.publiclog.agreeing import log_breaks  # noqa: E402
from bekwaam.services.publiclog.auditing import walk_tree  # noqa: E402
from bekwaam.services.publiclog.writing import add, add_all, proof  # noqa: E402
from bekwaam.trust.entries import Kind, LogEntry  # noqa: E402
from bekwaam.trust.growing import Growing  # noqa: E402
from bekwaam.trust.merkle import leaf_hash, node_hash  # noqa: E402

ROUNDS = 30
AT_ONCE = 1000
BEGAN = datetime(2026, 11, 26, 9, tzinfo=UTC)


def entry(number: int) -> LogEntry:
    """Return a leaf as large as a real one."""
    issuer = "did:web:evc.example:aanbieder:abcdefgh"
    return LogEntry(Kind.SUPERSEDED, f"uEi{number:044d}", BEGAN + timedelta(seconds=number), issuer)


def best(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Return the shortest of some rounds, in milliseconds."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times) * 1000


def told(name: str, took: float, bare: float) -> None:
    """Print a line."""
    print(f"{name:<52}{took:10.2f} ms{bare:10.3f} ms bare")


def fill(number: int) -> None:
    """Put so many leaves in, a thousand at a time; each thousand is signed."""
    for first in range(0, number, AT_ONCE):
        with transaction.atomic():
            add_all([entry(at) for at in range(first, min(first + AT_ONCE, number))])


def walk_bare(number: int) -> None:
    """Make every hash of the tree once, from leaves in memory."""
    tree = Growing()
    for at in range(number):
        tree.add(leaf_hash(b"x" * 160 + at.to_bytes(4)))


def measure(number: int) -> None:
    """Print all figures."""
    begun = time.perf_counter()
    fill(number)
    print(f"{number} leaves in {time.perf_counter() - begun:.1f} s, a thousand at a time")
    height, data, half = number.bit_length(), entry(1).data, bytes(32)
    hashes = best(lambda: [leaf_hash(data), *(node_hash(half, half) for _ in range(height))])
    added = iter(range(number, number + 10 * ROUNDS))

    @transaction.atomic
    def one() -> None:
        add(entry(next(added)))

    told("add one leaf, signed and committed", best(one), hashes)
    told("proof of a leaf", best(lambda: proof(number // 3)), hashes)
    told("proof by digest", best(lambda: reads.proof_of(entry(number // 3).of)), hashes)
    told("consistency, a third to all", best(lambda: reads.consistency(number // 3, number)), hashes)
    told("1 000 leaves for a stranger", best(lambda: reads.entries(number // 2, 1000), 5), hashes)
    client = Client()
    told("GET /log/", best(lambda: client.get("/log/")), hashes)
    told("GET /log/checkpoint", best(lambda: client.get("/log/checkpoint")), hashes)
    bare = best(lambda: walk_bare(number), 3)
    told("audit: all hashes and checkpoints anew", best(walk_tree, 1), bare)
    told("audit: what the leaves tell", best(lambda: list(log_breaks()), 1), bare)


def main() -> None:
    """Make a database, measure, and drop it."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    setup_test_environment()
    runner = DiscoverRunner(verbosity=0)
    made = runner.setup_databases()
    try:
        measure(number)
    finally:
        runner.teardown_databases(made)


if __name__ == "__main__":
    main()
