"""Puts two function profiles beside each other, and what changed in one, into sentences."""

from __future__ import annotations

from typing import Final

from bekwaam.domain.growth.gap_words import value_name
from bekwaam.domain.growth.profile_comparing import Beside, Pair, beside
from bekwaam.domain.growth.rating import Step
from bekwaam.frameworks.function_profile import Demand, FunctionProfile
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_, say, say_many

_ALONE: Final[dict[Beside, str]] = {
    Beside.FIRST_ONLY: N_("Only {first} asks this."),
    Beside.SECOND_ONLY: N_("Only {second} asks this."),
    Beside.SAME: N_("Both ask the same, for the same reason."),
    Beside.OTHER_REASON: N_("Both ask the same; the reason differs."),
}


def explain_pair(pair: Pair, first: str, second: str, language: str) -> str:
    """Return in a sentence which of two profiles, by their names, asks more of one unit."""
    if pair.beside in _ALONE:
        return say(language, _ALONE[pair.beside], first=first, second=second)
    return say_many(
        language,
        "{name} asks {number} stage more.",
        "{name} asks {number} stages more.",
        pair.steps,
        name=first if pair.beside is Beside.FIRST_MORE else second,
    )


def explain_both(pairs: tuple[Pair, ...], first: str, second: str, language: str) -> tuple[str, ...]:
    """Return in sentences what the two have in common, and what each asks more than the other."""
    found = {how: sum(pair.beside is how for pair in pairs) for how in Beside}
    more = (
        (first, found[Beside.FIRST_ONLY], found[Beside.FIRST_MORE]),
        (second, found[Beside.SECOND_ONLY], found[Beside.SECOND_MORE]),
    )
    same = found[Beside.SAME] + found[Beside.OTHER_REASON]
    lines = [line for one in more for line in _more(*one, language)]
    return (say(language, "Of {same} of {all} parts they ask the same.", same=same, all=len(pairs)), *lines)


def _more(name: str, alone: int, higher: int, language: str) -> list[str]:
    lines = []
    if alone:
        lines.append(
            say_many(
                language,
                "{name} asks {number} part that the other does not.",
                "{name} asks {number} parts that the other does not.",
                alone,
                name=name,
            )
        )
    if higher:
        lines.append(
            say_many(
                language,
                "{name} asks a higher stage of {number} part.",
                "{name} asks a higher stage of {number} parts.",
                higher,
                name=name,
            )
        )
    return lines


def explain_change(
    framework: Framework, earlier: FunctionProfile, later: FunctionProfile, language: str
) -> tuple[str, ...]:
    """Return in sentences what ``later`` says otherwise than ``earlier``; nothing where they say the same."""
    lines = []
    if earlier.name[language] != later.name[language]:
        lines.append(
            say(language, "The name was {before} and is {now}.",
                before=earlier.name[language], now=later.name[language])
        )  # fmt: skip
    # Without a description the name stands in its place: of a new name nothing more is told.
    bare = earlier.text == earlier.name and later.text == later.name
    if earlier.text[language] != later.text[language] and not bare:
        lines.append(say(language, "The description was changed."))
    if _book(earlier) != _book(later):
        lines.append(say(language, "What it is called in the function book was changed."))
    if earlier.accents != later.accents:
        lines.append(say(language, "Where the weight of the work lies was changed."))
    pairs = beside(framework, earlier, later)
    return (*lines, *(_changed(framework, one, language) for one in pairs if one.beside is not Beside.SAME))


def _book(profile: FunctionProfile) -> tuple[str, str]:
    return profile.function_book, profile.function_book_url


def _changed(framework: Framework, pair: Pair, language: str) -> str:
    unit = f"{pair.code} {framework.by_code[pair.code].name(language)}"
    if pair.first is None:
        now = asked_name(framework, pair.second, language)
        return say(language, "{unit} is asked from now on: {now}.", unit=unit, now=now)
    if pair.second is None:
        return say(language, "{unit} is not asked any more.", unit=unit)
    if pair.beside is Beside.OTHER_REASON:
        return say(language, "{unit}: the reason was changed.", unit=unit)
    before, now = (asked_name(framework, one, language) for one in (pair.first, pair.second))
    return say(language, "{unit}: {before} was asked, now {now}.", unit=unit, before=before, now=now)


def asked_name(framework: Framework, demand: Demand | None, language: str) -> str:
    """Return in words what is asked; empty for nothing, and "yes" where there are no stages."""
    return value_name(framework, demand.stage or Step.YES, language) if demand else ""
