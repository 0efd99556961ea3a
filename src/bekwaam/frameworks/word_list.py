"""Everyday words for the items of a standard: how people say, in a story, what a competence is about.

The words are kept apart from the standard's own text. They live in ``frameworks/suggestions``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How much a word tells: nearly always this competence, often, or only together with others."""

    STRONG = "strong"
    ORDINARY = "ordinary"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase as it is listed, with what it tells."""

    phrase: str
    weight: Weight


@dataclass(frozen=True, slots=True)
class WordList:
    """The words of one standard: per code of an item the entries, both in the order of the files.

    ``context`` are words that show that a text is about the work at all; there may be none.
    """

    standard: str
    entries: Mapping[str, tuple[Entry, ...]]
    context: tuple[str, ...] = ()
