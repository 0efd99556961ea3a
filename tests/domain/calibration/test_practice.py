"""What a practice dossier needs, and who sees what when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bekwaam.domain.calibration.practice import (
    NOT_SHOWN,
    PracticeInput,
    check_head,
    check_judgement,
    check_piece,
    check_release,
    may_compare,
    may_judge,
    spread,
)

TODAY = date(2026, 5, 4)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("title", "closes", "reasons"),
    [
        ("Aan tafel", TODAY + DAY, []),
        (" ", TODAY + DAY, ["title: empty"]),
        ("x" * 121, TODAY, ["title: long", "closes_on: past"]),
    ],
)
def test_head(title: str, closes: date, reasons: list[str]) -> None:
    assert [f"{f.name}: {f.reason}" for f in check_head(title, closes, TODAY)] == reasons


@pytest.mark.parametrize(
    ("title", "text", "pieces", "reasons"),
    [
        ("Verslag", "Tekst", 11, []),
        ("Verslag", "Tekst", 12, ["title: many"]),
        ("", "x" * 20_001, 0, ["title: empty", "text: long"]),
    ],
)
def test_piece(title: str, text: str, pieces: int, reasons: list[str]) -> None:
    assert [f"{f.name}: {f.reason}" for f in check_piece(title, text, pieces)] == reasons


@pytest.mark.parametrize(
    ("pieces", "units", "read", "closes", "reasons"),
    [
        (1, ["1.1"], True, TODAY + DAY, []),
        (0, ["1.1"], True, TODAY + DAY, ["no_pieces"]),
        (1, [], True, TODAY + DAY, ["none"]),
        (1, ["9.9"], True, TODAY + DAY, ["none"]),
        (1, ["1.1"], False, TODAY + DAY, ["unread"]),
        (1, ["1.1"], True, TODAY, ["past"]),
    ],
)
def test_release(pieces: int, units: list[str], read: bool, closes: date, reasons: list[str]) -> None:
    found = check_release(pieces, units, ["1.1", "1.2"], read, closes, TODAY)
    assert [fault.reason for fault in found] == reasons


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        (PracticeInput("vb", ["p"], "Want"), []),
        (PracticeInput(NOT_SHOWN, [], "Niets"), []),
        (PracticeInput("vb", [], "Want"), ["evidence-1.1"]),
        (PracticeInput("vb", ["q"], "Want"), ["evidence-1.1"]),
        (PracticeInput("anders", ["p"], " "), ["stage-1.1", "why-1.1"]),
        (PracticeInput(), ["stage-1.1", "evidence-1.1", "why-1.1"]),
    ],
)
def test_the_three_legs(given: PracticeInput, fields: list[str]) -> None:
    assert [fault.name for fault in check_judgement("1.1", given, ["sb", "vb"], ["p"])] == fields


@pytest.mark.parametrize(
    ("released", "finished", "closes", "reason"),
    [
        (True, False, TODAY, None),
        (False, False, TODAY, "not_released"),
        (True, True, TODAY, "finished"),
        (True, False, TODAY - DAY, "closed"),
    ],
)
def test_judging(released: bool, finished: bool, closes: date, reason: str | None) -> None:
    verdict = may_judge(released, finished, closes, TODAY)
    assert bool(verdict) is (reason is None) and (reason is None or verdict.reason == reason)


@pytest.mark.parametrize(
    ("judges", "finished", "closes", "allowed"),
    [
        (True, False, TODAY, False),
        (True, True, TODAY, True),
        (True, False, TODAY - DAY, True),
        (False, False, TODAY, True),
    ],
)
def test_who_judges_stays_blind_until_finished_or_closed(
    judges: bool, finished: bool, closes: date, allowed: bool
) -> None:
    assert bool(may_compare(judges, finished, closes, TODAY)) is allowed


def test_spread_counts_every_stage_in_order() -> None:
    assert spread([2, 0, 2], {2: "vb", 0: "niet", 1: "sb"}) == (("niet", 1), ("sb", 0), ("vb", 2))
