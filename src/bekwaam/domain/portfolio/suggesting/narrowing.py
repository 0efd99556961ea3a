"""For a single story: leaves out of a list what cannot be in it, before time goes into stemming the rest.

It only looks at the first letters of words, and keeps whatever might fit, so that the outcome is the same.
"""

from __future__ import annotations

import re
from typing import Final

from bekwaam.domain.portfolio.suggesting.function_words import COMMON, SMALL
from bekwaam.domain.portfolio.suggesting.stemming import plain
from bekwaam.domain.portfolio.suggesting.terms import phrase_words
from bekwaam.domain.portfolio.suggesting.verbs import SEPARABLE, ordinary_form
from bekwaam.frameworks.word_list import WordList

_DOUBLED: Final = re.compile(r"(.)\1")
_SOUNDS: Final = str.maketrans({"v": "f", "z": "s", "c": "k"})
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SHORT: Final = 4


def narrowed(word_list: WordList, text: str) -> WordList:
    """Return ``word_list`` with the entries that may be in ``text``; every code stays."""
    words = {plain(word) for word in _WORD.findall(text)}
    heard = " ".join(_sound(form) for word in words for form in {word, ordinary_form(word)})
    known: dict[str, bool] = {}

    def may_be(phrase: str) -> bool:
        for word in phrase_words(phrase):
            if word not in known:
                known[word] = word in SMALL or word in COMMON or _may_be(word, heard)
            if not known[word]:
                return False
        return True

    entries = {
        code: tuple(entry for entry in found if may_be(entry.phrase))
        for code, found in word_list.entries.items()
    }
    return WordList(word_list.standard, entries, word_list.context)


def _may_be(word: str, heard: str) -> bool:
    return any(_beginning(_sound(form)) in heard for form in _forms(word))


def _forms(word: str) -> set[str]:
    """Return ``word`` and what may stand for it: its infinitive, and what a verb that falls apart leaves."""
    forms = {word, ordinary_form(word), word.removesuffix("je").removesuffix("t")}
    rests = {form.removeprefix(prefix) for form in forms for prefix in SEPARABLE if form.startswith(prefix)}
    return forms | {rest for rest in rests if len(rest) >= _SHORT}


def _sound(word: str) -> str:
    """Return ``word`` as it is compared here: spellings that forms of one word may differ in are one."""
    same = _DOUBLED.sub(r"\1", word.replace("ch", "g").replace("ph", "f").translate(_SOUNDS))
    return same.replace("ij", "ei").replace("ou", "au")


def _beginning(sound: str) -> str:
    start = sound.removeprefix("ge")
    return start[: 3 if len(start) > _SHORT else 2]
