"""What an assessor can declare about a candidate, as tables."""

from __future__ import annotations

import pytest

from bekwaam.domain.accounts.conflicts import (
    CONFLICT_NAMES,
    ConflictReason,
    check_conflict,
    check_no_conflict,
)


@pytest.mark.parametrize(
    ("reasons", "explanation", "wrong"),
    [
        (["family"], "", []),
        (["employer", "taught"], "", []),
        ([], "Ze komt bij ons werken.", []),
        (["other"], "Ze komt bij ons werken.", []),
        ([], " ", ["explanation"]),
        (["other"], "", ["explanation"]),
        (["other", "family"], "", ["explanation"]),
        (["onbekend"], "x", ["reasons"]),
    ],
)
def test_a_conflict_has_a_reason(reasons: list[str], explanation: str, wrong: list[str]) -> None:
    assert [fault.name for fault in check_conflict(reasons, explanation)] == wrong


@pytest.mark.parametrize(
    ("guided", "was_referee", "reason"),
    [(False, False, ""), (True, False, "was_guide"), (False, True, "was_referee"), (True, True, "was_guide")],
)
def test_what_is_on_record_goes_before_a_word(guided: bool, was_referee: bool, reason: str) -> None:
    assert check_no_conflict(guided=guided, was_referee=was_referee).reason == reason


def test_every_reason_has_a_name() -> None:
    assert set(CONFLICT_NAMES) == set(ConflictReason)
