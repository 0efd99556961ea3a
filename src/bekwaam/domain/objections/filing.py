"""When a candidate can object to an outcome, about what, and when the answer has to be there.

Source: objection within 14 days, independent re-assessment, answer within six weeks (design, *Field
rules*); the numbers are settings of the provider (:mod:`bekwaam.domain.assessment.working`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.domain.procedures.following import check_units
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.wording import N_

LONGEST_GROUNDS: Final = 10_000
LONGEST_ANSWER: Final = 10_000


def last_day(issued_on: date, days: int) -> date:
    """Return the last day for objecting, which counts whole: the day of issuing itself does not count."""
    return issued_on + timedelta(days=days)


def answer_by(filed_on: date, weeks: int) -> date:
    """Return the last day for answering an objection."""
    return filed_on + timedelta(weeks=weeks)


@dataclass(frozen=True, slots=True)
class FilingFacts:
    """What is known when somebody wants to object.

    ``until`` is the last day for it; ``disputable`` what was judged here and was not judged again over an
    objection before.
    """

    today: date
    until: date
    disputable: tuple[str, ...]
    superseded: bool = False


def check_filing(facts: FilingFacts) -> Verdict:
    """Tell whether an objection can be filed. Days are those of the calendar where the provider is."""
    if facts.superseded:
        message = N_("This outcome was replaced by a newer one. You can object to the newer one.")
        return refused("superseded", message)
    if not facts.disputable:
        message = N_("Everything here has been judged again over an objection. You cannot object once more.")
        return refused("judged_again", message)
    if facts.today > facts.until:
        return refused("too_late", N_("The term for objecting is over."))
    return ALLOWED


def check_objection(units: Collection[str], grounds: str, disputable: Collection[str]) -> tuple[Fault, ...]:
    """Return everything that is wrong with an objection: it names what it is about, and why."""
    faults = list(check_units(units, disputable, "units"))
    if not grounds.strip():
        faults.append(Fault("grounds", "empty", N_("Write down why you do not agree.")))
    return (*faults, *_too_long("grounds", grounds, LONGEST_GROUNDS))


def check_answer(text: str) -> tuple[Fault, ...]:
    """Return what is wrong with the text of an answer."""
    if not text.strip():
        return (Fault("text", "empty", N_("Write down the answer, for the candidate to read.")),)
    return _too_long("text", text, LONGEST_ANSWER)


def _too_long(name: str, text: str, limit: int) -> tuple[Fault, ...]:
    if len(text.strip()) <= limit:
        return ()
    message = N_("This is too long: {limit} characters is the most.")
    return (Fault(name, "too_long", message, {"limit": limit}),)
