"""Searching a framework: every word has to occur; capitals and accents make no difference.

index = search_index(framework, "nl")
search(index, "veilig sfeer")             # the items, the best first
marked("Een veilige sfeer", "sfeer")      # the same text in pieces, what was found marked
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from bekwaam.frameworks.model import Framework, Item

MAX_WORDS: Final = 12
_AROUND: Final = "\"'“”‘’«»„,;:!?()[]"


class _Folding(dict[int, str]):
    """What a character is compared as, worked out once for every character that comes by."""

    def __missing__(self, number: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(number)).casefold()
        parts = unicodedata.normalize("NFKD", plain)
        self[number] = "".join(part for part in parts if not unicodedata.combining(part))
        return self[number]


_FOLDING: Final = _Folding()


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with its texts in one language, as they are compared."""

    item: Item
    code: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; ``found`` where a word that was looked for stands."""

    text: str
    found: bool


def fold(text: str) -> str:
    """Return ``text`` as it is compared: without capitals and accents."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def words(query: str) -> tuple[str, ...]:
    """Return the words of ``query`` as they are compared, each once, the first ``MAX_WORDS``."""
    found = (word.strip(_AROUND) for word in fold(query).split())
    return tuple(dict.fromkeys(word for word in found if word))[:MAX_WORDS]


def search_index(framework: Framework, language: str) -> tuple[Entry, ...]:
    """Return every item with its texts in ``language``, ready to be searched many times."""
    return tuple(
        Entry(
            item,
            fold(item.code),
            fold(item.title[language]) if item.title else "",
            fold(item.text[language]) if item.text else "",
        )
        for item in framework.items
    )


def search(index: tuple[Entry, ...], query: str) -> tuple[Item, ...]:
    """Return the items in which every word of ``query`` occurs; none where it holds no word.

    The item with this very code comes first, then those that have the words in their title, then the
    rest; otherwise in document order.
    """
    wanted = words(query)
    if not wanted:
        return ()
    ranked = [(_rank(entry, wanted), entry.item) for entry in index if _has_all(entry, wanted)]
    return tuple(item for _, item in sorted(ranked, key=lambda found: found[0]))


def marked(text: str, query: str) -> tuple[Part, ...]:
    """Return ``text`` in pieces that together are ``text``, marked where a word of ``query`` stands."""
    wanted, folded, origin = words(query), "", []
    for place, character in enumerate(text):
        plain = fold(character)
        folded += plain
        origin += [place] * len(plain)
    hit = [False] * len(text)
    for word in wanted:
        at = folded.find(word)
        while at >= 0:
            first, last = origin[at], origin[at + len(word) - 1]
            hit[first : last + 1] = [True] * (last + 1 - first)
            at = folded.find(word, at + len(word))
    parts: list[Part] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or hit[place] != hit[start]:
            parts.append(Part(text[start:place], hit[start]))
            start = place
    return tuple(parts)


def _has_all(entry: Entry, wanted: tuple[str, ...]) -> bool:
    return all(word in entry.text or word in entry.name or word in entry.code for word in wanted)


def _rank(entry: Entry, wanted: tuple[str, ...]) -> int:
    if wanted == (entry.code,):
        return 0
    return 1 if all(word in entry.name or word in entry.code for word in wanted) else 2
