"""What the organisations of somebody have for a step of the guided choice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.interventions.entries import KNOWN_NAMES, Intervention
from bekwaam.services.interventions.reads import read_shelf
from bekwaam.services.reflection.walking import Walk
from bekwaam.web.shared.case import language

MOST_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Offered:
    """One intervention: where it stands, how heavy it is, what is known of it, and whether it was ticked."""

    ref: str
    name: str
    situation: str
    url: str
    step: str
    known: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class LaidBeside:
    """What is offered at a step: its own, those that are lighter, and where all of them stand.

    ``more`` tells that there are more than are shown.
    """

    here: tuple[Offered, ...]
    lighter: tuple[Offered, ...]
    more: bool
    all_url: str


def laid_beside(person: Any, found: Walk, ticked: Collection[str] = ()) -> LaidBeside | None:
    """Return what is offered where somebody is; None where nothing is. One query at a step, else none."""
    if not found.step:
        return None
    here, lighter = found.offered(read_shelf(person))
    if not here and not lighter:
        return None
    return LaidBeside(
        tuple(_offered(found, one, ticked) for one in _shown(here, ticked)),
        tuple(_offered(found, one, ticked) for one in _shown(lighter, ticked)),
        max(len(here), len(lighter)) > MOST_SHOWN,
        f"{reverse('interventions:index')}?{urlencode({'stap': found.step})}",
    )


def _shown(found: tuple[Intervention, ...], ticked: Collection[str]) -> list[Intervention]:
    """Return the first, and those further on that were ticked."""
    return [one for at, one in enumerate(found) if at < MOST_SHOWN or one.ref in ticked]


def _offered(found: Walk, one: Intervention, ticked: Collection[str]) -> Offered:
    return Offered(
        ref=one.ref,
        name=one.name,
        situation=one.situation,
        url=reverse("interventions:one", args=[one.ref]),
        step=found.guide.name(one.step)[language()],
        known=_(KNOWN_NAMES[one.known]),
        ticked=one.ref in ticked,
    )
