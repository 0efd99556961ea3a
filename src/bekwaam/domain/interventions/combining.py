"""Joining interventions: what they ask together, where they clash, and what is known of that. Pure.

Practitioners may join interventions (000, section 2, Effectieve sociale interventies). What is known of one
is not known of several together, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from bekwaam.domain.interventions.choosing import lightest_first
from bekwaam.domain.interventions.entries import Intervention, Known
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.guide import Guide
from bekwaam.wording import listed, say

LEAST: Final = 2
MOST: Final = 6
Pair = tuple[Intervention, Intervention]


@dataclass(frozen=True, slots=True)
class Asked:
    """A competence that a combination asks, and of which interventions it is (by name)."""

    framework: Reference
    code: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """A combination, lightest first. Of each pair it is said that it goes well or clashes, or nothing.

    Where one says that they go well and the other that they do not, they clash.
    """

    members: tuple[Intervention, ...]
    asked: tuple[Asked, ...]
    good: tuple[Pair, ...]
    clashing: tuple[Pair, ...]
    silent: tuple[Pair, ...]


def may_combine(number: int) -> Verdict:
    """Tell whether so many can be joined on a page."""
    if number < LEAST:
        return refused("few", "Choose two interventions at least.")
    if number > MOST:
        return refused(
            "many", "Six is the most that you can join here. Leave {over} out.", over=number - MOST
        )
    return ALLOWED


def together(found: Sequence[Intervention], guide: Guide) -> Together:
    """Return what a combination comes to."""
    members = lightest_first(found, guide)
    pairs: dict[str, list[Pair]] = {"good": [], "clashing": [], "silent": []}
    for one, other in combinations(members, 2):
        pairs[_how(one, other)].append((one, other))
    return Together(
        members,
        tuple(_asked(members)),
        tuple(pairs["good"]),
        tuple(pairs["clashing"]),
        tuple(pairs["silent"]),
    )


def _how(one: Intervention, other: Intervention) -> str:
    if other.ref in one.not_with or one.ref in other.not_with:
        return "clashing"
    return "good" if other.ref in one.goes_with or one.ref in other.goes_with else "silent"


def _asked(members: Sequence[Intervention]) -> Iterator[Asked]:
    found: dict[tuple[Reference, str], list[str]] = {}
    for one in members:
        for code in one.codes:
            found.setdefault((one.framework, code), []).append(one.name)
    for (framework, code), names in found.items():
        yield Asked(framework, code, tuple(names))


def explain_together(found: Together, guide: Guide, language: str) -> tuple[str, ...]:
    """Return what is known of a combination and what is not, as sentences; what clashes comes first."""
    return (
        *(_pair(language, pair, clash=True) for pair in found.clashing),
        _steps(found, guide, language),
        *(_pair(language, pair, clash=False) for pair in found.good),
        *_silent(found, language),
        *_known(found, language),
        say(
            language,
            "What all of this does together stands nowhere here. Agree when you look whether it helps, and "
            "write down what you see.",
        ),
    )


def _pair(language: str, pair: Pair, *, clash: bool) -> str:
    names = {"one": pair[0].name, "other": pair[1].name}
    if clash:
        return say(language, "Not together, the list says: {one} and {other}.", **names)
    return say(language, "These go well together, the list says: {one} and {other}.", **names)


def _steps(found: Together, guide: Guide, language: str) -> str:
    first, last = found.members[0].step, found.members[-1].step
    light = guide.name(first)[language].lower()
    if first == last:
        return say(language, "All of it stands at one step: {step}.", step=light)
    return say(
        language,
        "It runs from {light} to {heavy}. Begin with {name}, and look whether the rest is still needed.",
        light=light,
        heavy=guide.name(last)[language].lower(),
        name=found.members[0].name,
    )


def _silent(found: Together, language: str) -> list[str]:
    if not found.silent:
        return []
    pairs = [
        say(language, "{list} and {last}", list=one.name, last=other.name) for one, other in found.silent
    ]
    return [
        say(language, "Whether these go together nobody wrote down: {pairs}.", pairs="; ".join(pairs)),
    ]


def _known(found: Together, language: str) -> list[str]:
    lines = []
    looked_into = [one.name for one in found.members if one.known.looked_into]
    practice = [one.name for one in found.members if one.known is Known.PRACTICE]
    unknown = [one.name for one in found.members if one.known is Known.UNKNOWN]
    if looked_into:
        names = listed(language, looked_into)
        lines.append(
            say(language, "What is known of {names} was found out apart from the rest.", names=names)
        )
    if practice:
        names = listed(language, practice)
        lines.append(say(language, "Of {names} your colleagues have experience.", names=names))
    if unknown:
        lines.append(say(language, "Of {names} nothing is known.", names=listed(language, unknown)))
    return lines
