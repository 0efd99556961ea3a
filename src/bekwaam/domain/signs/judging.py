"""Signs about judging: how fast, with which reasons, and whether there ever is a no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bekwaam.domain.signs.prints import carrying
from bekwaam.domain.signs.settings import SignSettings
from bekwaam.domain.signs.sign import Sign, SignCode
from bekwaam.frameworks.model import Framework

# Reasons of fewer carrying words than this are too short to be called pasted.
SHORT_REASON: Final = 5
# From which share of their pairs of words on two reasons are nearly the same.
NEARLY: Final = 0.8
# How many judgements have to be quick before that stands out.
FEW_QUICK: Final = 2


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A judgement as far as its reasoning goes: on which unit, what was observed and why it suffices."""

    unit: str
    observed: str
    why: str


def quick_judgements(seconds: Mapping[str, int], settings: SignSettings) -> Sign | None:
    """Return a sign where judgements were saved within seconds of opening the competence.

    ``seconds`` maps each judged unit to the time it took, for those of which that is known.
    """
    quick = {unit: taken for unit, taken in seconds.items() if taken <= settings.quick_seconds}
    if len(quick) < FEW_QUICK:
        return None
    values = {
        "number": len(quick),
        "total": len(seconds),
        "limit": settings.quick_seconds,
        "fastest": min(quick.values()),
        "units": list(quick),
    }
    return Sign(SignCode.QUICK, values)


def never_no(said_no: Sequence[bool], settings: SignSettings) -> Sign | None:
    """Return a sign where none of an assessor's last judgements was a no.

    ``said_no`` holds for each, newest first, whether it was; with fewer than the number that the provider
    looks at it says nothing.
    """
    last = said_no[: settings.yes_in_a_row]
    if len(last) < settings.yes_in_a_row or any(last):
        return None
    return Sign(SignCode.NEVER_NO, {"number": len(last)})


def is_no(framework: Framework, asked: str | None, stage: str) -> bool:
    """Tell whether a judgement is a no: *not shown* (an empty ``stage``), or a lower stage than is asked."""
    if not stage:
        return True
    ranks = framework.stage_by_code
    return asked is not None and stage in ranks and ranks[stage].rank < ranks[asked].rank


def same_reasons(reasoned: Iterable[Reasoned]) -> Sign | None:
    """Return a sign where one assessor gave nearly the same reason with several units.

    Names of units and numbers in it make no difference: whoever pastes a text often changes just those.
    """
    groups: list[tuple[frozenset[tuple[str, str]], list[str]]] = []
    for one in reasoned:
        pairs = _pairs(f"{one.observed}\n{one.why}")
        if len(pairs) < SHORT_REASON:
            continue
        for known, units in groups:
            if len(known & pairs) >= NEARLY * len(known | pairs):
                units.append(one.unit)
                break
        else:
            groups.append((pairs, [one.unit]))
    several = [units for _pairs_of, units in groups if len(units) > 1]
    if not several:
        return None
    number = sum(len(units) for units in several)
    return Sign(SignCode.SAME_REASON, {"number": number, "groups": several})


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    keys = [word.key for word in carrying(text)]
    return frozenset(pairwise(keys))
