"""What may be shown above a team: numbers about people, never about fewer than five. Pure.

Hiding small numbers is not enough: whoever knows the whole finds a hidden part by taking the rest away. So:

* **Crowds.** People who are in exactly the same of the sets that are shown form a crowd. Any adding and
  taking away of sets gives whole crowds. A report is made only if every crowd holds five people or more.
* **Bands.** Neighbouring values are merged until every band holds five people or more in every crowd. So
  every number that can be worked out from a report is a sum of numbers of five or more; "nobody" is not told
  either.
* **Counted.** Whoever would stand apart beside earlier reports, with fewer than five, is left out of a report
  (:func:`countable`), so that a few who came, or who are in two sets, do not hold up all others.
* **Renewal.** A report follows an earlier one only if what can be worked out from the two together is again
  about nobody at all or about five people or more.

People are known here by references, which a report keeps to itself; shown is what :meth:`Report.shown` gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, islice, pairwise
from typing import Final

from bekwaam.domain.verdict import ALLOWED, Verdict, refused

FEWEST: Final = 5
"""Fewer people than this are never shown above a team."""
_MOST_SUMS: Final = 2_000
"""So many ways to add reports up are looked at for a crowd; where there are more, nothing new is told."""


@dataclass(frozen=True, slots=True)
class Question:
    """One unit: its values, lowest first, and what was said of whom.

    Who has no answer, or one that is not among the values, counts with the first value, which stands for
    *not known or not yet*.
    """

    unit: str
    order: tuple[str, ...]
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Band:
    """Neighbouring values, lowest first, and how many people are there together."""

    values: tuple[str, ...]
    people: int


@dataclass(frozen=True)
class Crowd:
    """People who cannot be told apart by the sets they are in; ``bands`` holds their numbers per unit."""

    people: frozenset[str]
    bands: tuple[tuple[str, tuple[Band, ...]], ...] = ()

    @cached_property
    def below(self) -> dict[str, dict[str, int]]:
        """Return by unit how many people are at or below the last value of each band."""
        found: dict[str, dict[str, int]] = {}
        for unit, bands in self.bands:
            total, found[unit] = 0, {}
            for band in bands:
                total += band.people
                found[unit][band.values[-1]] = total
        return found


@dataclass(frozen=True)
class Report:
    """Numbers over several sets of people at one moment. Its crowds stay inside the system."""

    sets: tuple[tuple[str, frozenset[str]], ...]
    crowds: tuple[Crowd, ...]

    def shown(self, name: str) -> dict[str, tuple[Band, ...]]:
        """Return what is shown of one set: the bands per unit. Raises KeyError where there is no such set."""
        people = dict(self.sets)[name]
        inside = [crowd for crowd in self.crowds if crowd.people <= people]
        found: dict[str, tuple[Band, ...]] = {}
        for unit, bands in inside[0].bands:
            numbers = [dict(crowd.bands)[unit] for crowd in inside]
            found[unit] = tuple(
                Band(band.values, sum(one[place].people for one in numbers))
                for place, band in enumerate(bands)
            )
        return found

    def size(self, name: str) -> int:
        """Return over how many people the numbers of one set are."""
        return len(dict(self.sets)[name])

    def inside(self, people: frozenset[str]) -> tuple[Crowd, ...]:
        """Return the crowds of which everybody is among ``people``."""
        met = sorted({place for person in people if (place := self._place.get(person)) is not None})
        return tuple(crowd for at in met if (crowd := self.crowds[at]).people <= people)

    @cached_property
    def _place(self) -> dict[str, int]:
        return {person: at for at, crowd in enumerate(self.crowds) for person in crowd.people}


def crowds_of(sets: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Return the people who are in exactly the same of these sets together, in the order first met."""
    signatures: dict[str, list[int]] = {}
    for place, people in enumerate(sets):
        for person in sorted(people):
            signatures.setdefault(person, []).append(place)
    crowds: dict[tuple[int, ...], set[str]] = {}
    for person, places in signatures.items():
        crowds.setdefault(tuple(places), set()).add(person)
    return tuple(frozenset(people) for people in crowds.values())


def may_report(sets: Mapping[str, frozenset[str]], fewest: int = FEWEST) -> Verdict:
    """Tell whether numbers over these sets may be shown together.

    Reasons: ``too_few_people`` in one of the sets, or ``set_apart``: together the sets single out a few.
    """
    if not sets or any(len(people) < fewest for people in sets.values()):
        return refused("too_few_people", "This is about fewer than {fewest} people.", fewest=fewest)
    if any(len(crowd) < fewest for crowd in crowds_of(sets.values())):
        return refused(
            "set_apart",
            "Shown together, these numbers would tell something about fewer than {fewest} people.",
            fewest=fewest,
        )
    return ALLOWED


