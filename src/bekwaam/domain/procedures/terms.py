"""Until when somebody has for their part of a procedure, and whose part it is now.

The number of days of each state is the provider's (``domain/assessment/working.py``), as it stood when the
procedure started. Days are days in the Netherlands: a term of 28 days that begins on the 1st, at whatever
hour, ends with the 29th, and that day still counts whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bekwaam.domain.procedures.states import State
from bekwaam.wording import N_

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


class DueKind(StrEnum):
    """What has to be done by then."""

    ASSIGN = "assign"
    CONSENT = "consent"
    HAND_IN = "hand_in"
    DECLARE = "declare"
    JUDGE = "judge"
    REVEAL = "reveal"
    SETTLE = "settle"
    ISSUE = "issue"
    ANSWER = "answer"


DUE_NAMES: Final[dict[DueKind, str]] = {
    DueKind.ASSIGN: N_("Choose who guides and who judges"),
    DueKind.CONSENT: N_("Give consent"),
    DueKind.HAND_IN: N_("Hand in your portfolio"),
    DueKind.DECLARE: N_("Declare on conflicts of interest, then judge"),
    DueKind.JUDGE: N_("Judge the portfolio"),
    DueKind.REVEAL: N_("Reveal the judgements"),
    DueKind.SETTLE: N_("Settle the final judgements and the outcome"),
    DueKind.ISSUE: N_("Issue the certificate"),
    DueKind.ANSWER: N_("Answer the objection"),
}


class Hand(StrEnum):
    """Whose turn it is: as what somebody works in the procedure."""

    CANDIDATE = "candidate"
    ASSESSOR = "assessor"
    COORDINATOR = "coordinator"


HAND_NAMES: Final[dict[Hand, str]] = {
    Hand.CANDIDATE: N_("the candidate"),
    Hand.ASSESSOR: N_("the assessor"),
    Hand.COORDINATOR: N_("the coordinator"),
}


@dataclass(frozen=True, slots=True)
class Judge:
    """A running assessor: what they declared last (None: nothing yet), and whether they finished judging."""

    person: int
    conflict: bool | None = None
    finished: bool = False


@dataclass(frozen=True, slots=True)
class TermFacts:
    """What is known of a procedure. ``due_on`` is None where its state has no term.

    ``because_of_objection`` tells that it judges again what was objected to: once it is decided, what has to
    be done is the answer, and that is due in the procedure before it.
    """

    state: State
    due_on: date | None
    has_guide: bool
    judges: tuple[Judge, ...]
    judges_needed: int
    decided: bool = False
    because_of_objection: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """Something that somebody has to do, ``on`` this day at the latest.

    ``person`` is filled in for an assessor: each has a part of their own.
    """

    kind: DueKind
    on: date
    hand: Hand
    overdue: bool
    person: int | None = None


def day_of(moment: datetime) -> date:
    """Return the day in the Netherlands on which a moment falls."""
    return moment.astimezone(AMSTERDAM).date()


def last_day(state: State, since: datetime, terms: Mapping[State, int]) -> date | None:
    """Return the last day of a state that began at ``since``; None where the state has no term."""
    days = terms.get(state)
    return day_of(since) + timedelta(days=days) if days else None


def is_overdue(on: date, today: date) -> bool:
    """Tell whether a term is over: the last day itself still counts."""
    return today > on


def dues(facts: TermFacts, today: date) -> tuple[Due, ...]:
    """Return what has to be done now in a procedure, and by whom; nothing where its state has no term."""
    if facts.due_on is None:
        return ()
    on, late = facts.due_on, is_overdue(facts.due_on, today)
    return tuple(Due(kind, on, hand, late, person) for kind, hand, person in _parts(facts))


def _parts(facts: TermFacts) -> list[tuple[DueKind, Hand, int | None]]:
    match facts.state:
        case State.INTAKE:
            return [(DueKind.CONSENT, Hand.CANDIDATE, None), *_to_assign(facts)]
        case State.PORTFOLIO:
            return [(DueKind.HAND_IN, Hand.CANDIDATE, None), *_to_assign(facts)]
        case State.JUDGING:
            return _while_judging(facts)
        case State.DECIDING if facts.decided:
            return [] if facts.because_of_objection else [(DueKind.ISSUE, Hand.COORDINATOR, None)]
        case State.DECIDING:
            settling = [(DueKind.SETTLE, Hand.ASSESSOR, judge.person) for judge in facts.judges]
            return [*settling, (DueKind.SETTLE, Hand.COORDINATOR, None)]
        case State.OBJECTION:
            return [(DueKind.ANSWER, Hand.COORDINATOR, None)]
        case _:
            return []


def _to_assign(facts: TermFacts) -> list[tuple[DueKind, Hand, int | None]]:
    short = len(facts.judges) < facts.judges_needed or any(judge.conflict for judge in facts.judges)
    lacking = short or (not facts.has_guide and facts.state is not State.JUDGING)
    return [(DueKind.ASSIGN, Hand.COORDINATOR, None)] if lacking else []


def _while_judging(facts: TermFacts) -> list[tuple[DueKind, Hand, int | None]]:
    free = [judge for judge in facts.judges if not judge.conflict]
    judging: list[tuple[DueKind, Hand, int | None]] = [
        (DueKind.DECLARE if judge.conflict is None else DueKind.JUDGE, Hand.ASSESSOR, judge.person)
        for judge in free
        if not judge.finished
    ]
    found = [*judging, *_to_assign(facts)]
    return found or [(DueKind.REVEAL, Hand.COORDINATOR, None)]
