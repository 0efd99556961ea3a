"""Choosing the lightest approach that works: facilitate, support or initiate. Pure.

Along the continuum of 000 the professional provides, supports or starts something, and always seeks the
lightest (000 §2, Visie). So the steps are asked from light to heavy; a heavier one comes up only where
somebody says why the lighter one is not enough, and who is not sure tries the lighter one first. Only where
somebody is in danger may the heaviest be taken at once, and then too with the reason. That safety is watched
rests on 004 §1.3; that it may skip the lighter steps is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.domain.portfolio.kinds import StarrField
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.frameworks.guide import Guide, Prompt
from bekwaam.wording import N_, say

BESIDE: Final = "vergelijken"
"""The question that asks which approach is laid beside the own one."""
_TAKEN_OVER: Final = N_("What do you take over from it, and what did you do otherwise?")


class Says(StrEnum):
    """What somebody says to a question of yes or no."""

    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: ``says`` to yes or no, ``text`` in one's own words; *no* to a step needs one."""

    code: str
    text: str = ""
    says: Says | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """Where one is: the answers so far, in the order in which they were asked."""

    given: tuple[Given, ...] = ()

    def answer(self, code: str) -> Given | None:
        """Return what was answered to a question; None where it was not."""
        return next((one for one in self.given if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The step that came out. ``lighter`` are the steps that were not enough, each with the reason.

    ``tried`` says that nobody was sure: it is the lightest to try. ``danger`` is why it was taken at once;
    ``nothing`` is true where no step was said to work: then it is a question to take to others.
    """

    step: str
    lighter: tuple[tuple[str, str], ...] = ()
    tried: bool = False
    danger: str = ""
    nothing: bool = False


def next_question(guide: Guide, way: Way) -> Prompt | None:
    """Return what is asked next; None where everything was answered."""
    return next((prompt for prompt in _asked(guide, way) if way.answer(prompt.code) is None), None)


def may_answer(guide: Guide, way: Way, given: Given) -> Verdict:
    """Tell whether ``given`` answers what is asked now, with the reason where it does not."""
    prompt = next_question(guide, way)
    if prompt is None or prompt.code != given.code:
        return refused("moved_on", "This is not what is asked now. Look at the question that stands here.")
    if prompt.starr:
        return ALLOWED if given.text.strip() else refused("empty", "Write something here.")
    if given.says is None:
        return refused("no_answer", "Choose an answer.")
    danger = prompt == guide.safety
    if danger and given.says is Says.UNSURE:
        return refused("unsure", "If you are not sure, ask somebody now, and then choose yes or no.")
    heavier = Says.YES if danger else Says.NO
    if given.says is heavier and not given.text.strip():
        return refused("no_reason", "Say why. A heavier step needs a reason.")
    return ALLOWED


def answered(guide: Guide, way: Way, given: Given) -> Way:
    """Return the way with an answer more. Raises ValueError with the reason where it is refused."""
    verdict = may_answer(guide, way, given)
    if not verdict:
        raise ValueError(verdict.reason)
    return Way((*way.given, given))


def back(way: Way) -> Way:
    """Return the way without its last answer; the same where there is none."""
    return Way(way.given[:-1])


def chosen(guide: Guide, way: Way) -> Chosen | None:
    """Return the step that comes out; None while it is still asked."""
    danger = way.answer(guide.safety.code)
    if danger is None:
        return None
    heaviest = guide.steps[-1].code
    if danger.says is Says.YES:
        return Chosen(heaviest, danger=danger.text)
    lighter: list[tuple[str, str]] = []
    for step in guide.steps:
        found = way.answer(step.code)
        if found is None:
            return None
        if found.says is not Says.NO:
            return Chosen(step.code, tuple(lighter), tried=found.says is Says.UNSURE)
        lighter.append((step.code, found.text))
    return Chosen(heaviest, tuple(lighter), nothing=True)


def outline(guide: Guide, way: Way, language: str, beside: Sequence[str] = ()) -> dict[StarrField, str]:
    """Return the outline of a STARR story: what was answered, and questions for what is still to be written.

    ``beside`` are the approaches that were laid beside it, each told in a line; they stand below the question
    that asks for them. Raises ValueError while something is still asked. Nothing in it is a judgement;
    whoever writes the story makes it their own, and only then can it become evidence.
    """
    found = chosen(guide, way)
    if found is None or next_question(guide, way) is not None:
        raise ValueError("still_asked")
    parts: dict[StarrField, list[str]] = {part: [] for part in StarrField}
    for prompt in (*guide.opening, *guide.closing):
        given = way.answer(prompt.code)
        if given is not None:
            parts[StarrField(prompt.starr)].append(given.text.strip())
    parts[StarrField.ACTION] = [*explain(guide, found, language), *parts[StarrField.ACTION]]
    for prompt in guide.reflection:
        question = prompt.question[language]
        if beside and prompt.code == BESIDE:
            parts[StarrField(prompt.starr)] += [question, *beside, f"[{say(language, _TAKEN_OVER)}]"]
        else:
            parts[StarrField(prompt.starr)].append(f"[{question}]")
    return {part: "\n".join(lines) for part, lines in parts.items()}


def explain(guide: Guide, found: Chosen, language: str) -> tuple[str, ...]:
    """Return what came out and why nothing lighter, as sentences in the I-form of a story."""
    name = guide.name(found.step)[language].lower()
    lines = [
        say(
            language,
            "{step} was not enough, because: {reason}",
            step=guide.name(step)[language],
            reason=reason.strip(),
        )
        for step, reason in found.lighter
    ]
    if found.danger:
        lines.append(
            say(language, "I chose {step} at once, because: {reason}", step=name, reason=found.danger.strip())
        )
    elif found.nothing:
        lines.append(say(language, "No step seems enough. I take this to colleagues first."))
    elif found.tried:
        lines.append(say(language, "I try {step} first, the lightest that may work.", step=name))
    else:
        lines.append(say(language, "I chose {step}, the lightest that works.", step=name))
    return tuple(lines)


def _asked(guide: Guide, way: Way) -> tuple[Prompt, ...]:
    """Return the questions on this way so far: no heavier step than the lightest that may work.

    Where nothing was said to work there is nothing to step back from, and the closing is left out.
    """
    found = chosen(guide, way)
    if found is not None and found.danger:
        return (*guide.opening, guide.safety, *guide.closing)
    steps: list[Prompt] = []
    for step in guide.steps:
        steps.append(step)
        given = way.answer(step.code)
        if given is None or given.says is not Says.NO:
            break
    closing = () if found is not None and found.nothing else guide.closing
    return (*guide.opening, guide.safety, *steps, *closing)
