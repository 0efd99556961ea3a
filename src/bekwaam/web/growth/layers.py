"""Three layers of growth: one's own word, what others saw, what assessors judged.

They stand beside each other, each dated and each by whoever said it; nothing here adds, averages or compares
across layers (design, principles 1 and 2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bekwaam.domain.feedback.asking import RELATION_NAMES
from bekwaam.domain.growth.rating import NO_STAGE, Change, growth, rated_units
from bekwaam.frameworks.model import Framework
from bekwaam.services.feedback.reads import Request
from bekwaam.services.growth.reads import JudgedPicture, Round
from bekwaam.web.growth.presenting import Answer, answer, drawn
from bekwaam.web.shared.case import language
from bekwaam.wording import N_

OWN: Final = "zelf"
OTHERS: Final = "anderen"
JUDGED: Final = "oordeel"
CHANGES: Final[dict[Change, str]] = {
    "new": N_("first time"),
    "same": N_("the same"),
    "up": N_("further"),
    "down": N_("less far"),
    "gone": N_("not rated this time"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What one source said at one moment: a round, a referee's answer, a procedure's final judgements.

    ``values`` is by code; ``who`` is empty for one's own word; ``url`` is where it is read in full.
    """

    day: datetime
    who: str
    url: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Layer:
    """One of the three layers, with what was said in it, oldest first."""

    key: str
    name: str
    told: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer in a cell of the table, with who gave it and when."""

    day: datetime
    who: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Cell:
    """What one layer says of one unit."""

    key: str
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One unit with a cell for each layer; ``change`` is about one's own word alone, empty without one."""

    code: str
    name: str
    cells: tuple[Cell, ...]
    change: Change | None
    told: str


def layers(
    rounds: Sequence[Round], others: Sequence[Request], judged: Sequence[JudgedPicture]
) -> tuple[Layer, ...]:
    """Return the three layers, also those in which nothing was said yet."""
    return (
        Layer(OWN, _("Your own word"), _("How you saw yourself"), tuple(map(_own, rounds))),
        Layer(
            OTHERS,
            _("What others see"),
            _("How others see you"),
            tuple(said for one in others for said in _other(one)),
        ),
        Layer(JUDGED, _("Judged by assessors"), _("What assessors judged"), tuple(map(_judged, judged))),
    )


def _own(one: Round) -> Said:
    assert one.head.finished_at is not None  # noqa: S101 - only finished rounds are read
    return Said(one.head.finished_at, "", reverse("growth:round", args=[one.head.ref]), one.values)


def _other(one: Request) -> tuple[Said, ...]:
    found = one.answered
    if found is None or not found.ratings:
        return ()
    who = f"{found.name} ({_(RELATION_NAMES[one.relation])})"
    return (Said(found.at, who, reverse("feedback:request", args=[one.ref]), found.ratings),)


def _judged(one: JudgedPicture) -> Said:
    values = {code: stage or NO_STAGE for code, stage in one.stages.items()}
    return Said(one.at, one.provider, reverse("certificates:outcome", args=[one.ref]), values)


def wheels(framework: Framework, layer: Layer) -> list[tuple[Said, Any]]:
    """Return a wheel for everything that was said in a layer; none where the framework has no wheel."""
    found = []
    for number, one in enumerate(layer.said):
        day = date_format(one.day, "j F Y")
        title = f"{layer.told}, {day}" + (f", {one.who}" if one.who else "")
        svg = drawn(framework, one.values, prefix=f"{layer.key}{number}", title=title, size=320)
        if svg is not None:
            found.append((one, svg))
    return found


def rows(framework: Framework, found: Sequence[Layer], rounds: Sequence[Round]) -> list[Row]:
    """Return every unit of which anybody said anything, in document order."""
    changes = {one.code: one.change for one in growth(framework, [each.values for each in rounds])}
    spoken = {code for layer in found for said in layer.said for code in said.values}
    return [
        Row(
            code=item.code,
            name=item.name(language()),
            cells=tuple(_cell(framework, layer, item.code) for layer in found),
            change=changes.get(item.code),
            told=_(CHANGES[changes[item.code]]) if item.code in changes else "",
        )
        for item in rated_units(framework)
        if item.code in spoken
    ]


def _cell(framework: Framework, layer: Layer, code: str) -> Cell:
    entries = []
    for one in layer.said:
        found = in_words(framework, layer.key, code, one.values.get(code))
        if found is not None:
            entries.append(Entry(one.day, one.who, found))
    return Cell(layer.key, layer.name, tuple(entries))


def in_words(framework: Framework, layer: str, code: str, value: str | None) -> Answer | None:
    """Return an answer in words; assessors say *not shown* where people say *not yet* of themselves."""
    if layer == JUDGED and value == NO_STAGE:
        return Answer(NO_STAGE, _("not shown"), 0)
    return answer(framework, code, value)
