"""What was concluded, in lines to read; and as the beginning of a STARR story. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bekwaam.domain.deliberation.answers import (
    Answer,
    Choice,
    Concerned,
    FromCode,
    Options,
    Recognition,
    Resembles,
    Told,
    Values,
)
from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.steps import Deliberation
from bekwaam.domain.portfolio.kinds import StarrField
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_, listed, say

RECOGNITION_NAMES: Final[dict[Recognition, str]] = {
    Recognition.YES: N_("recognises themselves in it"),
    Recognition.NO: N_("does not recognise themselves in it"),
    Recognition.NOT_ASKED: N_("could not be asked"),
}

# Where each step stands in a story. What others said is no evidence of one's own work.
_PART_OF: Final[dict[Step, StarrField]] = {
    Step.FACTS: StarrField.SITUATION,
    Step.CONCERNED: StarrField.SITUATION,
    Step.VALUES: StarrField.TASK,
    Step.RESEMBLES: StarrField.TASK,
    Step.CODE: StarrField.ACTION,
    Step.OPTIONS: StarrField.ACTION,
    Step.CHOICE: StarrField.ACTION,
    Step.LOOKING_BACK: StarrField.RESULT,
}
_OWN_PART: Final = N_("[What did you say and do in this yourself?]")
_LEARNED: Final = N_("[What did you learn, and what would you do otherwise?]")


@dataclass(frozen=True, slots=True)
class Concluded:
    """What was last concluded at a step, in lines."""

    step: Step
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the lines as one text."""
        return "\n".join(self.lines)


def concluded(deliberation: Deliberation, dilemmas: Framework, language: str) -> tuple[Concluded, ...]:
    """Return what was last concluded at each step so far, in the order of the steps."""
    options = deliberation.concluded(Step.OPTIONS)
    found = options if isinstance(options, Options) else None
    return tuple(
        Concluded(step, lines_of(answer, found, dilemmas, language))
        for step in Step
        if (answer := deliberation.concluded(step)) is not None
    )


def lines_of(answer: Answer, options: Options | None, dilemmas: Framework, language: str) -> tuple[str, ...]:
    """Return an answer in lines; ``options`` are those that a choice chose from."""
    match answer:
        case Told(text):
            return (text.strip(),)
        case Concerned(people):
            return tuple(_somebody(one.who, one.recognises, one.note, language) for one in people)
        case Values(values):
            return tuple(value.strip() for value in values if value.strip())
        case Resembles(codes, text):
            named = tuple(f"{code} {_name(dilemmas, code, language)}".strip() for code in codes)
            return (*named, *_if_any(text))
        case FromCode(articles, text):
            return (*(article.strip() for article in articles if article.strip()), *_if_any(text))
        case Options(found):
            return tuple(
                say(language, "{how} — the price: {price}", how=one.how.strip(), price=one.price.strip())
                for one in found
            )
        case Choice():
            return _choice(answer, options, language)


def _somebody(who: str, recognises: Recognition, note: str, language: str) -> str:
    line = f"{who.strip()}: {say(language, RECOGNITION_NAMES[recognises])}"
    return f"{line} ({note.strip()})" if note.strip() else line


def _name(dilemmas: Framework, code: str, language: str) -> str:
    item = dilemmas.by_code.get(code)
    return item.name(language) if item is not None else ""


def _if_any(text: str) -> tuple[str, ...]:
    return (text.strip(),) if text.strip() else ()


def _choice(answer: Choice, options: Options | None, language: str) -> tuple[str, ...]:
    known = options.options if options else ()
    ways = [known[place].how.strip() for place in answer.chosen if place < len(known)]
    lines = [say(language, "Chosen: {ways}", ways=listed(language, ways)), answer.reason.strip()]
    if answer.dissent.strip():
        lines.append(say(language, "Not everybody agreed: {dissent}", dissent=answer.dissent.strip()))
    return tuple(lines)


def story_of(found: Mapping[Step, str], language: str) -> dict[StarrField, str]:
    """Return what was concluded as the parts of a STARR story, with questions for what is one's own in it."""
    parts: dict[StarrField, list[str]] = {part: [] for part in StarrField}
    for step, text in found.items():
        parts[_PART_OF[step]].append(text)
    parts[StarrField.ACTION].append(say(language, _OWN_PART))
    parts[StarrField.REFLECTION].append(say(language, _LEARNED))
    return {part: "\n\n".join(texts) for part, texts in parts.items()}
