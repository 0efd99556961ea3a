"""How far assessors agree: Krippendorff's alpha for stages in an order.

K. Krippendorff, *Content Analysis* (2004), chapter 11: 1 is full agreement, 0 is no more than chance would
give. It bears any number of assessors and judgements that are missing. Beside the count stands here when a
figure may be shown at all, and what it means in words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import permutations
from typing import Final

from bekwaam.wording import N_

FEWEST_ASSESSORS: Final = 3
FEWEST_JUDGEMENTS: Final = 5

# Where Krippendorff (2004, p. 241) draws his lines.
_FIRM: Final = 0.8
_TENTATIVE: Final = 0.667
_CHANCE: Final = 0.0


@dataclass(frozen=True, slots=True)
class Vote:
    """One judgement as a figure sees it.

    ``subject`` is what was judged (one unit of one dossier); ``rank`` the stage in its order, 0 for *not
    shown*.
    """

    assessor: Hashable
    subject: Hashable
    rank: int


class NoFigure(StrEnum):
    """Why there is no figure."""

    FEW_ASSESSORS = "few_assessors"
    FEW_JUDGEMENTS = "few_judgements"
    ONE_SUBJECT = "one_subject"
    ONE_STAGE = "one_stage"


NO_FIGURE: Final[dict[NoFigure, str]] = {
    NoFigure.FEW_ASSESSORS: N_("No figure yet: it takes at least three assessors who judged the same."),
    NoFigure.FEW_JUDGEMENTS: N_("No figure yet: it takes at least five judgements that lie beside others."),
    NoFigure.ONE_SUBJECT: N_("No figure yet: it takes at least two dossiers or competences to compare."),
    NoFigure.ONE_STAGE: N_(
        "No figure: everybody gave the same stage everywhere, so there was nothing to tell apart."
    ),
}


class Meaning(StrEnum):
    """What a figure means."""

    FIRM = "firm"
    TENTATIVE = "tentative"
    LOOSE = "loose"
    CHANCE = "chance"


MEANINGS: Final[dict[Meaning, str]] = {
    Meaning.FIRM: N_("The assessors use nearly the same yardstick."),
    Meaning.TENTATIVE: N_("The assessors mostly agree. Talk about where they do not."),
    Meaning.LOOSE: N_("The assessors often differ. Talk about what each of them asks."),
    Meaning.CHANCE: N_("The assessors agree no more than chance would give. Look first at what was asked."),
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far some votes agree. ``alpha`` is None when there is a reason not to show one.

    ``assessors``, ``judgements`` and ``subjects`` count only what lies beside a judgement of somebody else.
    """

    alpha: float | None
    reason: NoFigure | None
    assessors: int
    judgements: int
    subjects: int

    @property
    def meaning(self) -> Meaning | None:
        """Return what the figure means, None where there is none."""
        if self.alpha is None:
            return None
        if self.alpha >= _FIRM:
            return Meaning.FIRM
        if self.alpha >= _TENTATIVE:
            return Meaning.TENTATIVE
        return Meaning.LOOSE if self.alpha > _CHANCE else Meaning.CHANCE


def agreement(votes: Iterable[Vote]) -> Agreement:
    """Return how far votes agree; at most one vote of an assessor on a subject.

    No figure for fewer than three assessors, five judgements or two subjects, nor where only one stage was
    given: alpha is not defined there.
    """
    by_subject: defaultdict[Hashable, list[Vote]] = defaultdict(list)
    for vote in votes:
        by_subject[vote.subject].append(vote)
    beside = [given for given in by_subject.values() if len(given) > 1]
    assessors = len({vote.assessor for given in beside for vote in given})
    judgements = sum(len(given) for given in beside)
    ranks = sorted({vote.rank for given in beside for vote in given})
    reason = _reason(assessors, judgements, len(beside), len(ranks))
    alpha = None if reason else _alpha(beside, ranks)
    return Agreement(alpha, reason, assessors, judgements, len(beside))


def _reason(assessors: int, judgements: int, subjects: int, stages: int) -> NoFigure | None:
    if assessors < FEWEST_ASSESSORS:
        return NoFigure.FEW_ASSESSORS
    if judgements < FEWEST_JUDGEMENTS:
        return NoFigure.FEW_JUDGEMENTS
    if subjects < 2:
        return NoFigure.ONE_SUBJECT
    return NoFigure.ONE_STAGE if stages < 2 else None


def _alpha(beside: list[list[Vote]], ranks: list[int]) -> float:
    """Return alpha for values in an order (Krippendorff 2011, section C): one minus observed by expected.

    Both sum over pairs of values how far the two lie apart, squared: observed are the pairs that stand beside
    each other on a subject, expected are pairs of anything with anything. How far values lie apart follows
    from how often each was given, and so does not depend on the numbers that stages happen to have.
    """
    times = Counter(vote.rank for given in beside for vote in given)
    together: defaultdict[tuple[int, int], Fraction] = defaultdict(Fraction)
    for given in beside:
        for one, other in permutations(given, 2):
            together[one.rank, other.rank] += Fraction(1, len(given) - 1)

    def apart(one: int, other: int) -> Fraction:
        low, high = sorted((one, other))
        between = sum(times[rank] for rank in ranks if low <= rank <= high)
        return (between - Fraction(times[one] + times[other], 2)) ** 2

    observed = sum(number * apart(*pair) for pair, number in together.items())
    expected = sum(times[one] * times[other] * apart(one, other) for one, other in permutations(ranks, 2))
    return float(1 - (times.total() - 1) * Fraction(observed) / expected)
