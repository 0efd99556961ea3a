"""Ways to begin a sentence of one's own. A beginning alone is no reason, and is recognised as such."""

from __future__ import annotations

import re
from typing import Final

from bekwaam.wording import LANGUAGES, N_, say

OBSERVED_STARTERS: Final = (
    N_("In … I read that the candidate …"),
    N_("Asked about …, the candidate told that …"),
    N_("During the observation I saw the candidate …"),
    N_("I looked for …, but found nothing about it in …"),
)
WHY_STARTERS: Final = (
    N_("This is what … asks, because …"),
    N_("It happened in several situations, namely … and …"),
    N_("It is the candidate's own work, for …"),
    N_("It does not reach … yet: what is missing is …"),
)
OWN_WORDS: Final = 3
_LONGEST: Final = 1000  # whoever writes more than this has begun and gone on
_WORD: Final = re.compile(r"\w[\w'’.-]*")


def only_begun(text: str) -> bool:
    """Tell whether a text is one or more starters, with fewer than three words of one's own."""
    if len(text) > _LONGEST:
        return False
    left, begun = _plain(text), False
    for language in LANGUAGES:
        for starter in (*OBSERVED_STARTERS, *WHY_STARTERS):
            parts = [part for part in map(_plain, say(language, starter).split("…")) if part]
            found = re.search(r"\b" + "(.*?)".join(map(re.escape, parts)), left)
            if found:
                begun = True
                left = " ".join((left[: found.start()], *found.groups(), left[found.end() :]))
    return begun and len(_WORD.findall(left)) < OWN_WORDS


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s'’.-]", " ", text.casefold()).split())
