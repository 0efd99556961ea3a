"""Which passages two texts share, word by word: what people look at when fingerprints met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bekwaam.domain.signs.prints import IN_A_ROW, NOTHING_KNOWN, Known, Run, Word, carrying, runs_of

# Two shared stretches with no more than this many other carrying words between them read as one passage.
JOINED: Final = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of one field of a piece: from ``start`` up to ``end``, counted in characters."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage that stands in both: where in one's own text, and where in the other."""

    own: Stretch
    other: Stretch


@dataclass(frozen=True, slots=True)
class _Place:
    field: str
    at: int


def shared_passages(
    own: Mapping[str, str], other: Mapping[str, str], known: Known = NOTHING_KNOWN
) -> tuple[Shared, ...]:
    """Return the passages of ``own`` that stand in ``other`` too, in the order of one's own text.

    Both map the names of fields to their texts; a passage may stand in another field there.
    """
    theirs = {name: carrying(text) for name, text in other.items()}
    where = _places(theirs, known)
    found: list[Shared] = []
    for name, text in own.items():
        words = carrying(text)
        here: list[Shared] = []
        for start, end, place in _matches(runs_of(words), where):
            there = theirs[place.field]
            stretch = Stretch(place.field, there[place.at].start, there[place.at + end - start].end)
            here.append(Shared(Stretch(name, words[start].start, words[end].end), stretch))
        found += _joined(here, words, theirs)
    return tuple(_widened(one, own[one.own.field], other[one.other.field]) for one in found)


def _places(theirs: Mapping[str, Sequence[Word]], known: Known) -> dict[Run, list[_Place]]:
    where: dict[Run, list[_Place]] = {}
    for name, words in theirs.items():
        for at, run in enumerate(runs_of(words)):
            if run not in known.runs:
                where.setdefault(run, []).append(_Place(name, at))
    return where


def _matches(runs: Sequence[Run], where: Mapping[Run, list[_Place]]) -> list[tuple[int, int, _Place]]:
    """Return (first word, last word, place there) of each longest stretch, from left to right."""
    found = []
    at = 0
    while at < len(runs):
        places = where.get(runs[at], [])
        if not places:
            at += 1
            continue
        lengths = [(_length(runs, at, place, where), -number) for number, place in enumerate(places)]
        length, number = max(lengths)
        found.append((at, at + length + IN_A_ROW - 2, places[-number]))
        at += length
    return found


def _length(runs: Sequence[Run], at: int, place: _Place, where: Mapping[Run, list[_Place]]) -> int:
    """Return over how many rows of words both go on alike from here."""
    length = 1
    while at + length < len(runs) and _Place(place.field, place.at + length) in where.get(
        runs[at + length], ()
    ):
        length += 1
    return length


def _joined(
    found: Sequence[Shared], mine: Sequence[Word], theirs: Mapping[str, Sequence[Word]]
) -> list[Shared]:
    """Return stretches of one field that stand close together in both texts as one."""
    joined: list[Shared] = []
    for one in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and _near(last.own, one.own, mine)
            and _near(last.other, one.other, theirs[one.other.field])
        ):
            joined[-1] = Shared(_span(last.own, one.own), _span(last.other, one.other))
        else:
            joined.append(one)
    return joined


def _widened(shared: Shared, own: str, other: str) -> Shared:
    """Return a passage with the small words on both sides of it that are the same to the letter."""
    before = _alike(own[: shared.own.start][::-1], other[: shared.other.start][::-1])
    after = _alike(own[shared.own.end :], other[shared.other.end :])
    return Shared(*(_grown(stretch, before, after) for stretch in (shared.own, shared.other)))


def _alike(one: str, other: str) -> int:
    """Return how many characters both begin with alike, up to the end of a word in both."""
    whole = 0
    for at in range(min(len(one), len(other)) + 1):
        if all(at == len(text) or not text[at].isalnum() for text in (one, other)):
            whole = at
        if at == min(len(one), len(other)) or one[at] != other[at]:
            break
    return len(one[:whole].rstrip())


def _grown(stretch: Stretch, before: int, after: int) -> Stretch:
    return Stretch(stretch.field, stretch.start - before, stretch.end + after)


def _near(first: Stretch, second: Stretch, words: Sequence[Word]) -> bool:
    if first.field != second.field or second.end <= first.start or second.start < first.start:
        return False
    return sum(first.end <= word.start < second.start for word in words) <= JOINED


def _span(first: Stretch, second: Stretch) -> Stretch:
    return Stretch(first.field, first.start, max(first.end, second.end))


def marked(text: str, stretches: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """Return ``text`` in parts, each with whether it lies in one of the stretches (start, end)."""
    parts: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(stretches):
        start = max(start, at)
        if end <= start:
            continue
        if start > at:
            parts.append((text[at:start], False))
        parts.append((text[start:end], True))
        at = end
    if at < len(text):
        parts.append((text[at:], False))
    return tuple(parts)
