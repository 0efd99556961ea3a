"""How a request stands, what an answer must say, and what it is worth later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bekwaam.domain.feedback.asking import (
    LINK_DAYS,
    MAX_ANSWER,
    Confirmed,
    RequestKind,
    RequestState,
    Worth,
    check_answer,
    expiry,
    may_answer,
    state_of,
    worth,
)
from tests.standards import small_standard

ASKED = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = ASKED + timedelta(days=2)
STANDARD = small_standard()


@pytest.mark.parametrize(
    ("now", "withdrawn", "answered", "state"),
    [
        (ASKED, None, None, RequestState.WAITING),
        (ASKED + timedelta(days=LINK_DAYS, seconds=-1), None, None, RequestState.WAITING),
        (ASKED + timedelta(days=LINK_DAYS), None, None, RequestState.EXPIRED),
        (LATER, LATER, None, RequestState.WITHDRAWN),
        (LATER, None, LATER, RequestState.ANSWERED),
        (ASKED + timedelta(days=400), None, LATER, RequestState.ANSWERED),
        (ASKED + timedelta(days=400), LATER, None, RequestState.WITHDRAWN),
    ],
)
def test_how_a_request_stands(
    now: datetime, withdrawn: datetime | None, answered: datetime | None, state: RequestState
) -> None:
    assert state_of(expiry(ASKED), withdrawn, answered, now) is state
    assert bool(may_answer(state)) is (state is RequestState.WAITING)


@pytest.mark.parametrize(
    ("said", "seen", "present", "expected"),
    [
        (Confirmed.YES, "a", "a", Worth.CONFIRMED),
        (Confirmed.PARTLY, "a", "a", Worth.PARTLY),
        (Confirmed.YES, "a", "b", Worth.CHANGED_SINCE),
        (Confirmed.PARTLY, "a", "b", Worth.CHANGED_SINCE),
        (Confirmed.NO, "a", "a", Worth.NOT_CONFIRMED),
        (Confirmed.NO, "a", "b", Worth.NOT_CONFIRMED),
    ],
)
def test_what_an_answer_is_worth(said: Confirmed, seen: str, present: str, expected: Worth) -> None:
    assert worth(said, seen, present) is expected


@pytest.mark.parametrize(
    ("said", "name", "text", "fields"),
    [
        ("yes", "Nel", "", []),
        ("partly", "Nel", "Ik was er pas later bij.", []),
        ("partly", "Nel", "  ", ["text"]),
        ("no", "Nel", "", ["text"]),
        ("", "Nel", "", ["said"]),
        ("misschien", "", "", ["said", "name"]),
        ("yes", "x" * 201, "x" * (MAX_ANSWER + 1), ["text", "name"]),
    ],
)
def test_a_confirmation_says_one_of_three_and_who_says_so(
    said: str, name: str, text: str, fields: list[str]
) -> None:
    faults = check_answer(RequestKind.CONFIRM, said, name, text, {}, None)
    assert [fault.name for fault in faults] == fields


@pytest.mark.parametrize(
    ("ratings", "text", "fields"),
    [
        ({"1.1": "vakbekwaam", "1.2": ""}, "", []),
        ({"1.1": "", "1.2": ""}, "Ik zag haar vooral bij de inloop.", []),
        ({"1.1": "", "1.2": ""}, "", ["text"]),
        ({"1.1": "meester"}, "", ["1.1"]),
    ],
)
def test_a_rating_says_something_that_fits_the_scale(
    ratings: dict[str, str], text: str, fields: list[str]
) -> None:
    faults = check_answer(RequestKind.RATE, "", "Nel", text, ratings, STANDARD)
    assert [fault.name for fault in faults] == fields
