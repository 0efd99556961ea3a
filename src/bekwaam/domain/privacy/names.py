"""Names that somebody else found in a text: which of them are marks, and which are not.

A finder says where it sees a name. What it says is tidied here, so that every finder is treated alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bekwaam.domain.privacy.marks import Mark, MarkKind

Span = tuple[int, int]

# Where one sentence ends and the next begins; initials ("J. de Wit") are no such place.
_BORDER: Final = re.compile(r"(?<=[^\W\d_]{2})[.!?]\s+|\n+")
_EDGES: Final = " \t\r\n.,;:!?()[]\"“”'‘’"
# Initials alone stand for a name that was shortened already: "K.", "M. V."
_SHORT: Final = re.compile(r"(?:[A-ZÀ-Þ]\.?\s?){1,3}")
_WORD: Final = re.compile(r"[^\W\d_]+")
# Ordinary words that are a name as well, and begin sentences in what people write about their work.
_ORDINARY: Final = frozenset(
    """pas scholing wil hoop bel dag stage wijk buurt hulp zorg thuis ouder ouders kind vader moeder oma opa
    cliënt bewoner buurman buurvrouw collega sociaal werker team pleit kerk markt school""".split()  # noqa: SIM905
)
_FORMAL: Final = frozenset("mevrouw meneer mijnheer mevr mw dhr de heer mr mrs ms".split())  # noqa: SIM905
_SMALL: Final = frozenset("van de der den het ter ten te el al in op la le von d t".split())  # noqa: SIM905


def marks_of(text: str, spans: Iterable[Span]) -> tuple[Mark, ...]:
    """Return the marks for the names that a finder saw at ``spans`` of ``text``, in the order of the text.

    A span that runs over the end of a sentence is cut there. Initials alone, ordinary words that begin a
    sentence, and spans outside the text are left out.
    """
    found = {mark for start, end in spans for mark in _pieces(text, start, end)}
    return tuple(sorted(found))


def _pieces(text: str, start: int, end: int) -> Iterable[Mark]:
    if not 0 <= start < end <= len(text):
        return
    borders = list(_BORDER.finditer(text, start, end))
    begins = [start, *(border.end() for border in borders)]
    ends = [*(border.start() for border in borders), end]
    for first, last in zip(begins, ends, strict=True):
        part = text[first:last]
        begin = first + len(part) - len(part.lstrip(_EDGES))
        name = part.strip(_EDGES)
        if len(name) > 1 and not _SHORT.fullmatch(name) and not _is_ordinary(text, begin, name):
            yield Mark(begin, begin + len(name), MarkKind.NAME, name)


def _is_ordinary(text: str, begin: int, name: str) -> bool:
    if name == name.lower():
        return True
    before = text[:begin].rstrip(" \t\"“'‘(")
    return (not before or before[-1] in ".!?:\n") and name.lower() in _ORDINARY


def is_own_name(marked: str, own: str) -> bool:
    """Tell whether a marked name is that of the writer, whose whole name is ``own``.

    All its words are words of that name, and not only the small ones; a polite form of address may stand
    before it. "Oma Jansen" is somebody else, even when the writer is called Jansen.
    """
    words = [word for word in _words(marked) if word not in _FORMAL]
    telling = [word for word in words if word not in _SMALL]
    return bool(telling) and set(words) <= set(_words(own)) | _SMALL


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
