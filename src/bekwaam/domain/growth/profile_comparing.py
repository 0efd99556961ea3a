"""Two function profiles beside each other: which asks what more. Pure; about work, and never about people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bekwaam.frameworks.function_profile import Demand, FunctionProfile
from bekwaam.frameworks.model import Framework


class Beside(StrEnum):
    """How two demands of one unit lie beside each other."""

    FIRST_ONLY = "first_only"
    SECOND_ONLY = "second_only"
    FIRST_MORE = "first_more"
    SECOND_MORE = "second_more"
    OTHER_REASON = "other_reason"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Pair:
    """One unit that either profile asks; ``steps`` is how many stages the one asks more than the other."""

    code: str
    first: Demand | None
    second: Demand | None
    beside: Beside
    steps: int = 0


def beside(framework: Framework, first: FunctionProfile, second: FunctionProfile) -> tuple[Pair, ...]:
    """Return all that either profile asks, in the order of the framework.

    Raises ValueError where they ask of different versions: then there is nothing to lay beside each other.
    """
    if first.framework != second.framework:
        raise ValueError(f"{first.code} is about {first.framework}, {second.code} about {second.framework}")
    return tuple(
        _pair(framework, item.code, first.by_code.get(item.code), second.by_code.get(item.code))
        for item in framework.items
        if item.code in first.by_code or item.code in second.by_code
    )


def _pair(framework: Framework, code: str, first: Demand | None, second: Demand | None) -> Pair:
    if second is None:
        return Pair(code, first, None, Beside.FIRST_ONLY)
    if first is None:
        return Pair(code, None, second, Beside.SECOND_ONLY)
    more = _rank(framework, first) - _rank(framework, second)
    if more:
        return Pair(code, first, second, Beside.FIRST_MORE if more > 0 else Beside.SECOND_MORE, abs(more))
    how = Beside.SAME if first.reason == second.reason else Beside.OTHER_REASON
    return Pair(code, first, second, how)


def _rank(framework: Framework, demand: Demand) -> int:
    return framework.stage_by_code[demand.stage].rank if demand.stage else 0
