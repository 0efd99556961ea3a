"""Stories to compare: made up, by many hands (see tests/data/stories/README.md)."""

from __future__ import annotations

import random
import re

from tests.domain.portfolio.test_stories import STORIES

TEXTS = [str(story["text"]) for story in STORIES]
KEY = b"a secret of the installation, 32"
_VOCABULARY = sorted({word for text in TEXTS for word in text.split()})


def edited(text: str, every: int) -> str:
    """Return ``text`` with one in ``every`` words replaced by any other."""
    chance = random.Random(text)
    words = text.split()
    return " ".join(chance.choice(_VOCABULARY) if not at % every else word for at, word in enumerate(words))


def sentences(text: str) -> list[str]:
    """Return the sentences of ``text``."""
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


def in_fields(text: str, number: int = 5) -> dict[str, str]:
    """Return ``text`` cut over ``number`` fields of a story, in order."""
    parts = sentences(text)
    names = ("situation", "task", "action", "result", "reflection")[:number]
    size = -(-len(parts) // number)
    return {name: " ".join(parts[at * size : (at + 1) * size]) or "-" for at, name in enumerate(names)}
