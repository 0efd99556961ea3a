"""Takes a story apart into sentences and words, and remembers where each word stood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from bekwaam.domain.portfolio.suggesting.stemming import plain

_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[.!?;:]+(?=\s|$)|\n\s*\n|\n\s*[-*•]|[,()]")
# The headings of STARR: they say nothing about this story.
_HEADING: Final = re.compile(
    r"^[\W\d_]*(?:situatie|taak|taken|acties?|resultaat|resultaten|reflectie|transfer)\W*?(?::|$)",
    re.IGNORECASE | re.MULTILINE,
)


# What comes along when a text is copied from a web page.
_MARKUP: Final = re.compile(
    r"<(?:script|style)\b[^<>]{0,200}>[^<]*|</?(?P<inline>b|i|em|strong|span|a|u)\b[^<>]{0,200}>"
    r"|</?[a-z][^<>]{0,200}>",
    re.IGNORECASE,
)


class Word(NamedTuple):
    """A word of the story: how it is compared, and from where to where it stands."""

    plain: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """The words of a sentence; ``stops`` are the places after which the writer put a comma or an end."""

    words: tuple[Word, ...]
    stops: frozenset[int]

    @cached_property
    def plains(self) -> tuple[str, ...]:
        """Return the words as they are compared."""
        return tuple(word.plain for word in self.words)


def _without(mark: re.Match[str]) -> str:
    """Return what stands in the place of ``mark``, as long as it: an end, unless it is within a sentence."""
    size = len(mark.group())
    return " " * size if mark["inline"] else "." + " " * (size - 1)


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of ``text`` that hold a word."""
    found: list[Sentence] = []
    if "<" in text:
        text = _MARKUP.sub(_without, text)
    text = _HEADING.sub(lambda heading: " " * len(heading.group()), text)
    words: list[Word] = []
    stops: set[int] = set()
    for hit in _WORD.finditer(text):
        written = hit.group()
        if written[0].isalnum():
            words.append(Word(plain(written), hit.start(), hit.end()))
            continue
        stops.add(len(words) - 1)
        if written not in {",", "(", ")"} and words:
            found.append(Sentence(tuple(words), frozenset(stops)))
            words, stops = [], set()
    if words:
        found.append(Sentence(tuple(words), frozenset(stops | {len(words) - 1})))
    return found
