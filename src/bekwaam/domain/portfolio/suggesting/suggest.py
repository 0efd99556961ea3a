"""From a story to the competences it may show, the best first, each with the words that led there.

matcher = Matcher(word_list)
matcher.suggest("Ik belde bij haar aan …")   # (Suggestion("1.2", ("belde bij haar aan",)), …)

The measure is BM25 (Robertson and others, Okapi at TREC-3): the list of a competence is the document, the
story the query. It only puts the competences in order; nobody is shown a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from typing import Final, NamedTuple

from bekwaam.domain.portfolio.suggesting.finding import Found, find
from bekwaam.domain.portfolio.suggesting.narrowing import narrowed
from bekwaam.domain.portfolio.suggesting.terms import Term, Terms, terms_of
from bekwaam.domain.portfolio.suggesting.text import Sentence, sentences
from bekwaam.frameworks.word_list import Weight, WordList

AT_MOST: Final = 5
MAX_CHARACTERS: Final = 100_000  # a story is never this long; what comes after is not looked at

# How often a word of each weight counts as standing in the list of its competence.
_TIMES: Final = {Weight.STRONG: 5.0, Weight.ORDINARY: 1.5, Weight.WEAK: 0.4}
_K1: Final = 2.0  # how soon more of the same in the list stops telling more
_B: Final = 0.2  # how much a long list is held back: a little
_K3: Final = 0.4  # how soon a word that comes back in the story stops telling more
_PHRASE: Final = 1.15  # a phrase is rarer than a word, and says more
_FEWEST: Final = 20  # a list of few competences counts as one of so many: rarity is about the work
_SMALL: Final = 0.5  # one of small words only ("zelf laten doen") says less
_LEAST_BEST: Final = 4.0  # less than one strong word gives; a story with less shows nothing
_CLEAR: Final = 8.0  # with a strong word: such a story needs no word that places it in the work
_LEAST: Final = 3.0  # below this a story says too little about a competence beside the best
_BESIDE_BEST: Final = 0.25  # and below this share of the best it is not worth naming beside it


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A competence that a story may show, and the ``words`` as written, the weightiest first."""

    code: str
    words: tuple[str, ...]


class Scored(NamedTuple):
    """What a story says of one competence; ``is_strong`` where a strong word is among the ``words``."""

    score: float
    code: str
    words: tuple[str, ...]
    is_strong: bool


@dataclass(frozen=True)
class _Place:
    """An occurrence of a term in the story: its words by sentence and place, and its characters."""

    words: frozenset[tuple[int, int]]
    start: int
    end: int
    share: float


