"""Where and with whom the work was, as choices beside what somebody writes, so that variety can be counted.

The settings of work and the life domains come from the packs; the lists here are our own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.wording import N_


class Dimension(StrEnum):
    """One way in which situations differ."""

    SETTING = "setting"
    GROUP = "group"
    DOMAIN = "domain"
    REACH = "reach"


DIMENSION_NAMES: Final[dict[Dimension, str]] = {
    Dimension.SETTING: N_("Setting"),
    Dimension.GROUP: N_("With whom"),
    Dimension.DOMAIN: N_("Life domain"),
    Dimension.REACH: N_("For how many"),
}

GROUPS: Final[dict[str, str]] = {
    "children": N_("Children"),
    "young": N_("Young people"),
    "families": N_("Families"),
    "adults": N_("Adults"),
    "older": N_("Older people"),
    "disability": N_("People with a disability"),
    "carers": N_("Informal carers and volunteers"),
    "newcomers": N_("People who are new in the country"),
    "housing": N_("People without a home of their own"),
    "residents": N_("Residents of a neighbourhood"),
}

REACHES: Final[dict[str, str]] = {
    "one": N_("One person or household"),
    "group": N_("A group"),
    "many": N_("A neighbourhood or community"),
}

_UNKNOWN: Final = N_("Choose from the list.")


def check_contexts(
    contexts: Mapping[str, str], known: Mapping[Dimension, Collection[str]]
) -> tuple[Fault, ...]:
    """Return a fault for every choice that is not in the list of its dimension."""
    return tuple(
        Fault(name, "unknown", _UNKNOWN)
        for name, code in contexts.items()
        if code and (name not in list(Dimension) or code not in known.get(Dimension(name), ()))
    )


def variety(pieces: Iterable[tuple[Mapping[str, str], str]]) -> int:
    """Return in how many different situations pieces of evidence arose.

    Each piece is what was chosen and what was written. Two pieces differ as soon as they differ on one
    thing, so this is the largest number of different answers to any one question; what was written counts
    as an answer too. Pieces that say nothing about their situation count for none.
    """
    answers: dict[str, set[str]] = {}
    for chosen, written in pieces:
        for name, code in chosen.items():
            if code:
                answers.setdefault(name, set()).add(code)
        if written.strip():
            answers.setdefault("", set()).add(" ".join(written.split()).casefold())
    return max(map(len, answers.values()), default=0)
