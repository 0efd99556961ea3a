"""The states of an EVC procedure and the table of steps between them.

The table is data: the assessment room adds steps (objection, re-assessment) as rows. A step is allowed
when the procedure is in one of its states and every one of its *needs* holds; the first need that does
not hold is the reason given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.wording import N_


class State(StrEnum):
    """Where a procedure stands."""

    INTAKE = "intake"
    PORTFOLIO = "portfolio"
    JUDGING = "judging"
    DECIDING = "deciding"
    ISSUED = "issued"
    OBJECTION = "objection"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    ERASED = "erased"


STATE_NAMES: Final[dict[State, str]] = {
    State.INTAKE: N_("Intake"),
    State.PORTFOLIO: N_("Portfolio"),
    State.JUDGING: N_("Judging"),
    State.DECIDING: N_("Final judgement"),
    State.ISSUED: N_("Certificate issued"),
    State.OBJECTION: N_("Objection"),
    State.WITHDRAWN: N_("Withdrawn"),
    State.CLOSED: N_("Closed"),
    State.ERASED: N_("Erased"),
}

MAIN_LINE: Final = (State.INTAKE, State.PORTFOLIO, State.JUDGING, State.DECIDING, State.ISSUED)
FINISHED: Final = frozenset({State.WITHDRAWN, State.CLOSED, State.ERASED})
# From then on there is an outcome that the candidate sees.
OUTCOME_KNOWN: Final = (State.ISSUED, State.OBJECTION, State.CLOSED)
BEFORE_REVEAL: Final = frozenset({State.INTAKE, State.PORTFOLIO, State.JUDGING})


class Step(StrEnum):
    """What moves a procedure on."""

    OPEN_PORTFOLIO = "open_portfolio"
    HAND_IN = "hand_in"
    GIVE_BACK = "give_back"
    REVEAL = "reveal"
    ISSUE = "issue"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    ERASE = "erase"
    OBJECT = "object"
    TAKE_BACK = "take_back"
    NOT_TAKE_UP = "not_take_up"
    DISMISS = "dismiss"
    UPHOLD = "uphold"
    CONFIRM = "confirm"


class Need(StrEnum):
    """What must hold before a step; worked out by the services from the tables."""

    CONSENT = "consent"
    EVIDENCE = "evidence"
    ASSESSORS = "assessors"
    DECLARATIONS = "declarations"
    ALL_JUDGED = "all_judged"
    NOT_YET_JUDGED = "not_yet_judged"
    DECIDED = "decided"
    FACTS_ANSWERED = "facts_answered"
    FACTS_CHECKED = "facts_checked"
    REASON = "reason"
    TERM_OVER = "term_over"


NEED_MESSAGES: Final[dict[Need, str]] = {
    Need.CONSENT: N_("The candidate has not given consent yet."),
    Need.EVIDENCE: N_("There is no evidence tied to a competence yet. Add at least one piece."),
    Need.ASSESSORS: N_("Not every assessor has been assigned yet."),
    Need.DECLARATIONS: N_("An assessor has not declared yet that there is no conflict of interest."),
    Need.ALL_JUDGED: N_("Not every assessor has finished judging yet."),
    Need.NOT_YET_JUDGED: N_("An assessor has already finished judging; the portfolio cannot go back."),
    Need.DECIDED: N_("The outcome has to be decided first."),
    Need.FACTS_ANSWERED: N_("The candidate asked for a correction of facts that has not been answered yet."),
    Need.FACTS_CHECKED: N_(
        "The candidate can still check the facts: wait for their word, or until the term is over."
    ),
    Need.REASON: N_("Write down the reason."),
    Need.TERM_OVER: N_("The term for which this dossier is kept is not over yet."),
}


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table: a step from any of ``sources`` to ``target``, if every need holds."""

    step: Step
    sources: frozenset[State]
    target: State
    needs: tuple[Need, ...] = ()


UNDER_WAY: Final = frozenset({State.INTAKE, State.PORTFOLIO, State.JUDGING, State.DECIDING})

TRANSITIONS: Final[Mapping[Step, Transition]] = MappingProxyType(
    {
        row.step: row
        for row in (
            Transition(Step.OPEN_PORTFOLIO, frozenset({State.INTAKE}), State.PORTFOLIO, (Need.CONSENT,)),
            Transition(Step.HAND_IN, frozenset({State.PORTFOLIO}), State.JUDGING, (Need.EVIDENCE,)),
            Transition(
                Step.GIVE_BACK,
                frozenset({State.JUDGING}),
                State.PORTFOLIO,
                (Need.NOT_YET_JUDGED, Need.REASON),
            ),
            Transition(
                Step.REVEAL,
                frozenset({State.JUDGING}),
                State.DECIDING,
                (Need.ASSESSORS, Need.DECLARATIONS, Need.ALL_JUDGED),
            ),
            Transition(
                Step.ISSUE,
                frozenset({State.DECIDING}),
                State.ISSUED,
                (Need.DECIDED, Need.FACTS_ANSWERED, Need.FACTS_CHECKED),
            ),
            Transition(Step.CLOSE, frozenset({State.ISSUED}), State.CLOSED),
            Transition(Step.WITHDRAW, UNDER_WAY, State.WITHDRAWN, (Need.REASON,)),
            # Nobody takes this step: it comes when the term is over of who had their account erased.
            Transition(Step.ERASE, frozenset({State.ISSUED, State.CLOSED}), State.ERASED, (Need.TERM_OVER,)),
            # Closing takes nothing from the term for objecting: domain/objections/filing.py keeps that.
            Transition(Step.OBJECT, frozenset({State.ISSUED, State.CLOSED}), State.OBJECTION),
            Transition(Step.TAKE_BACK, frozenset({State.OBJECTION}), State.ISSUED),
            Transition(Step.NOT_TAKE_UP, frozenset({State.OBJECTION}), State.ISSUED, (Need.REASON,)),
            # The two answers after an independent re-assessment; upheld, another certificate takes over.
            Transition(Step.DISMISS, frozenset({State.OBJECTION}), State.ISSUED, (Need.DECIDED, Need.REASON)),
            Transition(Step.UPHOLD, frozenset({State.OBJECTION}), State.CLOSED, (Need.DECIDED, Need.REASON)),
            # A re-assessment that changes nothing ends without a certificate of its own.
            Transition(Step.CONFIRM, frozenset({State.DECIDING}), State.CLOSED, (Need.DECIDED,)),
        )
    }
)


def check_step(step: Step, state: State, holds: frozenset[Need]) -> Verdict:
    """Tell whether ``step`` may be taken from ``state`` when the needs in ``holds`` are fulfilled."""
    row = TRANSITIONS[step]
    if state not in row.sources:
        return refused("wrong_state", N_("This is not possible in the present phase of the procedure."))
    for need in row.needs:
        if need not in holds:
            return refused(f"needs_{need}", NEED_MESSAGES[need])
    return ALLOWED


def after(step: Step) -> State:
    """Return the state that ``step`` leads to."""
    return TRANSITIONS[step].target
