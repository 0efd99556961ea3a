"""Until when somebody has, and whose turn it is: in days of the Netherlands, also when the clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bekwaam.domain.procedures.states import UNDER_WAY, State
from bekwaam.domain.procedures.terms import (
    AMSTERDAM,
    DUE_NAMES,
    DueKind,
    Hand,
    Judge,
    TermFacts,
    day_of,
    dues,
    is_overdue,
    last_day,
)


def at(text: str) -> datetime:
    """Return a moment, told as people in the Netherlands tell it."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("since", "days", "last"),
    [
        (at("2026-11-01T09:00"), 28, date(2026, 11, 29)),
        # From one minute past midnight until the last minute: the same day.
        (at("2026-11-01T00:00"), 1, date(2026, 11, 2)),
        (at("2026-11-01T23:59"), 1, date(2026, 11, 2)),
        # Half past twelve at night is still yesterday in UTC, and today for who lives here.
        (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), 14, date(2026, 7, 15)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), 14, date(2027, 1, 15)),
        # Over the night in which an hour is left out, and over the one in which an hour is had twice.
        (at("2026-03-28T23:30"), 1, date(2026, 3, 29)),
        (at("2026-03-29T03:30"), 1, date(2026, 3, 30)),
        (at("2026-03-01T12:00"), 42, date(2026, 4, 12)),
        (at("2026-10-24T23:30"), 1, date(2026, 10, 25)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 1, date(2026, 10, 26)),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), 1, date(2026, 10, 26)),
        (at("2028-02-28T12:00"), 1, date(2028, 2, 29)),
    ],
)
def test_a_term_ends_with_a_whole_day(since: datetime, days: int, last: date) -> None:
    assert last_day(State.JUDGING, since, {State.JUDGING: days}) == last


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        (at("2026-03-29T00:00"), False),
        (at("2026-03-29T23:59"), False),
        (at("2026-03-30T00:00"), True),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), True),
    ],
)
def test_the_last_day_counts_until_midnight_where_people_live(moment: datetime, late: bool) -> None:
    assert is_overdue(date(2026, 3, 29), day_of(moment)) is late


@pytest.mark.parametrize("state", State)
def test_a_state_without_a_term_has_no_last_day(state: State) -> None:
    assert last_day(state, at("2026-11-01T09:00"), {}) is None


LAST = date(2026, 12, 1)
FREE, BUSY, TORN = Judge(1, conflict=False), Judge(2, conflict=False), Judge(3, conflict=True)
DONE, ALSO_DONE, SILENT = Judge(1, False, True), Judge(2, False, True), Judge(4)
CANDIDATE, COORDINATOR = (Hand.CANDIDATE, None), (Hand.COORDINATOR, None)
ASSIGN = (DueKind.ASSIGN, *COORDINATOR)


def judge(kind: DueKind, person: int) -> tuple[DueKind, Hand, int]:
    return (kind, Hand.ASSESSOR, person)


@pytest.mark.parametrize(
    ("state", "guided", "judges", "decided", "expected"),
    [
        ("intake", False, [], False, [(DueKind.CONSENT, *CANDIDATE), ASSIGN]),
        ("intake", True, [FREE, BUSY], False, [(DueKind.CONSENT, *CANDIDATE)]),
        ("portfolio", True, [FREE, BUSY], False, [(DueKind.HAND_IN, *CANDIDATE)]),
        ("portfolio", True, [FREE], False, [(DueKind.HAND_IN, *CANDIDATE), ASSIGN]),
        ("portfolio", False, [FREE, BUSY], False, [(DueKind.HAND_IN, *CANDIDATE), ASSIGN]),
        ("portfolio", True, [FREE, TORN], False, [(DueKind.HAND_IN, *CANDIDATE), ASSIGN]),
        ("judging", True, [FREE, BUSY], False, [judge(DueKind.JUDGE, 1), judge(DueKind.JUDGE, 2)]),
        ("judging", False, [FREE, BUSY], False, [judge(DueKind.JUDGE, 1), judge(DueKind.JUDGE, 2)]),
        ("judging", True, [DONE, SILENT], False, [judge(DueKind.DECLARE, 4)]),
        ("judging", True, [DONE, TORN], False, [ASSIGN]),
        ("judging", True, [FREE], False, [judge(DueKind.JUDGE, 1), ASSIGN]),
        ("judging", True, [DONE], False, [ASSIGN]),
        ("judging", True, [DONE, ALSO_DONE], False, [(DueKind.REVEAL, *COORDINATOR)]),
        (
            "deciding",
            True,
            [DONE, ALSO_DONE],
            False,
            [judge(DueKind.SETTLE, 1), judge(DueKind.SETTLE, 2), (DueKind.SETTLE, *COORDINATOR)],
        ),
        ("deciding", True, [DONE, ALSO_DONE], True, [(DueKind.ISSUE, *COORDINATOR)]),
        ("issued", True, [DONE, ALSO_DONE], True, []),
        ("objection", True, [DONE, ALSO_DONE], True, [(DueKind.ANSWER, *COORDINATOR)]),
        ("withdrawn", True, [FREE, BUSY], False, []),
        ("closed", True, [DONE, ALSO_DONE], True, []),
        ("erased", False, [], True, []),
    ],
)
def test_whose_turn_it_is(
    state: str,
    guided: bool,
    judges: list[Judge],
    decided: bool,
    expected: list[tuple[DueKind, Hand, int | None]],
) -> None:
    facts = TermFacts(State(state), LAST, guided, tuple(judges), 2, decided)
    found = dues(facts, LAST)
    assert [(due.kind, due.hand, due.person) for due in found] == expected
    assert not any(due.overdue for due in found)
    assert all(due.overdue and due.on == LAST for due in dues(facts, date(2026, 12, 2)))


def test_without_a_last_day_nobody_is_late() -> None:
    for state in State:
        assert dues(TermFacts(state, None, False, (), 2), LAST) == ()


def test_while_a_procedure_runs_it_is_always_somebodys_turn() -> None:
    for state in UNDER_WAY:
        for judges in ((), (FREE,), (FREE, TORN), (DONE, ALSO_DONE), (TORN, TORN)):
            assert dues(TermFacts(state, LAST, True, judges, 2), LAST), (state, judges)


def test_everything_that_can_be_due_has_a_name() -> None:
    assert set(DUE_NAMES) == set(DueKind)


def test_what_was_judged_again_over_an_objection_waits_for_the_answer_elsewhere() -> None:
    again = TermFacts(
        State.DECIDING, LAST, True, (DONE, ALSO_DONE), 2, decided=True, because_of_objection=True
    )
    assert dues(again, LAST) == ()
