"""Puts what a programme leads to beside the numbers of a cohort, in Dutch and English."""

from __future__ import annotations

from collections.abc import Sequence

from bekwaam.domain.growth.gap_words import value_name
from bekwaam.domain.teams.series import Reach
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_, listed, say


def explain_promise(framework: Framework, code: str, stage: str, found: Reach | None, language: str) -> str:
    """Return what a programme leads to for a unit beside how many of a cohort are there or further.

    What cannot be told is for :func:`explain_untold`.
    """
    values = {
        "unit": f"{code} {framework.by_code[code].name(language)}",
        "stage": value_name(framework, stage, language),
    }
    if found is None:
        return say(language, "{unit}: the programme leads to {stage}. It was not counted.", **values)
    if found.exact:
        message = N_("{unit}: the programme leads to {stage}. {low} of {people} are there or further.")
        return say(language, message, low=found.low, people=found.people, **values)
    message = N_(
        "{unit}: the programme leads to {stage}. Between {low} and {high} of {people} are there or further."
    )
    return say(language, message, low=found.low, high=found.high, people=found.people, **values)


def explain_untold(framework: Framework, asked: Sequence[tuple[str, str]], language: str) -> str:
    """Return of which units, each with the stage that the programme leads to, no number can be told."""
    names = [
        f"{code} {framework.by_code[code].name(language)} ({value_name(framework, stage, language)})"
        for code, stage in asked
    ]
    message = N_("Of these it cannot be told how many are there, without telling about a few: {units}.")
    return say(language, message, units=listed(language, names))
