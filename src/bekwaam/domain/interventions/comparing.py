"""Laying interventions beside each other: what differs, in sentences, without a score. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bekwaam.domain.interventions.choosing import lightest_first
from bekwaam.domain.interventions.entries import Intervention, Known
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.frameworks.guide import Guide
from bekwaam.wording import N_, listed, say

LEAST: Final = 2
MOST: Final = 4


def may_compare(number: int) -> Verdict:
    """Tell whether so many can stand beside each other on a page."""
    if number < LEAST:
        return refused("few", "Choose two interventions at least.")
    if number > MOST:
        return refused(
            "many", "Four is the most that stand beside each other. Leave {over} out.", over=number - MOST
        )
    return ALLOWED


def explain_comparison(found: Sequence[Intervention], guide: Guide, language: str) -> tuple[str, ...]:
    """Return what stands out, as sentences: which is lighter, what is known, and what all of them ask.

    None is called better: how much was looked into one says nothing of the situation at hand.
    """
    ordered = lightest_first(found, guide)
    return (
        *_steps(ordered, guide, language),
        *_known(ordered, language),
        *_shared(ordered, language),
    )


def _steps(ordered: Sequence[Intervention], guide: Guide, language: str) -> list[str]:
    first = ordered[0].step
    lightest = [one.name for one in ordered if one.step == first]
    step = guide.name(first)[language].lower()
    if len(lightest) == len(ordered):
        return [say(language, "They all stand at the same step, {step}: none of them is lighter.", step=step)]
    one = N_(
        "{names} is the lightest: {step}. Take something heavier where you can say why this is not enough."
    )
    more = N_(
        "{names} are the lightest: {step}. Take something heavier where you can say why these are not enough."
    )
    message = one if len(lightest) == 1 else more
    return [say(language, message, names=listed(language, lightest), step=step)]


def _known(ordered: Sequence[Intervention], language: str) -> list[str]:
    lines = []
    unknown = [one.name for one in ordered if one.known is Known.UNKNOWN]
    if unknown:
        names = listed(language, unknown)
        lines.append(
            say(
                language,
                "Of {names} nothing is known here. That does not say that it does not work.",
                names=names,
            )
        )
    if any(one.known.looked_into for one in ordered):
        lines.append(
            say(
                language,
                "How well something was looked into says how sure one can be of it. Whether it fits this "
                "question you weigh yourself, with the person whom it is about.",
            )
        )
    return lines


def _shared(ordered: Sequence[Intervention], language: str) -> list[str]:
    if len({one.framework for one in ordered}) > 1:
        return [
            say(
                language,
                "They are tied to different frameworks, so their competences cannot be laid beside each "
                "other.",
            )
        ]
    shared = [code for code in ordered[0].codes if all(code in one.codes for one in ordered)]
    if not shared:
        return [say(language, "There is no competence that all of them ask.")]
    return [say(language, "All of them ask {codes}.", codes=listed(language, shared))]
