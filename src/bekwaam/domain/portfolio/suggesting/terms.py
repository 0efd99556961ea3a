"""A word list made ready for looking up: every entry as the keys of its words, every word by its key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from bekwaam.domain.portfolio.suggesting.compounds import Compounds
from bekwaam.domain.portfolio.suggesting.function_words import COMMON, DROPPED, SMALL
from bekwaam.domain.portfolio.suggesting.slips import Slips
from bekwaam.domain.portfolio.suggesting.stemming import folded, key_of, plain
from bekwaam.domain.portfolio.suggesting.verbs import SEPARABLE, ordinary_form, parted
from bekwaam.frameworks.word_list import Weight, WordList

_BEGINNING: Final = 3
_LONGEST: Final = 60  # no word is this long; what is, is not taken apart
_REMEMBERED: Final = 20_000
_NO_VERBS: Final = frozenset({"enen"})  # "openen" does not fall apart


@dataclass(frozen=True)
class Term:
    """A word or phrase: the ``keys`` of its words, those that are ``small``, and whom it speaks for.

    Where all are small, the ``keys`` stand in their order; otherwise they are sorted.
    """

    keys: tuple[str, ...]
    small: frozenset[str]
    weights: dict[str, Weight] = field(default_factory=dict, compare=False)

    def __hash__(self) -> int:
        return hash(self.keys)

    @cached_property
    def key_set(self) -> frozenset[str]:
        """Return the keys, each once."""
        return frozenset(self.keys)

    @cached_property
    def is_small(self) -> bool:
        """Tell whether it has small words only ("zelf laten doen"): then it says less, and order counts."""
        return len(self.keys) > 1 and self.small == self.key_set


@dataclass(frozen=True, slots=True)
class Reading:
    """How a word of a story is read: its key, and the keys of its halves where it is a compound."""

    key: str | None
    halves: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """All terms of a list. ``phrases`` stand under their rarest key, ``parting`` verbs under what is left
    of them when their beginning has gone its own way: {"bel": {"aan": key of "aanbellen"}}.
    """

    codes: tuple[str, ...]
    singles: Mapping[str, Term]
    phrases: Mapping[str, tuple[Term, ...]]
    parting: Mapping[str, Mapping[str, str]]
    compounds: Compounds
    context: frozenset[str]
    verbs: frozenset[str]
    beginnings: frozenset[str]

    @cached_property
    def used(self) -> frozenset[str]:
        """Return the keys that occur in a term."""
        of_phrases = (key for terms in self.phrases.values() for term in terms for key in term.keys)
        return frozenset(self.singles) | frozenset(of_phrases)

    @cached_property
    def reading(self) -> Callable[[str], Reading]:
        """Return what tells how a word (plain) is read. Words come back, so answers are remembered."""
        return lru_cache(maxsize=_REMEMBERED)(self._read)

    @cached_property
    def slips(self) -> Slips:
        """Return what knows a long word of the list with a slip of the pen in it."""
        return Slips(self.used)

    def _read(self, word: str) -> Reading:
        if len(word) > _LONGEST:
            return Reading(None, ())
        key = key_of(word) if self._may_hold(ordinary_form(word)) else None
        if key is not None and key not in self.used and word.endswith("t"):
            bare = key_of(word[:-1])  # "belt": the stemmer leaves the t of he and she
            key = bare if bare in self.verbs and bare == folded(word[:-1]) else key
        known = key in self.singles
        halves = () if known or word in COMMON else self.compounds.parts(word)
        if key is not None and not halves and key not in self.used:
            key = self.slips.meant(key) or key
        return Reading(key, halves)

    def _may_hold(self, word: str) -> bool:
        """Tell whether ``word`` could have a key of the list; false spares it the stemming."""
        start = word[2 : 2 + _BEGINNING] if word.startswith("ge") else ""
        return word[:_BEGINNING] in self.beginnings or start in self.beginnings


def terms_of(word_list: WordList, whole: WordList | None = None) -> Terms:
    """Return the entries of ``word_list`` as terms. Entries with the same keys are one term.

    Where it is a part of a list, ``whole`` is that list: compounds are split on all of its words.
    """
    found: dict[tuple[str, ...], Term] = {}
    written: dict[str, str] = {}
    for code, entries in word_list.entries.items():
        for entry in entries:
            words = phrase_words(entry.phrase)
            written.update((word, key_of(word)) for word in words)
            term = _term(words)
            known = found.setdefault(term.keys, term)
            known.weights[code] = max(known.weights.get(code, Weight.WEAK), entry.weight, key=_RANK.index)
    every = _words(whole or word_list)
    parting = _parting(written if whole is None else {**_separable(every), **written})
    context = {plain(word): key_of(plain(word)) for word in word_list.context}
    singles = {term.keys[0]: term for term in found.values() if len(term.keys) == 1}
    return Terms(
        tuple(word_list.entries),
        singles,
        _by_rarest(found.values()),
        parting,
        Compounds(every - COMMON, singles),
        frozenset(context.values()),
        frozenset(key for word, key in written.items() if word.endswith("en")) | parting.keys(),
        _beginnings({**written, **context}),
    )


_RANK: Final = (Weight.WEAK, Weight.ORDINARY, Weight.STRONG)


def phrase_words(phrase: str) -> tuple[str, ...]:
    """Return the words of a listed phrase that have to be there; all of them where that leaves none."""
    words = tuple(plain(word) for word in phrase.split())
    return tuple(word for word in words if word not in DROPPED) or words


def _words(word_list: WordList) -> frozenset[str]:
    phrases = (entry.phrase for entries in word_list.entries.values() for entry in entries)
    return frozenset(word for phrase in phrases for word in phrase_words(phrase))


def _term(words: tuple[str, ...]) -> Term:
    small = frozenset(key_of(word) for word in words if word in SMALL)
    keys = tuple(key_of(word) for word in words)
    return Term(keys if small.issuperset(keys) else tuple(sorted(keys)), small)


def _by_rarest(terms: Iterable[Term]) -> dict[str, tuple[Term, ...]]:
    """Return the phrases under the key that is met least: the longest is, whatever else is in the list."""
    found: dict[str, list[Term]] = {}
    for term in terms:
        if len(term.keys) == 1:
            continue
        rarest = min(term.keys, key=lambda key: (key in term.small, -len(key), key))
        found.setdefault(rarest, []).append(term)
    return {key: tuple(under) for key, under in found.items()}


def _separable(words: Iterable[str]) -> dict[str, str]:
    """Return the verbs among ``words`` that can fall apart, with their keys.

    A verb that stands in one place of a list ("opgehaald") falls apart as another place tells ("ophalen").
    """
    found = (word for word in words if word.startswith(SEPARABLE) and parted(ordinary_form(word)) is not None)
    return {word: key_of(word) for word in found}


def _parting(written: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for word, key in written.items():
        parts = parted(ordinary_form(word))
        if parts is not None and parts[1] not in _NO_VERBS:
            found.setdefault(key_of(parts[1]), {})[parts[0]] = key
    return found


def _beginnings(written: Mapping[str, str]) -> frozenset[str]:
    forms = {text for pair in written.items() for text in pair}
    for prefix, rest in filter(None, map(parted, written)):
        forms |= {rest, key_of(rest), f"{prefix}ge{rest}"}
    return frozenset(form[:_BEGINNING] for form in forms)
