"""Slips of the pen in long words: a letter left out, one too many, or two that changed places.

Slips({"vergader"}).meant("vergadr")   # "vergader"

Never another letter: "verlegen" and "verleden" are two words. Short words are left alone for the same reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

_LONG: Final = 8  # in letters of the key, without endings
_FIRST: Final = 3  # the letters that everybody gets right


class Slips:
    """Tells which of the ``keys`` of a list is meant by a key that is none of them."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = frozenset(key for key in keys if len(key) >= _LONG)
        self._shorter: dict[str, str | None] = {}
        for key in sorted(self._keys):
            for less in set(_one_less(key)):
                self._shorter[less] = None if less in self._shorter else key

    def meant(self, key: str) -> str | None:
        """Return the key that is one slip away from ``key``; None where there is none, or more than one."""
        if len(key) < _LONG - 1:
            return None
        known = self._shorter.get(key)
        if known is not None:
            return known  # a letter was left out
        found = set()
        for less in set(_one_less(key)):
            if less in self._keys:
                found.add(less)  # one too many
            other = self._shorter.get(less)
            if other is not None and _swapped(key, other):
                found.add(other)  # two changed places
        return found.pop() if len(found) == 1 else None


def _one_less(key: str) -> Iterator[str]:
    return (key[:at] + key[at + 1 :] for at in range(_FIRST, len(key)))


def _swapped(one: str, other: str) -> bool:
    """Tell whether two words of equal length differ in two neighbouring letters that changed places."""
    at = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    return len(at) == 2 and at[1] - at[0] == 1 and one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]
