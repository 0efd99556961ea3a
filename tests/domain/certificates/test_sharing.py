"""What a share link may be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bekwaam.domain.certificates.sharing import (
    LINK_STATE_NAMES,
    MOST_OPEN,
    LinkState,
    Wish,
    link_state,
    may_make,
    wish_faults,
)

TODAY = date(2026, 11, 26)
UNTIL = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wish", "reasons"),
    [
        (Wish("outcome", TODAY), {}),
        (Wish("reasons", date(2027, 11, 26), "x" * 120, shows_name=True), {}),
        (Wish("outcome", date(2027, 11, 27)), {"until": "too_late"}),
        (Wish("outcome", date(2026, 11, 25)), {"until": "past"}),
        (Wish("outcome", None), {"until": "required"}),
        (Wish("everything", TODAY), {"depth": "required"}),
        (Wish("", None, "x" * 121), {"depth": "required", "until": "required", "label": "too_long"}),
    ],
)
def test_what_is_filled_in_is_right_or_says_what_is_not(wish: Wish, reasons: dict[str, str]) -> None:
    faults = wish_faults(wish, TODAY)
    assert {fault.name: fault.reason for fault in faults} == reasons
    assert all(fault.text("nl") for fault in faults)


@pytest.mark.parametrize(
    ("withdrawn", "since", "state"),
    [
        (False, -1, LinkState.OPEN),
        (False, 0, LinkState.EXPIRED),
        (True, -1, LinkState.WITHDRAWN),
        (True, 1, LinkState.WITHDRAWN),
    ],
)
def test_a_link_works_until_its_end_unless_withdrawn(withdrawn: bool, since: int, state: LinkState) -> None:
    assert link_state(UNTIL, withdrawn, UNTIL + timedelta(seconds=since)) is state


def test_there_is_an_end_to_how_many_links_work_at_once() -> None:
    assert may_make(MOST_OPEN - 1)
    assert may_make(MOST_OPEN).reason == "too_many"
    assert set(LINK_STATE_NAMES) == set(LinkState)
