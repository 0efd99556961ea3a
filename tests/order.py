"""The order of the tests: long ones first, or at the end one process works while the other waits for it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import chain, groupby
from typing import TypeVar

import pytest

Test = TypeVar("Test")


@pytest.hookimpl(trylast=True)  # of the tests that were chosen
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what drives a browser, and what is marked as long, first."""
    long = [item for item in items if item.get_closest_marker("browser") or item.get_closest_marker("long")]
    files = [list(tests) for _, tests in groupby(sorted(long, key=_file), key=_file)]
    known = set(long)
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = in_parts(files, [item for item in items if item not in known], workers)


def in_parts(long: Sequence[Sequence[Test]], short: Sequence[Test], workers: int) -> list[Test]:
    """Return all tests, such that each of ``workers`` equal parts begins with its share of the long ones.

    ``--dist worksteal`` gives every process a part, and lets who is done take over from the end of another's.
    The long ones come by file, which stays together, for what it makes once for all its tests.
    """
    total, taken = sum(map(len, long)) + len(short), 0
    ordered: list[Test] = []
    for worker in range(workers):
        ordered += chain.from_iterable(long[worker::workers])
        upto = max(taken, taken + total * (worker + 1) // workers - len(ordered))
        ordered += short[taken:upto]
        taken = upto
    return [*ordered, *short[taken:]]


def _file(item: pytest.Item) -> str:
    return item.location[0]
