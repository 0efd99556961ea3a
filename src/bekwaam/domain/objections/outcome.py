"""What comes of an objection after people who were not involved judged again.

Worked out from the stages before and after of each disputed unit, and from whether the standard is met. It
says what changed; why, the coordinator writes in the answer. Nobody ends up lower than they were
(:mod:`bekwaam.domain.assessment.carrying`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.domain.assessment.asked import asked_stage
from bekwaam.domain.assessment.carrying import is_higher
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_


class Answer(StrEnum):
    """How an objection ended."""

    TAKEN_BACK = "taken_back"
    NOT_TAKEN_UP = "not_taken_up"
    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"


ANSWER_NAMES: Final[dict[Answer, str]] = {
    Answer.TAKEN_BACK: N_("Taken back by the candidate"),
    Answer.NOT_TAKEN_UP: N_("Not taken up"),
    Answer.UPHELD: N_("Upheld"),
    Answer.PARTLY: N_("Partly upheld"),
    Answer.NOT_UPHELD: N_("Not upheld"),
}
# After these what was disputed has been judged again, and is not judged once more over an objection.
JUDGED_AGAIN: Final = frozenset({Answer.UPHELD, Answer.PARTLY, Answer.NOT_UPHELD})
GIVES_CERTIFICATE: Final = frozenset({Answer.UPHELD, Answer.PARTLY})


class Change(StrEnum):
    """What the new judgement of a disputed unit comes to, beside the old one."""

    HIGHER = "higher"
    SAME = "same"
    LOWER = "lower"


CHANGE_NAMES: Final[dict[Change, str]] = {
    Change.HIGHER: N_("higher"),
    Change.SAME: N_("the same"),
    Change.LOWER: N_("lower; the earlier finding stays"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One disputed unit: the stage before and as judged anew, and whether it now reaches what is asked."""

    unit: str
    before: str | None
    after: str | None
    change: Change
    enough: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The disputed units side by side, whether the standard was and is met, and what that comes to."""

    differences: tuple[Difference, ...]
    met_before: bool
    met_now: bool
    answer: Answer


def compare(
    framework: Framework,
    units: tuple[str, ...],
    before: Mapping[str, str | None],
    after: Mapping[str, str | None],
    *,
    met_before: bool,
    met_now: bool,
) -> Comparison:
    """Return what came of an objection to ``units``.

    Upheld: everything disputed went up, and either each now reaches what the rule asks or the standard is
    met now and was not. Not upheld: nothing went up. Anything between is partly upheld.
    """
    found = tuple(_difference(framework, unit, before.get(unit), after.get(unit)) for unit in units)
    raised = [one for one in found if one.change is Change.HIGHER]
    tipped = met_now and not met_before
    if not raised:
        answer = Answer.NOT_UPHELD
    elif len(raised) == len(found) and (tipped or all(one.enough for one in found)):
        answer = Answer.UPHELD
    else:
        answer = Answer.PARTLY
    return Comparison(found, met_before, met_now, answer)


def _difference(framework: Framework, unit: str, before: str | None, after: str | None) -> Difference:
    change = Change.SAME
    if is_higher(framework, after, before):
        change = Change.HIGHER
    elif is_higher(framework, before, after):
        change = Change.LOWER
    return Difference(unit, before, after, change, framework.reaches(after, asked_stage(framework, unit)))
