"""Conclusions are kept as plain data and come back the same; an offered copy names nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bekwaam.domain.deliberation.answers import Options
from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.case_law import Offered, check_offered
from bekwaam.domain.deliberation.inviting import SeatState, may_enter, may_invite, seat_state
from bekwaam.domain.deliberation.plain import from_plain, to_plain
from bekwaam.domain.deliberation.steps import Phase
from bekwaam.domain.deliberation.telling import lines_of
from tests.domain.deliberation.test_steps import ANSWERS, DILEMMAS

NOW = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.mark.parametrize("step", Step)
def test_a_conclusion_comes_back_as_it_was_and_reads_as_lines(step: Step) -> None:
    answer = ANSWERS[step]
    assert from_plain(step, to_plain(answer)) == answer
    options = ANSWERS[Step.OPTIONS]
    assert isinstance(options, Options)
    assert all(lines_of(answer, options, DILEMMAS, "nl"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Gijs zag het anders.", "Gijs"),
        ("Wat Van den Berg zei.", "Berg"),
        ("Een collega zag het anders.", None),
        ("Gijsbrecht zag het anders.", None),  # only whole words
        ("Hij ging van deur tot deur.", None),  # "van" is no name by itself
    ],
)
def test_who_took_part_is_not_named_in_what_is_offered(text: str, named: str | None) -> None:
    offered = Offered("Een deur die dicht blijft", {Step.FACTS: text}, ("D1",))
    faults = check_offered(offered, DILEMMAS, (), ["Gijs van den Berg"])
    assert [fault.values.get("name") for fault in faults] == ([named] if named else [])
    assert check_offered(replace(offered, title=text), DILEMMAS, (), ["Gijs van den Berg"]) or named is None


@pytest.mark.parametrize(
    ("phase", "seats", "waiting", "reason"),
    [
        (Phase.GATHERING, 19, 49, ""),
        (Phase.APART, 1, 0, "begun"),
        (Phase.GATHERING, 20, 0, "full"),
        (Phase.GATHERING, 1, 50, "too_many_waiting"),
    ],
)
def test_how_many_can_be_invited(phase: Phase, seats: int, waiting: int, reason: str) -> None:
    assert may_invite(phase, seats, waiting).reason == reason


@pytest.mark.parametrize(
    ("phase", "facts", "state", "reason"),
    [
        (Phase.GATHERING, {"host"}, SeatState.HOST, ""),
        (Phase.GATHERING, set(), SeatState.INVITED, ""),
        (Phase.GATHERING, {"unsent"}, SeatState.UNSENT, ""),
        (Phase.GATHERING, {"withdrawn"}, SeatState.WITHDRAWN, "withdrawn"),
        (Phase.APART, set(), SeatState.TOO_LATE, "too_late"),
        (Phase.APART, {"joined"}, SeatState.TAKES_PART, ""),
        (Phase.CLOSED, {"joined"}, SeatState.TAKES_PART, ""),
        (Phase.CLOSED, {"joined", "left"}, SeatState.LEFT, ""),
    ],
)
def test_a_seat_and_whether_its_link_opens(
    phase: Phase, facts: set[str], state: SeatState, reason: str
) -> None:
    known = {name: name in facts for name in ("host", "joined", "left", "withdrawn", "unsent")}
    assert seat_state(phase, **known) is state
    assert may_enter(state, NOW + timedelta(days=1), NOW).reason == reason
    assert may_enter(state, NOW, NOW).reason == (reason or "expired")
    assert may_enter(state, None, NOW).reason == reason
