"""Puts a line of a team's plan into sentences, in Dutch and English, without names."""

from __future__ import annotations

from typing import Final

from bekwaam.domain.certificates.days import long_date
from bekwaam.domain.teams.plan import PlanLine, Reason, TeamPlan
from bekwaam.wording import N_, say, say_many

_NOBODY: Final = N_("Covered by nobody, as far as is known; {needed} are needed.")
_REASONS: Final[dict[Reason, str]] = {
    Reason.NOBODY: N_("Nobody says that they work on this, and the team has no goal for it."),
    Reason.PASSED: N_("There is a goal for this, and its day has passed."),
    Reason.AIMED: N_("The team has a goal for this. Nobody says that they work on it themselves."),
    Reason.WORKED: N_("Somebody works on this."),
    Reason.COVERED: N_("Enough members show what is asked."),
}
_WITH_A_DAY: Final[dict[Reason, str]] = {
    Reason.AIMED: N_("The team has a goal for this, by {day}. Nobody says that they work on it themselves."),
    Reason.WORKED: N_("Somebody works on this, by {day}."),
}


def explain_now(line: PlanLine, language: str) -> str:
    """Return how many members cover a unit now, beside how many should."""
    if not line.now:
        return say(language, _NOBODY, needed=line.needed)
    return say_many(
        language,
        "Covered by {number} member; {needed} are needed.",
        "Covered by {number} members; {needed} are needed.",
        len(line.now),
        needed=line.needed,
    )


def explain_reason(line: PlanLine, language: str) -> str:
    """Return why a unit stands in the plan as it does."""
    if line.by is not None and line.reason in _WITH_A_DAY:
        return say(language, _WITH_A_DAY[line.reason], day=long_date(line.by, language))
    return say(language, _REASONS[line.reason])


def explain_then(line: PlanLine, language: str) -> str:
    """Return what would be there if all goals on a unit were reached; empty where that changes nothing."""
    if line.then == line.now:
        return ""
    number = len(line.then)
    if number >= line.needed:
        return say_many(
            language,
            "If the plans succeed, {number} member covers this: enough.",
            "If the plans succeed, {number} members cover this: enough.",
            number,
        )
    return say_many(
        language,
        "If the plans succeed, {number} member of the {needed} that are needed covers this.",
        "If the plans succeed, {number} members of the {needed} that are needed cover this.",
        number,
        needed=line.needed,
    )


def explain_plan(plan: TeamPlan, language: str) -> str:
    """Return in one sentence in how many places the team is thin, now and if every plan succeeds."""
    thin = len(plan.thin)
    if not thin:
        return say(language, "Nowhere: everything that is asked is shown by two members or more.")
    if plan.thin_then == thin:
        return say_many(
            language,
            "The team is thin in {number} place. What is worked on would not change that.",
            "The team is thin in {number} places. What is worked on would not change that.",
            thin,
        )
    return say_many(
        language,
        "The team is thin in {number} place. If all plans succeed, that would be {then}.",
        "The team is thin in {number} places. If all plans succeed, that would be {then}.",
        thin,
        then=plan.thin_then,
    )
