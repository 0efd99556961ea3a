"""Finding interventions, and putting them in order: lightest first, never by how well they work. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bekwaam.domain.interventions.entries import KNOWN_NAMES, Intervention, Known, same_name
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.guide import Guide
from bekwaam.wording import N_, say

_WHY_SHOWN: Final = 300


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for; what is empty does not narrow.

    ``competence`` is one on one version, as :func:`competence_key` writes it.
    """

    words: str = ""
    step: str = ""
    known: str = ""
    competence: str = ""

    def __bool__(self) -> bool:
        return bool(self.words.strip() or self.step or self.known or self.competence)


def found_by(search: Search, all_of_them: Iterable[Intervention]) -> tuple[Intervention, ...]:
    """Return those that have every word and everything that was chosen, in the order in which they came."""
    words = same_name(search.words).split()
    return tuple(
        one
        for one in all_of_them
        if (not search.step or one.step == search.step)
        and (not search.known or one.known == search.known)
        and (not search.competence or search.competence in _asked(one))
        and all(word in _text(one) for word in words)
    )


def competence_key(framework: Reference, code: str) -> str:
    """Return what a competence is called in an address: two frameworks can have the same code."""
    return f"{framework}/{code}"


def _asked(one: Intervention) -> list[str]:
    return [competence_key(one.framework, code) for code in one.codes]


def _text(one: Intervention) -> str:
    return same_name(" ".join((one.name, one.situation, one.people, one.why, one.takes)))


def lightest_first(found: Iterable[Intervention], guide: Guide) -> tuple[Intervention, ...]:
    """Return them by their step, from light to heavy, each step in the order in which they came.

    Always the lightest that works (000, section 2, Visie); what is known to work makes no order.
    """
    order = steps_of(guide)
    return tuple(sorted(found, key=lambda one: order.index(one.step) if one.step in order else len(order)))


def fitting_step(
    found: Iterable[Intervention], step: str, guide: Guide
) -> tuple[tuple[Intervention, ...], tuple[Intervention, ...]]:
    """Return those of a step, and those that are lighter; nothing that is heavier. KeyError for no step."""
    order = steps_of(guide)
    if step not in order:
        raise KeyError(step)
    light = [one for one in found if one.step in order and order.index(one.step) <= order.index(step)]
    here = tuple(one for one in light if one.step == step)
    return here, lightest_first((one for one in light if one.step != step), guide)


def steps_of(guide: Guide) -> Sequence[str]:
    """Return the codes of the steps of a continuum, from light to heavy."""
    return tuple(step.code for step in guide.steps)


def told_of(one: Intervention, guide: Guide, language: str) -> str:
    """Return in one line what an intervention is and what is known of it, for a reflection."""
    values = {
        "name": one.name,
        "organisation": one.organisation,
        "step": guide.name(one.step)[language].lower(),
        "known": say(language, KNOWN_NAMES[one.known]),
    }
    if one.known is Known.UNKNOWN or not one.why:
        message = N_("{name} ({step}), from the list of {organisation}. What is known of it: {known}.")
        return say(language, message, **values)
    why = one.why if len(one.why) <= _WHY_SHOWN else one.why[: _WHY_SHOWN - 1].rstrip() + "…"
    message = N_("{name} ({step}), from the list of {organisation}. What is known of it: {known}. {why}")
    return say(language, message, why=" ".join(why.split()), **values)
