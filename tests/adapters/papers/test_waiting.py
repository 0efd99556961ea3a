"""One process that waits reads papers for a web server, and never tells of one what was found of another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bekwaam.adapters.papers import waiting
from bekwaam.adapters.papers.inspection import inspect
from bekwaam.adapters.papers.waiting import WaitingReader
from bekwaam.domain.certificates.signed import PaperOutcome
from tests.adapters.papers.test_papers import HARMFUL, with_another_language
from tests.adapters.pdf.signed import signed


def test_it_tells_the_same_of_each_in_whatever_order_and_at_once() -> None:
    papers = [signed(), with_another_language(signed()), b"dag", HARMFUL["a bomb"][0](), signed()] * 2
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(WaitingReader().read, papers))
    assert found == [inspect(paper) for paper in papers]


def test_a_process_that_was_stopped_or_read_enough_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "MOST_READ", 2)
    first = WaitingReader().read(signed())
    one = waiting._kept["one"]
    one.stream.close()
    assert [WaitingReader().read(signed()) for _ in range(3)] == [first] * 3
    assert first.outcome is PaperOutcome.READ
    assert waiting._kept["one"] is not one