def report(sets: Mapping[str, frozenset[str]], questions: Sequence[Question], fewest: int = FEWEST) -> Report:
    """Return the numbers over ``sets``. Raises ValueError where :func:`may_report` refuses."""
    verdict = may_report(sets, fewest)
    if not verdict:
        raise ValueError(verdict.reason)
    crowds = crowds_of(sets.values())
    bands = {question.unit: _bands(question, crowds, fewest) for question in questions}
    return Report(
        tuple(sets.items()),
        tuple(
            Crowd(people, tuple((unit, per_crowd[place]) for unit, per_crowd in bands.items()))
            for place, people in enumerate(crowds)
        ),
    )


def countable(people: frozenset[str], earlier: Iterable[Report], fewest: int = FEWEST) -> frozenset[str]:
    """Return those of ``people`` who stand apart with too few in nothing beside ``earlier``."""
    known = [one for before in earlier for _, one in before.sets]
    crowds = crowds_of([people, *known])
    apart = [crowd for crowd in crowds if crowd <= people and len(crowd) < fewest]
    return people.difference(*apart)


def softened(new: Report, earlier: Iterable[Report], fewest: int = FEWEST) -> Report:
    """Return ``new`` with the bands of each unit merged as far as is needed beside ``earlier``.

    Where that is not enough, because people left, it is :func:`may_follow` that refuses. Only for a report of
    one set, as of a cohort: its bands need to be cut alike in no other crowd.
    """
    (crowd,) = new.crowds
    found = list(_comparisons(new, list(earlier)))
    bands = []
    for unit, fine in crowd.bands:
        coarser = (Crowd(crowd.people, ((unit, one),)) for one in _merged(fine))
        fits = (one for one in coarser if not _would_tell(unit, one, crowd, found, fewest))
        chosen = next(fits, None)
        bands.append((unit, dict(chosen.bands)[unit] if chosen else _whole(fine)))
    return Report(new.sets, (Crowd(crowd.people, tuple(bands)),))


def _would_tell(
    unit: str,
    crowd: Crowd,
    finer: Crowd,
    found: Iterable[tuple[Crowd, tuple[Crowd, ...]] | None],
    fewest: int,
) -> bool:
    """Tell whether a unit would tell of a few with the bands of ``crowd`` in place of ``finer``."""
    for sum_ in found:
        if sum_ is None:
            return True
        whole, *parts = (crowd if one is finer else one for one in (sum_[0], *sum_[1]))
        if _tells_of_a_few(unit, whole, parts, fewest):
            return True
    return False


def _merged(bands: tuple[Band, ...]) -> Iterator[tuple[Band, ...]]:
    """Yield every way to merge neighbouring bands, the finest first and all of them together last."""
    for number in range(len(bands) - 1, -1, -1):
        for cuts in combinations(range(1, len(bands)), number):
            edges = [0, *cuts, len(bands)]
            yield tuple(_whole(bands[one:two])[0] for one, two in pairwise(edges))


