"""Numbers of people and of identity documents, which have no business in a dossier.

How and by whom identity was checked is recorded; a citizen service number or the number of a document never
is. What merely looks like one is refused too: a name or a date is all that is asked in those places.
"""

from __future__ import annotations

import re
from typing import Final

# Six digits on end; nine or more with dots, dashes or spaces between; a passport or identity card (two
# letters, six of either, a digit).
_DIGITS: Final = re.compile(r"\d{6,}|(?:\d[ .\-]?){8,}\d")
_DOCUMENT: Final = re.compile(r"\b[A-Za-z]{2}[A-Za-z0-9]{6}\d\b")
_DIGITS_OF_A_DOCUMENT: Final = 3


def looks_like_number(text: str) -> bool:
    """Tell whether ``text`` holds what could be the number of a person or of an identity document."""
    if _DIGITS.search(text):
        return True
    found = _DOCUMENT.findall(text)
    return any(sum(letter.isdigit() for letter in word) >= _DIGITS_OF_A_DOCUMENT for word in found)
