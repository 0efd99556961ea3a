"""Small lists of words to try the matcher with."""

from __future__ import annotations

from bekwaam.frameworks.word_list import Entry, Weight, WordList


def word_list(context: tuple[str, ...] = (), /, **codes: str | tuple[str, str, str]) -> WordList:
    """Return a list: per code the phrases, split by ";", all strong; or three such texts, one a weight."""
    entries = {}
    for code, texts in codes.items():
        by_weight = (texts, "", "") if isinstance(texts, str) else texts
        entries[code] = tuple(
            Entry(phrase.strip(), weight)
            for weight, text in zip(Weight, by_weight, strict=True)
            for phrase in text.split(";")
            if phrase.strip()
        )
    return WordList("proef", entries, context)
