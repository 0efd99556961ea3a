"""Turns rounds of self-assessment into what the templates show, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from bekwaam.domain.growth.rating import NO_STAGE, STEP_NAMES, Scale, Step, levels, rated_units, scale_of
from bekwaam.frameworks.model import Framework, Item
from bekwaam.frameworks.wheel import group_of, wheel
from bekwaam.services.growth.reads import RoundHead
from bekwaam.web.shared.case import language
from bekwaam.web.shared.units import Unit, unit_groups

# A wheel with more spokes cannot be read.
MOST_SPOKES: Final = 72


@dataclass(frozen=True, slots=True)
class Answer:
    """A rating in words; ``rings`` is how far it reaches in the stages, None where there are none."""

    value: str
    label: str
    rings: int | None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of a round with the answer given, None where there is none yet."""

    unit: Unit
    url: str
    answer: Answer | None
    note: str


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units that belong together."""

    name: str
    hue: int
    rows: tuple[UnitRow, ...]


def answers(framework: Framework, item: Item) -> tuple[Answer, ...]:
    """Return the answers that somebody can give about an item, lowest first."""
    if scale_of(framework, item) is Scale.STAGES:
        stages = enumerate(framework.stages, start=1)
        found = (Answer(stage.code, stage.title[language()], rings) for rings, stage in stages)
        return (Answer(NO_STAGE, _("not yet"), 0), *found)
    return tuple(Answer(step.value, _(STEP_NAMES[step]), None) for step in Step)


def answer(framework: Framework, code: str, value: str | None) -> Answer | None:
    """Return a rating in words; None where there is none."""
    return next((one for one in answers(framework, framework.by_code[code]) if one.value == value), None)


def name_of(head: RoundHead) -> str:
    """Return the title of the framework that a round is about."""
    title: Mapping[str, str] = head.standard.title
    return title[language()]


def groups(framework: Framework, head: RoundHead, given: Mapping[str, tuple[str, str]]) -> list[UnitGroup]:
    """Return everything a round asks about with what was answered; ``given`` is (value, note) by code."""
    return [
        UnitGroup(
            group.name,
            group.hue,
            tuple(
                UnitRow(
                    unit,
                    reverse("growth:unit", args=[head.ref, unit.code]),
                    answer(framework, unit.code, given.get(unit.code, ("", ""))[0]),
                    given.get(unit.code, ("", ""))[1],
                )
                for unit in group.units
            ),
        )
        for group in unit_groups(framework, [item.code for item in rated_units(framework)])
    ]


def drawn(
    framework: Framework,
    ratings: Mapping[str, str],
    *,
    prefix: str,
    title: str,
    ref: str = "",
    size: int = 480,
) -> SafeString | None:
    """Return the wheel with somebody's ratings; None where the framework cannot be drawn as one.

    With ``ref`` of a round every spoke leads to its page.
    """
    spokes = framework.competences
    grouped = all(group_of(framework, item) for item in spokes)
    if not framework.stages or not 0 < len(spokes) <= MOST_SPOKES or not grouped:
        return None
    figure = wheel(framework, levels(framework, ratings), language=language(), size=size, title=title)

    def page(code: str) -> str:
        return reverse("growth:unit", args=[ref, code])

    svg = figure.svg(prefix=prefix, href=page if ref else None)
    return mark_safe(svg)  # noqa: S308 - drawn by us from codes, names escaped
