"""The number of a certificate, as people read it aloud and type it over."""

from __future__ import annotations

import re
from typing import Final

# Without letters and digits that look alike.
ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_NUMBER: Final = re.compile(rf"(20\d\d)([{ALPHABET}]{{4}})([{ALPHABET}]{{4}})")
_BETWEEN: Final = re.compile(r"[\s.\-‐‑–—_/]+")
LONGEST: Final = 60


def number_of(year: int, drawn: str) -> str:
    """Return the number for a year and eight characters that were drawn: "2026-7KQ4-XM2P"."""
    return f"{year}-{drawn[:4]}-{drawn[4:]}"


def read_number(typed: str) -> str:
    """Return the number that somebody typed, in the form in which it was given out; empty when it is none.

    Capitals, spaces and dashes make no difference, and what looks like a letter that we never use is none.
    """
    found = _NUMBER.fullmatch(_BETWEEN.sub("", typed[:LONGEST]).upper())
    return f"{found[1]}-{found[2]}-{found[3]}" if found else ""
