"""The steps of a moral deliberation, and what each asks, with the place in the documents that it rests on.

A dilemma is no choice between good and bad but a search for the best there is, so the question is *how* and
not *either/or* (000, bijlage 2). A description has to be one in which all concerned can recognise themselves
(001 §5). The order of the steps is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.frameworks.model import Source
from bekwaam.wording import N_


class Step(StrEnum):
    """The steps, in their order."""

    FACTS = "facts"
    CONCERNED = "concerned"
    VALUES = "values"
    RESEMBLES = "resembles"
    CODE = "code"
    OPTIONS = "options"
    CHOICE = "choice"
    LOOKING_BACK = "looking_back"


@dataclass(frozen=True, slots=True)
class Asked:
    """What one step asks: ``name`` and ``questions`` are msgids."""

    name: str
    questions: tuple[str, ...]
    source: Source


_APPENDIX: Final = Source("000", "bijlage 2")
_INVOLVEMENT: Final = Source("001", "5, Betrokkenheid als voorwaarde")
_DILEMMAS: Final = Source("000", "2, Omgaan met keuzes en dilemma’s")

ASKED: Final[dict[Step, Asked]] = {
    Step.FACTS: Asked(
        N_("What happened"),
        (
            N_("What happened, as exactly as you can tell it?"),
            N_("What do you know for certain, and what do you think?"),
        ),
        _INVOLVEMENT,
    ),
    Step.CONCERNED: Asked(
        N_("Who is concerned"),
        (
            N_("Who is concerned, also those who are not at the table?"),
            N_("Would each of them recognise themselves in what stands here, and feel done justice?"),
        ),
        _INVOLVEMENT,
    ),
    Step.VALUES: Asked(
        N_("Which values are at stake"),
        (N_("What matters here, to whom?"), N_("Which of these pull in different directions?")),
        _APPENDIX,
    ),
    Step.RESEMBLES: Asked(
        N_("What it resembles"),
        (N_("Which kind of dilemma is this, and which known case is close to it?"),),
        _APPENDIX,
    ),
    Step.CODE: Asked(
        N_("What the professional code says"),
        (N_("Which articles of your professional code are about this?"), N_("What do they ask of you here?")),
        _DILEMMAS,
    ),
    Step.OPTIONS: Asked(
        N_("How it can be done"),
        (
            N_("How could you do it? Look for ways in which more than one value gets its due."),
            N_("What does each way cost, and who pays for it?"),
        ),
        _APPENDIX,
    ),
    Step.CHOICE: Asked(
        N_("What you choose and why"),
        (
            N_("What do you choose?"),
            N_("Which reason can you give to all who are concerned, and to yourself?"),
        ),
        _DILEMMAS,
    ),
    Step.LOOKING_BACK: Asked(
        N_("Looking back"),
        (
            N_("How did it go, and for whom?"),
            N_("Would you choose the same again, and what did you learn?"),
        ),
        Source("004", "2.7"),
    ),
}


def following(step: Step) -> Step | None:
    """Return the step after this one; None after the last."""
    steps = list(Step)
    place = steps.index(step) + 1
    return steps[place] if place < len(steps) else None


def comes_before(one: Step, other: Step) -> bool:
    """Tell whether ``one`` is earlier than ``other``."""
    steps = list(Step)
    return steps.index(one) < steps.index(other)
