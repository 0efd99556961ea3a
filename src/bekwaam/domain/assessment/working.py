"""How a provider works on a standard: what the standard itself leaves to whoever judges by it.

A procedure keeps what held when it started; a change counts for procedures that start after it. The usual
numbers are those of most providers (design, *Field rules*: two assessors, a second instrument, an objection
within 14 days, an answer within six weeks).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from bekwaam.domain.assessment.findings import SECOND_INSTRUMENTS
from bekwaam.domain.assessment.instruments import USUALLY_ASKED, InstrumentRule, InstrumentsAsked
from bekwaam.domain.faults import Fault
from bekwaam.domain.procedures.states import State
from bekwaam.wording import N_

USUAL_ASSESSORS: Final = 2
MOST_ASSESSORS: Final = 3
USUAL_TERMS: Final[Mapping[State, int]] = MappingProxyType(
    {State.INTAKE: 28, State.PORTFOLIO: 182, State.JUDGING: 42, State.DECIDING: 21}
)
MOST_DAYS: Final = 730
USUAL_OBJECTION_DAYS: Final = 14
MOST_OBJECTION_DAYS: Final = 365
USUAL_FACTS_DAYS: Final = 7
MOST_FACTS_DAYS: Final = 90
USUAL_ANSWER_WEEKS: Final = 6
MOST_ANSWER_WEEKS: Final = 52
LONGEST_REASON: Final = 2000


@dataclass(frozen=True, slots=True)
class WayOfWorking:
    """What a provider has settled for a standard.

    ``role_split`` asks for one assessor of the subject and one general one; ``terms`` holds the number of
    days for each state on the way; ``facts_days`` counts from the decision, ``objection_days`` from the
    outcome and ``answer_weeks`` from the objection.
    """

    assessors: int = USUAL_ASSESSORS
    role_split: bool = False
    asked: InstrumentsAsked = USUALLY_ASKED
    terms: Mapping[State, int] = field(default_factory=lambda: USUAL_TERMS)
    objection_days: int = USUAL_OBJECTION_DAYS
    answer_weeks: int = USUAL_ANSWER_WEEKS
    facts_days: int = USUAL_FACTS_DAYS

    @property
    def all_terms(self) -> Mapping[State, int]:
        """Return the days of every state that has a term, that of answering an objection among them."""
        return {**self.terms, State.OBJECTION: 7 * self.answer_weeks}


def check_way(way: WayOfWorking) -> tuple[Fault, ...]:
    """Return everything about a way of working that makes no sense."""
    faults = [
        *_number("assessors", way.assessors, MOST_ASSESSORS),
        *_number("objection_days", way.objection_days, MOST_OBJECTION_DAYS),
        *_number("answer_weeks", way.answer_weeks, MOST_ANSWER_WEEKS),
        *_number("facts_days", way.facts_days, MOST_FACTS_DAYS),
    ]
    for state in USUAL_TERMS:
        faults += _number(f"term_{state.value}", way.terms.get(state, 0), MOST_DAYS)
    if way.role_split and way.assessors < 2:
        message = N_("With one assessor the two roles cannot be divided. Choose two or three.")
        faults.append(Fault("role_split", "too_few", message))
    return (*faults, *_asked_faults(way.asked))


def _number(name: str, number: int, most: int) -> list[Fault]:
    if 1 <= number <= most:
        return []
    return [Fault(name, "out_of_range", N_("Choose a number from 1 to {most}."), {"most": most})]


def _asked_faults(asked: InstrumentsAsked) -> list[Fault]:
    if asked.rule is InstrumentRule.THESE:
        if not asked.kinds:
            return [Fault("instruments", "empty", N_("Choose at least one instrument."))]
        if not SECOND_INSTRUMENTS.issuperset(asked.kinds):
            return [Fault("instruments", "unknown", N_("Choose an interview, an observation or a test."))]
    if asked.rule is InstrumentRule.NONE and not asked.reason.strip():
        message = N_("Write down why the portfolio alone suffices. Whoever audits you reads this.")
        return [Fault("no_instrument_reason", "empty", message)]
    if len(asked.reason) > LONGEST_REASON:
        too_long = N_("This is too long: {limit} characters is the most.")
        return [Fault("no_instrument_reason", "too_long", too_long, {"limit": LONGEST_REASON})]
    return []
