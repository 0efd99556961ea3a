"""The way of a procedure, as components/steps.html shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from bekwaam.domain.procedures.states import MAIN_LINE, STATE_NAMES, State


@dataclass(frozen=True, slots=True)
class StepMark:
    """One step of the way, as components/steps.html takes it."""

    label: str
    state: str


def steps(state: State) -> list[StepMark]:
    """Return the way of a procedure with where it is; after its end every step is done."""
    if state in (State.WITHDRAWN, State.ERASED):
        return []
    here = MAIN_LINE.index(state) if state in MAIN_LINE else len(MAIN_LINE)
    marks = ["done"] * here + ["current"] + ["todo"] * len(MAIN_LINE)
    return [StepMark(_(STATE_NAMES[step]), mark) for step, mark in zip(MAIN_LINE, marks, strict=False)]
