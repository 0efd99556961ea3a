"""What an assessor jots down beside a judgement: notes that mark a passage, and the VRAAK checklist.

None of it decides anything: the finding with its three legs does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from bekwaam.wording import N_


class JottingKind(StrEnum):
    """What a jotting is: a note, the checklist of a piece, or what was seen of an indicator."""

    NOTE = "note"
    CHECK = "check"
    INDICATOR = "indicator"


class Vraak(StrEnum):
    """What makes evidence strong (design, *Field rules*); the initials are those of the Dutch words."""

    VARIATION = "variation"
    RELEVANCE = "relevance"
    AUTHENTICITY = "authenticity"
    ACTUALITY = "actuality"
    QUANTITY = "quantity"


VRAAK_NAMES: Final[dict[Vraak, str]] = {
    Vraak.VARIATION: N_("Variation"),
    Vraak.RELEVANCE: N_("Relevance"),
    Vraak.AUTHENTICITY: N_("Authenticity"),
    Vraak.ACTUALITY: N_("Actuality"),
    Vraak.QUANTITY: N_("Quantity"),
}

SEEN: Final = "seen"
MAX_NOTE: Final = 4000
MAX_QUOTE: Final = 2000
MAX_REMARK: Final = 1000


def one_line(text: str) -> str:
    """Return a text with every run of white space as one space: a browser breaks lines where it likes."""
    return " ".join(text.split())


def stands_in(quote: str, texts: Iterable[str]) -> bool:
    """Tell whether a quoted passage stands in one of ``texts``, white space aside."""
    wanted = one_line(quote)
    return bool(wanted) and any(wanted in one_line(text) for text in texts)


def passage_hash(quote: str) -> str:
    """Return the SHA-256 of a quoted passage as it reads on one line, as hexadecimal digits."""
    return hashlib.sha256(one_line(quote).encode()).hexdigest()
