"""Puts what a programme leads to beside the numbers of a cohort, in Dutch and English."""

from __future__ import annotations

from bekwaam.domain.growth.gap_words import value_name
from bekwaam.domain.teams.series import Reach
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_, say


def explain_promise(framework: Framework, code: str, stage: str, found: Reach | None, language: str) -> str:
    """Return what a programme leads to for a unit beside how many of a cohort are there or further."""
    values = {
        "unit": f"{code} {framework.by_code[code].name(language)}",
        "stage": value_name(framework, stage, language),
    }
    if found is None:
        return say(language, "{unit}: the programme leads to {stage}. It was not counted.", **values)
    if not found.told:
        message = N_(
            "{unit}: the programme leads to {stage}. How many are there cannot be told without telling about "
            "a few."
        )
        return say(language, message, **values)
    if found.exact:
        message = N_("{unit}: the programme leads to {stage}. {low} of {people} are there or further.")
        return say(language, message, low=found.low, people=found.people, **values)
    message = N_(
        "{unit}: the programme leads to {stage}. Between {low} and {high} of {people} are there or further."
    )
    return say(language, message, low=found.low, high=found.high, people=found.people, **values)