def _whole(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    values = tuple(value for band in bands for value in band.values)
    return (Band(values, sum(band.people for band in bands)),)


def may_follow(new: Report, earlier: Iterable[Report], fewest: int = FEWEST) -> Verdict:
    """Tell whether ``new`` may be shown to those who can still know every one of ``earlier``.

    Reasons: ``set_apart`` (with the sets of then, the sets of now single out a few who came or went) and
    ``few_changed`` (laid beside each other or added up, the numbers tell of a few). Sets are looked at over
    all reports together, numbers beside every sum of reports about other people.
    """
    before = list(earlier)
    every = [people for one in (*before, new) for _, people in one.sets]
    if any(len(crowd) < fewest for crowd in crowds_of(every)):
        return refused(
            "set_apart",
            "Beside what was shown before, this would tell something about fewer than {fewest} people.",
            fewest=fewest,
        )
    if _tell(new, before, fewest):
        return refused(
            "few_changed",
            "Since the last time something changed for fewer than {fewest} people only. Wait for more.",
            fewest=fewest,
        )
    return ALLOWED


def _bands(question: Question, crowds: Sequence[frozenset[str]], fewest: int) -> tuple[tuple[Band, ...], ...]:
    """Return the bands of one unit for every crowd, cut in the same places in all."""
    first = question.order[0]
    counts = [dict.fromkeys(question.order, 0) for _ in crowds]
    for place, people in enumerate(crowds):
        for person in people:
            value = question.answers.get(person, first)
            counts[place][value if value in counts[place] else first] += 1
    cuts = _cuts(question.order, counts, fewest)
    return tuple(tuple(Band(cut, sum(one[value] for value in cut)) for cut in cuts) for one in counts)


def _cuts(
    order: tuple[str, ...], counts: Sequence[Mapping[str, int]], fewest: int
) -> tuple[tuple[str, ...], ...]:
    """Merge neighbours from the lowest on; what is left over at the top joins the band below it."""
    cuts: list[tuple[str, ...]] = []
    values: tuple[str, ...] = ()
    for value in order:
        values += (value,)
        if all(sum(one[held] for held in values) >= fewest for one in counts):
            cuts.append(values)
            values = ()
    if values:
        cuts[-1:] = [(*(cuts[-1] if cuts else ()), *values)]
    return tuple(cuts)


def _tell(new: Report, earlier: Iterable[Report], fewest: int) -> bool:
    """Tell whether ``new`` and ``earlier`` reports, laid beside each other or added up, tell of a few."""
    units = {unit for crowd in new.crowds for unit, _bands in crowd.bands}
    return any(
        sum_ is None or any(_tells_of_a_few(unit, *sum_, fewest) for unit in units)
        for sum_ in _comparisons(new, list(earlier))
    )


def _comparisons(new: Report, earlier: Sequence[Report]) -> Iterator[tuple[Crowd, tuple[Crowd, ...]] | None]:
    """Yield a crowd and others inside it, none of whom is in two, wherever the new report comes into it.

    What ``earlier`` reports tell without the new one was looked at when they were made. The others can be of
    several reports: what two groups said can together be taken from what all said. None stands for more ways
    to add up than are looked at; nothing new is told then.
    """
    for crowd in new.crowds:
        yield from _some(_sums(crowd, crowd.people, (), earlier))
    for whole in (crowd for old in earlier for crowd in old.crowds):
        inside = new.inside(whole.people)
        if inside:
            rest = whole.people.difference(*(crowd.people for crowd in inside))
            yield whole, inside
            yield from _some(_sums(whole, rest, inside, earlier))


def _some(
    sums: Iterator[tuple[Crowd, tuple[Crowd, ...]]],
) -> Iterator[tuple[Crowd, tuple[Crowd, ...]] | None]:
    yield from islice(sums, _MOST_SUMS)
    if next(sums, None) is not None:
        yield None


def _sums(
    whole: Crowd, rest: frozenset[str], parts: tuple[Crowd, ...], reports: Sequence[Report]
) -> Iterator[tuple[Crowd, tuple[Crowd, ...]]]:
    """Yield ``whole`` with ``parts`` and every choice more of what lies in ``rest``, report by report."""
    for at, other in enumerate(reports if rest else ()):
        inside = other.inside(rest)
        if inside:
            left = rest.difference(*(crowd.people for crowd in inside))
            yield whole, (*parts, *inside)
            yield from _sums(whole, left, (*parts, *inside), reports[at + 1 :])


def _tells_of_a_few(unit: str, whole: Crowd, parts: Sequence[Crowd], fewest: int) -> bool:
    rest = len(whole.people) - sum(len(part.people) for part in parts)
    below = [part.below.get(unit, {}) for part in parts]
    return not _crowded(whole.below.get(unit, {}), below, rest, fewest)


def _crowded(whole: Mapping[str, int], parts: Sequence[Mapping[str, int]], rest: int, fewest: int) -> bool:
    """Tell whether what is left of ``whole`` without ``parts`` is nobody, or five or more, everywhere.

    Both give how many people are at or below a value, the parts perhaps at other values: only where all of
    them do can they be added up. Where nobody is left over the two are about the same people, and may be cut
    in different places: what lies between two cuts can then be worked out as well.
    """
    alike = [value for value in parts[0] if all(value in part for part in parts)]
    inside = {value: sum(part[value] for part in parts) for value in alike}
    if rest:
        left = [number - inside[value] for value, number in whole.items() if value in inside]
        return all(after - before >= fewest for before, after in zip([0, *left], left, strict=False))
    return all(
        abs(number - other) >= fewest or (value == cut and number == other)
        for value, number in whole.items()
        for cut, other in inside.items()
    )
