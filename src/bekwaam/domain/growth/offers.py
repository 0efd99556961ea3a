"""Which learning offers fit a goal, and why: by the competences and the stage that they are tied to. Pure.

Nothing is ranked: offers keep the order in which their organisation listed them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bekwaam.domain.growth.ways import Way
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_, listed, say


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer of an organisation; ``stage`` is empty where it is for every stage."""

    ref: str
    organisation: str
    name: str
    way: Way
    by: str
    codes: tuple[str, ...]
    stage: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fitting:
    """An offer that fits, with the units of the goal that it is tied to."""

    offer: Offer
    tied: tuple[str, ...]


def fitting(offers: Iterable[Offer], codes: Collection[str], value: str) -> tuple[Fitting, ...]:
    """Return the offers that are tied to one of ``codes``, and lead to ``value`` or to no stage."""
    found = []
    for offer in offers:
        tied = tuple(code for code in codes if code in offer.codes)
        if tied and offer.stage in ("", value):
            found.append(Fitting(offer, tied))
    return tuple(found)


def explain_fitting(framework: Framework, found: Fitting, language: str) -> str:
    """Return in one sentence why an offer fits."""
    names = listed(language, [f"{code} {framework.by_code[code].name(language)}" for code in found.tied])
    if not found.offer.stage:
        message = N_("{organisation} ties this to {names}.")
        return say(language, message, names=names, organisation=found.offer.organisation)
    stage = framework.stage_by_code[found.offer.stage].title[language]
    return say(
        language,
        N_("{organisation} ties this to {names}, towards {stage}."),
        names=names,
        stage=stage,
        organisation=found.offer.organisation,
    )