class Matcher:
    """Looks stories up in one word list. Made once, it can be used by many at a time."""

    def __init__(self, word_list: WordList, only: str | None = None) -> None:
        """Make the whole list ready; or, faster, only what can be in the text ``only``."""
        part = word_list if only is None else narrowed(word_list, only)
        self._terms = terms_of(part, word_list)
        if only is None:
            _ = self._terms.slips  # reckoned now, and not when the first story comes
        sizes = {code: len(entries) for code, entries in word_list.entries.items()}
        average = sum(sizes.values()) / max(1, len(sizes))
        self._length = {code: 1 - _B + _B * size / average for code, size in sizes.items()}

    def suggest(self, text: str, at_most: int = AT_MOST) -> tuple[Suggestion, ...]:
        """Return the competences that ``text`` may show, the best first; none where nothing fits."""
        text = text[:MAX_CHARACTERS]
        told = sentences(text)
        scored = self._scores(told, text)
        if not scored or not self._says_enough(scored[0], told):
            return ()
        least = max(_LEAST, scored[0].score * _BESIDE_BEST)
        return tuple(Suggestion(one.code, one.words) for one in scored[:at_most] if one.score >= least)

    def _says_enough(self, best: Scored, told: list[Sentence]) -> bool:
        clear = best.is_strong and best.score >= _CLEAR
        return best.score >= _LEAST_BEST and (clear or self._is_of_the_work(told))

    def _is_of_the_work(self, told: list[Sentence]) -> bool:
        """Tell whether a story has a word of the list's context; always so where that is empty."""
        context = self._terms.context
        words = (word for sentence in told for word in sentence.plains)
        return not context or any(self._terms.reading(word).key in context for word in words)

    def scores(self, text: str) -> list[Scored]:
        """Return what ``text`` says of every competence that has a word in it, the best first."""
        text = text[:MAX_CHARACTERS]
        return self._scores(sentences(text), text)

    def _scores(self, told: list[Sentence], text: str) -> list[Scored]:
        places = _places(self._terms, told)
        by_code: dict[str, list[tuple[float, Term]]] = {}
        for term, found in places.items():
            tells = self._rarity(term) * max(place.share for place in found) * _often(found)
            for code, weight in term.weights.items():
                by_code.setdefault(code, []).append((tells * self._worth(code, weight), term))
        scored = [self._scored(code, terms, places, text) for code, terms in by_code.items()]
        order = {code: number for number, code in enumerate(self._terms.codes)}
        return sorted(scored, key=lambda one: (-one.score, order[one.code]))

    def _scored(
        self, code: str, told: list[tuple[float, Term]], places: dict[Term, list[_Place]], text: str
    ) -> Scored:
        counted = list(_each_word_once(told, places))
        words = tuple(
            dict.fromkeys(_written(text, place) for place in _apart([one for _, _, one in counted]))
        )
        strong = any(term.weights[code] is Weight.STRONG for _, term, _ in counted)
        return Scored(sum(score for score, _, _ in counted), code, words, strong)

    def _rarity(self, term: Term) -> float:
        """Return BM25's weight of a term that few competences have; a weak place counts for little."""
        times = [_TIMES[weight] for weight in term.weights.values()]
        having = sum(times) / max(times)
        number = max(_FEWEST, len(self._terms.codes))
        rarity = log(1 + (number - having + 0.5) / (having + 0.5))
        if term.is_small:
            return rarity * _SMALL
        return rarity * (_PHRASE if len(term.keys) > 1 else 1.0)

    def _worth(self, code: str, weight: Weight) -> float:
        times = _TIMES[weight]
        return times * (_K1 + 1) / (times + _K1 * self._length[code])


def _places(terms: Terms, told: list[Sentence]) -> dict[Term, list[_Place]]:
    found: dict[Term, list[_Place]] = {}
    for number, sentence in enumerate(told):
        for one in find(terms, sentence):
            found.setdefault(one.term, []).append(_place(number, one, sentence))
    return found


def _place(number: int, found: Found, sentence: Sentence) -> _Place:
    words = sentence.words
    spot = found.spot
    return _Place(
        frozenset((number, at) for at in spot.places),
        words[spot.first].start,
        words[spot.last].end,
        spot.share,
    )


def _often(places: list[_Place]) -> float:
    number = len(places)
    return number * (_K3 + 1) / (number + _K3)


def _each_word_once(
    scored: list[tuple[float, Term]], places: dict[Term, list[_Place]]
) -> Iterator[tuple[float, Term, _Place]]:
    """Yield what counts for a competence, the weightiest first.

    Words that another phrase took count no more; a phrase that shares words with it counts for its own part.
    """
    taken: set[tuple[int, int]] = set()
    for score, term in sorted(scored, key=lambda one: (-one[0], -len(one[1].keys))):
        free = next((place for place in places[term] if not place.words <= taken), None)
        if free is not None:
            own = len(free.words - taken) / len(free.words)
            for place in places[term]:
                taken |= place.words
            yield score * own, term, free


def _apart(places: list[_Place]) -> list[_Place]:
    """Return ``places`` without those that overlap an earlier one: no word of the story is named twice."""
    kept: list[_Place] = []
    for place in places:
        if all(place.end <= other.start or other.end <= place.start for other in kept):
            kept.append(place)
    return kept


def _written(text: str, place: _Place) -> str:
    return " ".join(text[place.start : place.end].split())
