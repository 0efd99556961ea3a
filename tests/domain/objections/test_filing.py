"""When an objection can be filed, and what it has to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bekwaam.domain.objections.filing import (
    LONGEST_GROUNDS,
    FilingFacts,
    answer_by,
    check_answer,
    check_filing,
    check_objection,
    last_day,
)

IN_TIME = FilingFacts(today=date(2026, 6, 16), until=date(2026, 6, 16), disputable=("1.1", "1.2"))


@pytest.mark.parametrize(
    ("issued", "days", "until"),
    [
        (date(2026, 6, 2), 14, date(2026, 6, 16)),
        (date(2026, 2, 28), 1, date(2026, 3, 1)),
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
        (date(2026, 12, 20), 14, date(2027, 1, 3)),
    ],
)
def test_the_term_counts_days_from_the_day_after_issuing(issued: date, days: int, until: date) -> None:
    assert last_day(issued, days) == until


def test_the_answer_is_due_on_the_same_day_of_the_week() -> None:
    assert answer_by(date(2026, 6, 10), 6) == date(2026, 7, 22)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (IN_TIME, ""),
        (replace(IN_TIME, today=date(2026, 6, 17)), "too_late"),
        (replace(IN_TIME, superseded=True), "superseded"),
        (replace(IN_TIME, disputable=()), "judged_again"),
        (replace(IN_TIME, superseded=True, disputable=(), today=date(2027, 1, 1)), "superseded"),
    ],
)
def test_who_can_object_and_why_not(facts: FilingFacts, reason: str) -> None:
    verdict = check_filing(facts)
    assert verdict.reason == reason
    assert bool(verdict) is not bool(reason)


@pytest.mark.parametrize(
    ("units", "grounds", "faults"),
    [
        (["1.1"], "Het verhaal over de hal is niet gelezen.", []),
        ([], "Zomaar.", [("units", "empty")]),
        (["2.9"], "Zomaar.", [("units", "unknown")]),
        (["1.1"], "  \n ", [("grounds", "empty")]),
        (["1.1"], "x" * (LONGEST_GROUNDS + 1), [("grounds", "too_long")]),
        ([], "", [("units", "empty"), ("grounds", "empty")]),
    ],
)
def test_an_objection_names_what_it_is_about_and_why(
    units: list[str], grounds: str, faults: list[tuple[str, str]]
) -> None:
    assert [(f.name, f.reason) for f in check_objection(units, grounds, ("1.1", "1.2"))] == faults


def test_an_answer_has_words() -> None:
    assert [fault.reason for fault in check_answer(" ")] == ["empty"]
    assert check_answer("Wij hebben anderen laten kijken.") == ()
