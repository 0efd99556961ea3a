"""Fingerprints of a text, so that the same words are found again among very many texts.

A text is read as the words that carry it: small words, numbers and names are left out, and every word counts
in one form ("belde" as "bellen"). Of each three such words in a row a keyed hash is made, and of each four
hashes in a row the smallest is kept (winnowing; Schleimer, Wilkerson and Aiken, SIGMOD 2003). So whatever two
texts share of six carrying words in a row, some ten words as written, is sure to be found, in whatever field
or order it stands, while a table holds about two fifths of the hashes.

Whoever holds the hashes without the key learns nothing of a text: without it not even a guess can be tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, NamedTuple

from bekwaam.domain.portfolio.suggesting.function_words import DROPPED, SMALL
from bekwaam.domain.portfolio.suggesting.stemming import key_of, plain

# Part of the name under which prints are stored: prints of another method are made anew.
METHOD: Final = "w3.4.1"
IN_A_ROW: Final = 3
WINDOW: Final = 4

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[.!?:;\n\"“”]+")
_LEFT_OUT: Final = DROPPED | SMALL


class Word(NamedTuple):
    """A word that carries the text: the form in which it counts, and from where to where it stands."""

    key: str
    start: int
    end: int


Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Words in a row that are nobody's own: of the standard, of our hints. They do not count as copied."""

    runs: frozenset[Run] = frozenset()

    @staticmethod
    def of(texts: Iterable[str]) -> Known:
        """Return what is known from ``texts``."""
        return Known(frozenset(run for text in texts for run in runs_of(carrying(text))))

    def __or__(self, other: Known) -> Known:
        return Known(self.runs | other.runs)


NOTHING_KNOWN: Final = Known()


def carrying(text: str) -> list[Word]:
    """Return the words that carry a text, in order; a capital inside a sentence is taken for a name."""
    found = []
    begins = True
    for hit in _WORD.finditer(text):
        written = hit.group()
        if not written[0].isalpha():
            begins = True
            continue
        is_name = not begins and written[0].isupper()
        begins = False
        bare = plain(written)
        if not is_name and bare not in _LEFT_OUT:
            found.append(Word(key_of(bare), hit.start(), hit.end()))
    return found


def runs_of(words: Sequence[Word]) -> list[Run]:
    """Return each row of words that counts, in order; none where there are too few words."""
    keys = [word.key for word in words]
    return [tuple(keys[at : at + IN_A_ROW]) for at in range(len(keys) - IN_A_ROW + 1)]


def prints_of(texts: Iterable[str], key: bytes, known: Known = NOTHING_KNOWN) -> frozenset[int]:
    """Return the fingerprints of a piece with these texts: whole numbers from 0 to 2**63 - 1.

    ``key`` is the secret of the installation, 16 to 64 bytes. No row of words crosses from one text into the
    next, so it does not matter in which field or order they stand.
    """
    found: set[int] = set()
    for text in texts:
        hashes = [_hash(run, key) for run in runs_of(carrying(text)) if run not in known.runs]
        last = max(1, len(hashes) - WINDOW + 1)
        found.update(min(hashes[at : at + WINDOW]) for at in range(last) if hashes)
    return frozenset(found)


def _hash(run: Run, key: bytes) -> int:
    digest = blake2b(" ".join(run).encode(), digest_size=8, key=key).digest()
    return int.from_bytes(digest) >> 1
