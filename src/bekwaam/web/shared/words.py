"""Says on a page whose words are on it, where they are not ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from bekwaam.services.frameworks.words import Told

# What an address of the explorer carries for who wants to read ours.
WORDS: Final = "woorden"
OURS: Final = "bekwaam"


@dataclass(frozen=True, slots=True)
class WordsMark:
    """Whose words a page shows: ``number`` of the ``total`` texts are theirs, the rest is ours.

    They were loaded on ``since``; at ``url`` the texts of the other stand. ``ours`` says that the page
    shows ours although there are words of theirs.
    """

    whose: str
    since: datetime
    number: int
    total: int
    url: str
    ours: bool = False

    @property
    def whole(self) -> bool:
        """Tell whether every text is theirs."""
        return self.number == self.total


def words_mark(told: Told, language: str) -> WordsMark | None:
    """Return the mark for a page in ``language``; None where all that one reads in it is ours.

    Its address is that of our texts in the explorer.
    """
    head = told.head
    if head is None or told.numbers is None or not told.marked(language):
        return None
    front = reverse("frameworks:framework", args=[head.identifier, head.version])
    return WordsMark(
        whose=head.whose,
        since=head.loaded_at,
        number=told.numbers[language],
        total=told.total,
        url=f"{front}?{urlencode({WORDS: OURS})}",
    )
