"""Finds the terms of a list in a story: words in any form, verbs that fell apart, phrases."""

from __future__ import annotations

from typing import Final, NamedTuple

from bekwaam.domain.portfolio.suggesting.function_words import CLOSERS, COMMON, DROPPED, OPENERS, PREPOSITIONS
from bekwaam.domain.portfolio.suggesting.terms import Term, Terms
from bekwaam.domain.portfolio.suggesting.text import Sentence
from bekwaam.domain.portfolio.suggesting.verbs import SEPARABLE

_REACH: Final = 9  # how far from its verb a beginning may have gone
_ROOM: Final = 5  # how many other words may stand within a phrase
_CLOSE: Final = 3  # how far a small word may be from the rest of its phrase
_LOOSE: Final = 0.9  # what is left of a phrase for each other word within it
_BROKEN: Final = 0.7  # and where a comma stands within it
_PREFIXES: Final = frozenset(SEPARABLE)
HALF: Final = 0.5  # what a half of a compound tells, beside the word itself


class Spot(NamedTuple):
    """Words of a sentence, by their places from ``first`` to ``last``; ``share`` is 1 but for a half."""

    first: int
    last: int
    places: frozenset[int]
    share: float = 1.0


class Found(NamedTuple):
    """A term, and where it stands in a sentence."""

    term: Term
    spot: Spot


def find(terms: Terms, sentence: Sentence) -> list[Found]:
    """Return every term in ``sentence``, in the order in which they are met."""
    spots = _spots(terms, sentence)
    present = frozenset(spots)
    found: list[Found] = []
    for key, places in spots.items():
        single = terms.singles.get(key)
        if single is not None:
            found += [Found(single, spot) for spot in places]
        for phrase in terms.phrases.get(key, ()):
            if not phrase.key_set <= present:
                continue
            met = _in_order(phrase, spots) if phrase.is_small else _phrase(phrase, key, spots, sentence)
            found += [Found(phrase, spot) for spot in met]
    return found


def _spots(terms: Terms, sentence: Sentence) -> dict[str, list[Spot]]:
    words = sentence.plains
    found: dict[str, list[Spot]] = {}

    def note(key: str, first: int, last: int, places: tuple[int, ...], share: float = 1.0) -> None:
        if key in terms.used:
            found.setdefault(key, []).append(Spot(first, last, frozenset(places), share))

    for at, word in enumerate(words):
        reading = terms.reading(word)
        key = reading.key
        if key is not None:
            note(key, at, at, (at,))
            for other, full in _parted(terms, sentence, at, key):
                note(full, min(at, other), max(at, other), (at, other))
        for half in reading.halves:
            note(half, at, at, (at,), HALF)
        if at + 1 < len(words) and word not in COMMON and words[at + 1] not in COMMON:
            whole = terms.compounds.joined(word, words[at + 1])
            if whole is not None:
                note(whole, at, at + 1, (at, at + 1))
    return found


def _parted(terms: Terms, sentence: Sentence, at: int, key: str) -> list[tuple[int, str]]:
    """Return where the beginning of the verb at ``at`` has gone, with the key of the whole verb."""
    known = terms.parting.get(key)
    if not known:
        return []
    words = sentence.plains
    before = at - 2 if at >= 2 and words[at - 1] == "te" else at - 1
    if before >= 0 and words[before] in known:
        return [(before, known[words[before]])]
    if words[at].startswith("ge"):
        return []  # a participle has its beginning before it
    end = min(len(words), at + 1 + _REACH)
    for place in range(at + 1, end):
        if words[place] in known and _ends_a_verb(sentence, place):
            return [(place, known[words[place]])]
    return []


def _ends_a_verb(sentence: Sentence, place: int) -> bool:
    """Tell whether the word at ``place`` can be the end of a verb, and not the start of "op tafel"."""
    after = place + 1
    if place in sentence.stops or after >= len(sentence.words):
        return True
    follows = sentence.plains[after]
    return follows in CLOSERS or (sentence.plains[place] not in PREPOSITIONS and follows not in OPENERS)


def _phrase(phrase: Term, anchor: str, spots: dict[str, list[Spot]], sentence: Sentence) -> list[Spot]:
    others = list(phrase.keys)
    others.remove(anchor)
    found = []
    for start in spots[anchor]:
        chosen = _nearest(start, others, spots, len(phrase.keys) + _ROOM)
        if chosen is not None and _small_are_close(phrase, [(anchor, start), *chosen]):
            every = [start, *(spot for _, spot in chosen)]
            places = frozenset[int]().union(*(spot.places for spot in every))
            first, last = min(s.first for s in every), max(s.last for s in every)
            share = min(spot.share for spot in every) * _tightness(sentence, first, last, places)
            found.append(Spot(first, last, places, share))
    return found


def _tightness(sentence: Sentence, first: int, last: int, places: frozenset[int]) -> float:
    """Return what is left of a phrase from ``first`` to ``last``: other words in it make it less sure."""
    others = sum(at not in places and sentence.plains[at] not in DROPPED for at in range(first, last))
    broken = any(first <= stop < last for stop in sentence.stops)
    return (_LOOSE**others) * (_BROKEN if broken else 1.0)


def _in_order(phrase: Term, spots: dict[str, list[Spot]]) -> list[Spot]:
    """Return where the small words of ``phrase`` stand in their order, with little room between."""
    found: list[Spot] = []
    for start in spots[phrase.keys[0]]:
        chosen = [start]
        for key in phrase.keys[1:]:
            after = [spot for spot in spots[key] if spot.first > chosen[-1].last]
            if not after:
                return found
            chosen.append(min(after, key=lambda spot: spot.first))
        if chosen[-1].last - start.first < len(phrase.keys) + _CLOSE - 1:
            places = frozenset[int]().union(*(spot.places for spot in chosen))
            found.append(Spot(start.first, chosen[-1].last, places))
    return found


def _nearest(
    start: Spot, others: list[str], spots: dict[str, list[Spot]], room: int
) -> list[tuple[str, Spot]] | None:
    """Return for each key the spot nearest to ``start`` that is still free; None where it gets too wide."""
    taken = set(start.places)
    chosen = []
    for key in others:
        free = [spot for spot in spots[key] if not spot.places & taken]
        if not free:
            return None
        spot = min(free, key=lambda one: abs(one.first - start.first))
        taken |= spot.places
        chosen.append((key, spot))
    firsts = [start.first, *(spot.first for _, spot in chosen)]
    return chosen if max(firsts) - min(firsts) < room else None


def _small_are_close(phrase: Term, chosen: list[tuple[str, Spot]]) -> bool:
    for key, spot in chosen:
        if key in phrase.small and all(
            min(abs(spot.first - other.first), abs(spot.first - other.last)) > _CLOSE
            for _, other in chosen
            if other is not spot
        ):
            return False
    return True
