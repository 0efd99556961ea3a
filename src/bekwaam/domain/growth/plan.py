"""Goals and activities of a development plan: what they need, and how far they are. Pure.

A plan is its owner's own word: nobody else judges it, and being done says nothing about a competence. It is a
reason to look at oneself again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bekwaam.domain.days import check_year
from bekwaam.domain.faults import Fault
from bekwaam.domain.growth.rating import Scale, Step, rated_units, scale_of
from bekwaam.domain.growth.ways import Way
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_

MAX_WORDS: Final = 2_000
MAX_NAME: Final = 200
MOST_UNITS: Final = 8

_PAST: Final = N_("This day has passed. Choose a day that is still to come, or leave it open.")
_AHEAD: Final = N_("This day is still to come. Choose the day on which it was done.")
_TOO_LONG: Final = N_("This is too long: 2,000 characters is the most.")
_NO_DAY: Final = N_("Choose the day.")


class Phase(StrEnum):
    """How far an activity or a goal is."""

    TO_DO = "to_do"
    OVERDUE = "overdue"
    DONE = "done"


PHASE_NAMES: Final[dict[Phase, str]] = {
    Phase.TO_DO: N_("to do"),
    Phase.OVERDUE: N_("day passed"),
    Phase.DONE: N_("done"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How many activities there are, how many are done, and from how many evidence was made."""

    planned: int
    done: int
    with_evidence: int


def phase_of(by: date | None, done: date | None, today: date) -> Phase:
    """Return how far something is that is to be done ``by`` a day and was ``done`` on one."""
    if done is not None:
        return Phase.DONE
    return Phase.OVERDUE if by is not None and by < today else Phase.TO_DO


def progress(activities: Iterable[tuple[bool, bool]]) -> Progress:
    """Return the progress over activities, each as whether it is done and whether evidence was made of it."""
    found = list(activities)
    return Progress(len(found), sum(done for done, _ in found), sum(evidence for _, evidence in found))


def values_to_reach(framework: Framework, codes: Collection[str]) -> tuple[str, ...]:
    """Return what a goal about these units can aim for, lowest first: the stages, or the step "yes".

    ``codes`` are units of a self-assessment; where one of them is rated in steps, so is the goal.
    """
    scales = {scale_of(framework, framework.by_code[code]) for code in codes}
    return tuple(stage.code for stage in framework.stages) if scales == {Scale.STAGES} else (Step.YES,)


def check_goal(
    framework: Framework,
    codes: Collection[str],
    value: str,
    words: str,
    by: date | None,
    today: date,
    *,
    by_before: date | None = None,
) -> tuple[Fault, ...]:
    """Return what is wrong with a goal; a day that stood there before (``by_before``) may have passed."""
    faults = []
    known = {item.code for item in rated_units(framework)}
    if not codes or not set(codes) <= known:
        faults.append(Fault("codes", "unknown", N_("Choose at least one part to work on.")))
    elif len(codes) > MOST_UNITS:
        faults.append(Fault("codes", "many", N_("Choose eight parts at most; the rest can be another goal.")))
    elif value not in values_to_reach(framework, codes):
        faults.append(Fault("value", "unknown", N_("Choose where you want to get.")))
    faults += check_words("words", words, N_("Say in your own words what you want to learn."))
    return (*faults, *check_by(by, by_before, today))


def check_activity(
    way: str, words: str, by: date | None, today: date, *, by_before: date | None = None
) -> tuple[Fault, ...]:
    """Return what is wrong with an activity. What no document names has to be told."""
    faults = [] if way in list(Way) else [Fault("way", "unknown", N_("Choose what you are going to do."))]
    if way == Way.OTHER or len(words) > MAX_WORDS:
        faults += check_words("words", words, N_("Say what you are going to do."))
    return (*faults, *check_by(by, by_before, today))


def check_done(done_on: date | None, learned: str, today: date) -> tuple[Fault, ...]:
    """Return what is wrong with how an activity is said to be done."""
    faults = [] if len(learned) <= MAX_WORDS else [Fault("learned", "too_long", _TOO_LONG)]
    return (*_check_day("done_on", done_on, today), *faults)


def check_agreement(name: str, agreed_on: date | None, today: date) -> tuple[Fault, ...]:
    """Return what is wrong with what is written of an agreement on the plan."""
    faults = []
    if not name.strip():
        faults.append(Fault("name", "empty", N_("Say with whom you agreed.")))
    elif len(name) > MAX_NAME:
        faults.append(Fault("name", "too_long", N_("This is too long: 200 characters is the most.")))
    return (*faults, *_check_day("agreed_on", agreed_on, today))


def check_closing(looking_back: str) -> tuple[Fault, ...]:
    """Return what is wrong with what somebody writes at the end of a goal."""
    return () if len(looking_back) <= MAX_WORDS else (Fault("looking_back", "too_long", _TOO_LONG),)


def check_words(name: str, words: str, empty: str) -> list[Fault]:
    """Return what is wrong with words that have to be there; ``empty`` is what to say where they are not."""
    if not words.strip():
        return [Fault(name, "empty", empty)]
    return [Fault(name, "too_long", _TOO_LONG)] if len(words) > MAX_WORDS else []


def check_by(by: date | None, before: date | None, today: date) -> list[Fault]:
    """Return what is wrong with a last day; one that stood there ``before`` may have passed."""
    if by is None or by == before:
        return []
    return [Fault("by", "past", _PAST)] if by < today else [*check_year("by", by, today)]


def _check_day(name: str, day: date | None, today: date) -> list[Fault]:
    if day is None:
        return [Fault(name, "empty", _NO_DAY)]
    return [Fault(name, "ahead", _AHEAD)] if day > today else [*check_year(name, day, today)]
