"""Two assessors beside each other: how often the same stage, and who was higher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import combinations

from bekwaam.domain.calibration.agreement import FEWEST_JUDGEMENTS, Vote


@dataclass(frozen=True, slots=True)
class Together:
    """What came of judging the same: ``same`` of ``number`` pairs of judgements gave the same stage.

    ``apart`` is the mean distance in stages. Fewer than five pairs say nothing: ``enough`` is false then.
    """

    number: int
    same: int
    apart: float

    @property
    def enough(self) -> bool:
        """Tell whether there is enough to show."""
        return self.number >= FEWEST_JUDGEMENTS


def per_pair(votes: Iterable[Vote]) -> dict[frozenset[Hashable], Together]:
    """Return for every two who judged the same subjects what came of it."""
    distances: defaultdict[frozenset[Hashable], list[int]] = defaultdict(list)
    for one, other in _beside(votes):
        distances[frozenset({one.assessor, other.assessor})].append(abs(one.rank - other.rank))
    return {pair: _together(found) for pair, found in distances.items()}


def all_pairs(votes: Iterable[Vote]) -> Together:
    """Return the same over all pairs of judgements together, whoever gave them."""
    return _together([abs(one.rank - other.rank) for one, other in _beside(votes)])


def _beside(votes: Iterable[Vote]) -> list[tuple[Vote, Vote]]:
    by_subject: defaultdict[Hashable, list[Vote]] = defaultdict(list)
    for vote in votes:
        by_subject[vote.subject].append(vote)
    return [pair for given in by_subject.values() for pair in combinations(given, 2)]


def _together(distances: list[int]) -> Together:
    number = len(distances)
    return Together(number, distances.count(0), sum(distances) / number if number else 0.0)
