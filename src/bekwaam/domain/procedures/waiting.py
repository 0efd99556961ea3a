"""What a procedure waits for, so that a coordinator sees at a glance where to help.

Worked out from facts that a list can read for many procedures at once; what exactly is missing before a
decision stands in :mod:`bekwaam.domain.assessment.decision`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.domain.procedures.states import State
from bekwaam.wording import N_


class Waiting(StrEnum):
    """What has to happen next."""

    GUIDE = "guide"
    ASSESSORS = "assessors"
    CONFLICT = "conflict"
    CONSENT = "consent"
    PORTFOLIO = "portfolio"
    DECLARATIONS = "declarations"
    JUDGING = "judging"
    REVEAL = "reveal"
    THIRD = "third"
    FINALS = "finals"
    FACTS_ANSWER = "facts_answer"
    FACTS = "facts"
    ISSUE = "issue"
    OBJECTION = "objection"
    REJUDGING = "rejudging"
    ANSWER = "answer"
    CLOSE = "close"
    NOTHING = "nothing"


WAITING_NAMES: Final[dict[Waiting, str]] = {
    Waiting.GUIDE: N_("Assign a guide"),
    Waiting.ASSESSORS: N_("Assign assessors"),
    Waiting.CONFLICT: N_("Replace an assessor: conflict of interest"),
    Waiting.CONSENT: N_("The candidate gives consent"),
    Waiting.PORTFOLIO: N_("The candidate collects evidence"),
    Waiting.DECLARATIONS: N_("Assessors declare on conflicts of interest"),
    Waiting.JUDGING: N_("The assessors judge"),
    Waiting.REVEAL: N_("Reveal the judgements"),
    Waiting.THIRD: N_("Assign a third assessor: the two cannot agree"),
    Waiting.FINALS: N_("Final judgements and outcome"),
    Waiting.FACTS_ANSWER: N_("Answer a request to correct facts"),
    Waiting.FACTS: N_("The candidate checks the facts"),
    Waiting.ISSUE: N_("Issue the certificate"),
    Waiting.OBJECTION: N_("Handle the objection"),
    Waiting.REJUDGING: N_("Others judge again, because of the objection"),
    Waiting.ANSWER: N_("Answer the objection"),
    Waiting.CLOSE: N_("Close the procedure"),
    Waiting.NOTHING: N_("Nothing more"),
}

# What only the coordinator can do.
FOR_COORDINATOR: Final = frozenset(
    {
        Waiting.GUIDE,
        Waiting.ASSESSORS,
        Waiting.CONFLICT,
        Waiting.REVEAL,
        Waiting.THIRD,
        Waiting.FACTS_ANSWER,
        Waiting.ISSUE,
        Waiting.OBJECTION,
        Waiting.ANSWER,
        Waiting.CLOSE,
    }
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a procedure. The counts are of running assessors, a third among them.

    ``facts_unanswered`` counts requests to correct facts; ``facts_checked`` tells whether the candidate said
    that they are right, or the term for it is over.
    ``because_of_objection`` tells that it judges again what was objected to; ``rejudging`` is, of a
    procedure in objection, whether somebody judges again (None: not yet) and is done with it (True).
    ``wants_third`` says that the assessors cannot agree and that there is no third yet.
    """

    state: State
    has_guide: bool
    assessors: int
    assessors_needed: int
    declared: int = 0
    conflicts: int = 0
    finished: int = 0
    decided: bool = False
    facts_unanswered: int = 0
    facts_checked: bool = False
    because_of_objection: bool = False
    rejudging: bool | None = None
    wants_third: bool = False


def waits_for(facts: Facts) -> Waiting:
    """Return the first thing that has to happen next."""
    match facts.state:
        case State.INTAKE | State.PORTFOLIO:
            return _while_collecting(facts)
        case State.JUDGING:
            return _while_judging(facts)
        case State.DECIDING:
            return _after_deciding(facts) if facts.decided else _while_deciding(facts)
        case State.OBJECTION:
            return _in_objection(facts)
        case State.ISSUED:
            return Waiting.CLOSE
        case _:
            return Waiting.NOTHING


def _in_objection(facts: Facts) -> Waiting:
    if facts.rejudging is None:
        return Waiting.OBJECTION
    return Waiting.ANSWER if facts.rejudging else Waiting.REJUDGING


def _while_collecting(facts: Facts) -> Waiting:
    if not facts.has_guide:
        return Waiting.GUIDE
    if facts.conflicts:
        return Waiting.CONFLICT
    if facts.assessors < facts.assessors_needed:
        return Waiting.ASSESSORS
    return Waiting.CONSENT if facts.state is State.INTAKE else Waiting.PORTFOLIO


def _while_judging(facts: Facts) -> Waiting:
    if facts.conflicts:
        return Waiting.CONFLICT
    if facts.assessors < facts.assessors_needed:
        return Waiting.ASSESSORS
    if facts.declared < facts.assessors:
        return Waiting.DECLARATIONS
    return Waiting.JUDGING if facts.finished < facts.assessors else Waiting.REVEAL


def _while_deciding(facts: Facts) -> Waiting:
    if facts.conflicts:
        return Waiting.CONFLICT
    if facts.assessors < facts.assessors_needed:
        return Waiting.ASSESSORS
    if facts.wants_third:
        return Waiting.THIRD
    if facts.declared < facts.assessors:
        return Waiting.DECLARATIONS
    return Waiting.JUDGING if facts.finished < facts.assessors else Waiting.FINALS


def _after_deciding(facts: Facts) -> Waiting:
    if facts.because_of_objection:  # its facts were checked the first time
        return Waiting.ANSWER
    if facts.facts_unanswered:
        return Waiting.FACTS_ANSWER
    return Waiting.ISSUE if facts.facts_checked else Waiting.FACTS
