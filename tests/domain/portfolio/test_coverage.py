"""Counting evidence: what is covered, what is thin and why, what is tied to nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bekwaam.domain.portfolio.coverage import (
    Counted,
    Coverage,
    Usual,
    check_usual,
    coverage,
    is_old,
    years_before,
)
from bekwaam.domain.portfolio.kinds import EvidenceKind

UNITS = {"1.1": {"1.1"}, "1.2": {"1.2"}, "L1": {"L1"}}
TODAY = date(2026, 11, 25)
LATELY = date(2026, 3, 1)


def piece(*codes: str, **how: Any) -> Counted:
    given: dict[str, Any] = {"ref": "p", "kind": EvidenceKind.STORY, "dated_on": LATELY, **how}
    return Counted(codes=frozenset(codes), **given)


def count(*pieces: Counted, usual: Usual | None = None, units: Any = UNITS) -> Coverage:
    return coverage(units, pieces, usual or Usual(), TODAY)


def hints(*pieces: Counted, usual: Usual | None = None) -> list[str]:
    return [hint.reason for hint in count(*pieces, usual=usual).units["1.1"].hints]


def test_every_piece_counts_once_for_each_unit_it_is_tied_to() -> None:
    found = count(piece("1.1", "1.2"), piece("1.1"))
    assert found.counts == {"1.1": 2, "1.2": 1, "L1": 0}
    assert (found.pieces, found.covered) == (2, 2)


def test_a_unit_goes_from_gap_by_way_of_thin_to_met() -> None:
    first, second = piece("1.1", context="Wijkteam"), piece("1.1", context="School")
    assert count().gaps == tuple(UNITS)
    found = count(first)
    assert (found.gaps, found.thin, found.met) == (("1.2", "L1"), ("1.1",), ())
    assert count(first, second).met == ("1.1",)


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([], ["gap"]),
        ([piece("1.1", context="a")], ["pieces", "contexts"]),
        ([piece("1.1", context="a"), piece("1.1", context="b")], []),
        ([piece("1.1", context="a"), piece("1.1", context="a")], ["contexts"]),
        ([piece("1.1"), piece("1.1")], ["contexts"]),
        ([piece("1.1", dated_on=None, context=c) for c in "ab"], ["undated"]),
        ([piece("1.1", dated_on=date(2019, 5, 1), context=c) for c in "ab"], ["old"]),
        ([piece("1.1", dated_on=date(2021, 11, 25), context=c) for c in "ab"], []),
        ([piece("1.1", dated_on=date(2021, 11, 24), context=c) for c in "ab"], ["old"]),
        ([piece("1.1", dated_on=date(2019, 5, 1), context="a"), piece("1.1", context="b")], []),
        ([piece("1.1", kind=EvidenceKind.JOB_DESCRIPTION, context=c) for c in "ab"], ["description_only"]),
    ],
)
def test_hints_say_what_could_still_be_added(pieces: list[Counted], expected: list[str]) -> None:
    assert hints(*pieces) == expected


def test_what_still_lasts_is_of_today_and_what_ended_is_of_its_last_day() -> None:
    job = piece("1.1", kind=EvidenceKind.EMPLOYMENT, spans=True, dated_on=date(2010, 1, 1))
    assert job.last_day(TODAY) == TODAY
    assert is_old(job, Usual(), TODAY) is None
    ended = replace(job, until=date(2018, 6, 30))
    old = is_old(ended, Usual(), TODAY)
    assert old is not None and old.values == {"year": 2018, "years": 5}
    assert count(ended).units["1.1"].newest == date(2018, 6, 30)


def test_a_provider_can_ask_less_or_more() -> None:
    only = piece("1.1", dated_on=date(2019, 5, 1), context="a")
    assert hints(only, usual=Usual(years=10, pieces=1, contexts=1)) == []
    assert hints(only, usual=Usual(years=1, pieces=3, contexts=2)) == ["pieces", "old", "contexts"]


def test_confirmations_are_added_up() -> None:
    found = count(piece("1.1", confirmed=2), piece("1.1", confirmed=1), piece("1.2"))
    assert [found.units[code].confirmed for code in ("1.1", "1.2")] == [3, 0]


@pytest.mark.parametrize(
    "pieces",
    [[], [piece("1.1")], [piece("1.1", dated_on=None)], [piece("1.1", dated_on=date(2001, 1, 1))]],
)
def test_a_hint_is_a_whole_sentence_in_both_languages_and_never_a_percentage(pieces: list[Counted]) -> None:
    from bekwaam.wording import say

    for hint in count(*pieces).units["1.1"].hints:
        for language in ("nl", "en"):
            text = say(language, hint.message, **hint.values)
            assert text.endswith(".") and "%" not in text and "{" not in text
        assert say("nl", hint.message, **hint.values) != say("en", hint.message, **hint.values)


def test_a_piece_tied_to_nothing_that_is_judged_is_untied() -> None:
    assert count(piece(), piece("L7"), piece("L1")).untied == 2


def test_evidence_for_an_area_counts_for_every_indicator_in_it_once() -> None:
    units = {"A1.vb1": {"A1.vb1", "A1"}, "A1.vb2": {"A1.vb2", "A1"}, "A2.vb1": {"A2.vb1", "A2"}}
    found = count(piece("A1", "A1.vb1"), piece("A2.vb1"), units=units)
    assert found.counts == {"A1.vb1": 1, "A1.vb2": 1, "A2.vb1": 1}


def test_an_empty_dossier_leaves_everything_open_and_nothing_untied() -> None:
    found = count()
    assert found.gaps == tuple(UNITS)
    assert (found.pieces, found.untied, found.covered) == (0, 0, 0)


@pytest.mark.parametrize(
    ("usual", "wrong"),
    [
        (Usual(), []),
        (Usual(1, 1, 1), []),
        (Usual(20, 10, 10), []),
        (Usual(0, 0, 0), ["years", "pieces", "contexts"]),
        (Usual(21, 11, 11), ["years", "pieces", "contexts"]),
    ],
)
def test_the_numbers_of_a_provider_make_sense(usual: Usual, wrong: list[str]) -> None:
    assert [fault.name for fault in check_usual(usual)] == wrong


def test_a_leap_day_has_a_day_five_years_earlier() -> None:
    assert years_before(date(2024, 2, 29), 5) == date(2019, 2, 28)
    assert years_before(date(2024, 2, 29), 4) == date(2020, 2, 29)
