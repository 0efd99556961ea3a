"""When somebody is reminded: a week and a day before, and once after; of what counts now."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bekwaam.domain.procedures.reminding import (
    RemindSettings,
    Stage,
    check_settings,
    is_decent_hour,
    reminds_of_meeting,
    stage_of,
)
from bekwaam.domain.procedures.terms import AMSTERDAM

LAST = date(2026, 12, 10)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("days_before", "stage"),
    [
        (30, None),
        (8, None),
        (7, Stage.FIRST),
        (2, Stage.FIRST),
        (1, Stage.LAST),
        (0, Stage.LAST),
        (-1, Stage.PAST),
        (-30, Stage.PAST),
        (-31, None),
    ],
)
def test_only_the_reminder_that_counts_now(days_before: int, stage: Stage | None) -> None:
    assert stage_of(LAST, LAST - timedelta(days=days_before), RemindSettings()) is stage


def test_a_provider_has_its_own_numbers_or_none_at_all() -> None:
    own = RemindSettings(first=14, last=3)
    assert stage_of(LAST, LAST - timedelta(days=14), own) is Stage.FIRST
    assert stage_of(LAST, LAST - timedelta(days=3), own) is Stage.LAST
    assert stage_of(LAST, LAST, RemindSettings(on=False)) is None


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [
        (7, 1, []),
        (60, 59, []),
        (0, 1, ["first"]),
        (61, 1, ["first"]),
        (7, 0, ["last"]),
        (3, 3, ["last"]),
        (3, 7, ["last"]),
    ],
)
def test_numbers_that_make_no_sense_are_named(first: int, last: int, wrong: list[str]) -> None:
    assert [fault.name for fault in check_settings(RemindSettings(True, first, last))] == wrong


MEETING = at("2026-10-25T09:00")  # the day on which the clock goes back


@pytest.mark.parametrize(
    ("planned", "now", "reminds"),
    [
        ("2026-10-01T12:00", "2026-10-23T23:59", False),
        ("2026-10-01T12:00", "2026-10-24T00:00", True),
        ("2026-10-01T12:00", "2026-10-25T08:59", True),
        ("2026-10-01T12:00", "2026-10-25T09:00", False),
        ("2026-10-23T12:00", "2026-10-24T12:00", True),
        # Planned the day before: the mail about that came only just now.
        ("2026-10-24T08:00", "2026-10-24T12:00", False),
        ("2026-10-25T08:00", "2026-10-25T08:30", False),
    ],
)
def test_an_appointment_is_reminded_of_from_the_day_before(planned: str, now: str, reminds: bool) -> None:
    assert reminds_of_meeting(MEETING, at(planned), at(now)) is reminds


@pytest.mark.parametrize(
    ("moment", "decent"),
    [
        (datetime(2026, 1, 1, 5, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 1, 6, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 1, 5, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 1, 18, 59, tzinfo=UTC), True),
        (datetime(2026, 7, 1, 19, 0, tzinfo=UTC), False),
    ],
)
def test_nobody_gets_mail_at_night(moment: datetime, decent: bool) -> None:
    assert is_decent_hour(moment) is decent
