"""What the participants of a deliberation conclude at a step, and whether it will do. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.frameworks.model import Framework

CASE_KINDS: Final = ("dilemma_category", "dilemma_case")
FEWEST_VALUES: Final = 2
FEWEST_OPTIONS: Final = 2


class Recognition(StrEnum):
    """Whether somebody who is concerned recognises themselves in the description."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Told:
    """A conclusion in plain words: the facts, or how it went."""

    text: str


@dataclass(frozen=True, slots=True)
class Somebody:
    """One who is concerned, by what they are and not by name; ``note`` says why they could not be asked."""

    who: str
    recognises: Recognition
    note: str = ""


@dataclass(frozen=True, slots=True)
class Concerned:
    """All who are concerned."""

    people: tuple[Somebody, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """The values at stake."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resembles:
    """The categories and cases that it resembles; ``text`` says how, or why it resembles none."""

    codes: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class FromCode:
    """What the professional code says: the articles; ``text`` says what they ask, or why there are none."""

    articles: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to do it, and its price."""

    how: str
    price: str


@dataclass(frozen=True, slots=True)
class Options:
    """The ways that were found."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which options were chosen, counted from 0; several may be combined. ``dissent`` is kept with it."""

    chosen: tuple[int, ...]
    reason: str
    dissent: str = ""


Answer = Told | Concerned | Values | Resembles | FromCode | Options | Choice

ANSWER_OF: Final[dict[Step, type[Answer]]] = {
    Step.FACTS: Told,
    Step.CONCERNED: Concerned,
    Step.VALUES: Values,
    Step.RESEMBLES: Resembles,
    Step.CODE: FromCode,
    Step.OPTIONS: Options,
    Step.CHOICE: Choice,
    Step.LOOKING_BACK: Told,
}


def will_do(step: Step, answer: Answer, options: Options | None, dilemmas: Framework) -> Verdict:
    """Tell whether ``answer`` concludes ``step``, with the reason where it does not.

    ``options`` are those that were concluded before, for the choice; ``dilemmas`` is the framework whose
    categories and cases can be named.
    """
    if not isinstance(answer, ANSWER_OF[step]):
        return refused("moved_on", "The deliberation has moved on. Look where it stands now.")
    match answer:
        case Told(text):
            return ALLOWED if text.strip() else refused("empty", "Write something here.")
        case Concerned(people):
            return _concerned(people)
        case Values(values):
            if len({value.strip().casefold() for value in values if value.strip()}) < FEWEST_VALUES:
                return refused("one_value", "A dilemma lies between values: name at least two.")
            return ALLOWED
        case Resembles():
            return _resembles(answer, dilemmas)
        case FromCode(articles, text):
            if any(article.strip() for article in articles) or text.strip():
                return ALLOWED
            return refused("no_article", "Name an article of your code, or say why none is about this.")
        case Options(found):
            return _options(found)
        case Choice():
            return _choice(answer, options)


def _concerned(people: tuple[Somebody, ...]) -> Verdict:
    if not people or any(not one.who.strip() for one in people):
        return refused("nobody", "Say who is concerned: what they are, not their names.")
    for one in people:
        if one.recognises is Recognition.NO:
            return refused(
                "not_recognised",
                "{who} would not recognise themselves. Go back to what happened and tell it again.",
                who=one.who,
            )
        if one.recognises is Recognition.NOT_ASKED and not one.note.strip():
            return refused("not_asked", "Say why {who} could not be asked.", who=one.who)
    return ALLOWED


def _resembles(answer: Resembles, dilemmas: Framework) -> Verdict:
    for code in answer.codes:
        item = dilemmas.by_code.get(code)
        if item is None or item.kind not in CASE_KINDS:
            return refused("unknown_case", "There is no category or case {code}.", code=code)
    if not answer.codes and not answer.text.strip():
        return refused("no_case", "Choose a category or case, or say why it resembles none.")
    return ALLOWED


def _options(found: tuple[Option, ...]) -> Verdict:
    if sum(bool(option.how.strip()) for option in found) < FEWEST_OPTIONS:
        return refused("one_option", "Look for at least two ways to do it.")
    if any(not option.price.strip() or not option.how.strip() for option in found):
        return refused("no_price", "Say of every way what it costs, and whom.")
    return ALLOWED


def _choice(answer: Choice, options: Options | None) -> Verdict:
    known = len(options.options) if options else 0
    if not answer.chosen or any(not 0 <= place < known for place in answer.chosen):
        return refused("no_option", "Choose one of the ways that you found, or combine some.")
    if not answer.reason.strip():
        return refused("no_reason", "Give the reason: to all who are concerned, and to yourselves.")
    return ALLOWED
