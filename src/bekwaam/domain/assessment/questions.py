"""Questions for an interview, from what an assessor has still open: our own sentences around the indicators.

Only from the assessor's own judgements and from what was handed in, never from what another judged: so the
sheet can be made before the reveal. The questions go along STARR (situation, task, action, result,
reflection) and ask for one occasion, not for opinions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.domain.assessment.asked import asked_stage
from bekwaam.domain.assessment.findings import Finding
from bekwaam.frameworks.model import Framework, Item
from bekwaam.wording import N_


class Why(StrEnum):
    """Why something is still open to an assessor."""

    NOT_JUDGED = "not_judged"
    NOT_SHOWN = "not_shown"
    BELOW = "below"
    THIN = "thin"


WHY_NAMES: Final[dict[Why, str]] = {
    Why.NOT_JUDGED: N_("you have not judged this yet"),
    Why.NOT_SHOWN: N_("you have not seen this yet"),
    Why.BELOW: N_("you saw a lower stage than the standard asks"),
    Why.THIN: N_("there is little evidence"),
}

# Around the text of an indicator; they take turns, so that a conversation is no list.
OPENERS: Final = (
    N_("“{indicator}” When did you do this? Tell about that one time: where was it and who was there?"),
    N_("“{indicator}” Which occasion comes to mind? What was going on?"),
    N_("“{indicator}” When was this hard? Take me along to that moment."),
)
FOLLOW_UPS: Final = (
    N_("Task: what was yours to do there, and what was not?"),
    N_("Action: what did you do or say, step by step? Why that?"),
    N_("Result: what came of it, and how do you know?"),
    N_("Reflection: what would you do the same way again, and what not?"),
)


@dataclass(frozen=True, slots=True)
class OpenUnit:
    """A unit that an assessor can ask about, for which reasons, and the indicators to ask after."""

    code: str
    why: tuple[Why, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question: a msgid to be filled with the text of the indicator ``code``."""

    code: str
    message: str


def open_units(
    framework: Framework, units: Iterable[str], own: Mapping[str, Finding], thin: Collection[str]
) -> tuple[OpenUnit, ...]:
    """Return the units that are open to an assessor, in the order of ``units``.

    ``own`` are their own judgements by unit; ``thin`` the units with less evidence than is usual.
    """
    found = []
    for code in units:
        why = _why(framework, code, own.get(code), code in thin)
        if why:
            found.append(OpenUnit(code, why, _indicators(framework, code)))
    return tuple(found)


def _why(framework: Framework, code: str, own: Finding | None, thin: bool) -> tuple[Why, ...]:
    reasons = []
    asked = asked_stage(framework, code)
    if own is None:
        reasons.append(Why.NOT_JUDGED)
    elif own.stage is None:
        reasons.append(Why.NOT_SHOWN)
    elif asked and framework.stage_by_code[own.stage].rank < framework.stage_by_code[asked].rank:
        reasons.append(Why.BELOW)
    if thin:
        reasons.append(Why.THIN)
    return tuple(reasons)


def _indicators(framework: Framework, code: str) -> tuple[str, ...]:
    """Return what to ask after: the indicators of the stage that is asked, or else all, or the unit."""
    below = framework.children(code, "indicator")
    asked = asked_stage(framework, code)
    fitting: tuple[Item, ...] = tuple(item for item in below if item.stage == asked) or below
    return tuple(item.code for item in fitting) or (code,)


def questions(unit: OpenUnit, begin: int = 0) -> tuple[Question, ...]:
    """Return an opening question for each indicator; ``begin`` says which opener comes first."""
    return tuple(
        Question(code, OPENERS[(begin + at) % len(OPENERS)]) for at, code in enumerate(unit.indicators)
    )
