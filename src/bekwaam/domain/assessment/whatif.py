"""What is short under a rule, and what would be enough. Pure; over any outcome, however it came about.

Nothing here predicts what assessors will find: it counts, as the rule itself does, what would have to be
shown beside what is. In prose, with examples: ``docs/rules.md``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from bekwaam.domain.assessment.rules import Outcome, Short, evaluate
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.rules import Rule

# Beyond these a rule has more branches than anybody can read; the ways kept are then the smallest found.
_MOST_WAYS: Final = 60
_MOST_STATES: Final = 20_000


@dataclass(frozen=True, slots=True)
class Pick:
    """Any ``number`` of these units, each at the stage that it is short of.

    ``stage`` is the one that the rule names; None where it names none and being shown is enough. ``group``
    is the code of the group that this is about, for a share that is asked of every group.
    """

    number: int
    units: tuple[Short, ...]
    stage: str | None
    group: str | None
    unit_kind: str

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the units by code, in the order of the document."""
        return tuple(unit.unit for unit in self.units)


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which the rule would be met: every one of ``picks``.

    ``example`` is one of the smallest sets of units that does it, with the stage that each would need (None:
    shown at all). Where picks share units it is smaller than their numbers added up.
    """

    picks: tuple[Pick, ...]
    example: Mapping[str, str | None]

    @property
    def fewest(self) -> int:
        """Return how many units it takes at least."""
        return len(self.example)

    @property
    def overlaps(self) -> bool:
        """Tell whether some units serve more than one pick."""
        return self.fewest < sum(pick.number for pick in self.picks)

    def done_by(self, units: Collection[str]) -> bool:
        """Tell whether showing ``units`` too, each as far as is asked of it, would be enough."""
        return all(len({*pick.codes}.intersection(units)) >= pick.number for pick in self.picks)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """An outcome with the ways in which it would be met, the smallest first.

    Without any way although it is not met, the rule can never be met.
    """

    outcome: Outcome
    ways: tuple[Way, ...]

    @property
    def met(self) -> bool:
        """Tell whether the rule is met as it stands."""
        return self.outcome.met


def what_if(framework: Framework, rule: Rule, shown: Mapping[str, str | None]) -> WhatIf:
    """Return what ``rule`` says of ``shown`` (stage per unit, None for not shown), and what would do."""
    return enough(framework, evaluate(framework, rule, shown))


def enough(framework: Framework, outcome: Outcome) -> WhatIf:
    """Return the ways in which an outcome would be met. A set of units is enough if and only if one of the
    ways is :meth:`Way.done_by` it."""
    if outcome.met:
        return WhatIf(outcome, ())
    found = [Way(picks, _smallest(framework, picks)) for picks in _ways(framework, outcome)]
    found.sort(key=lambda way: way.fewest)
    kept: list[Way] = []
    for way in found:
        if not any(_implied(framework, by=way, what=other) for other in kept):
            kept = [other for other in kept if not _implied(framework, by=other, what=way)] + [way]
    return WhatIf(outcome, tuple(kept))


def _ways(framework: Framework, outcome: Outcome) -> list[tuple[Pick, ...]]:
    if outcome.met:
        return [()]
    if not outcome.parts:
        return _leaf(framework, outcome)
    open_parts = [_ways(framework, part) for part in outcome.parts if not part.met]
    if outcome.kind == "any_of":
        return _best(way for ways in open_parts for way in ways)
    together: list[tuple[Pick, ...]] = [()]
    for ways in open_parts:
        together = _best((*one, *other) for one, other in product(together, ways))
    return together


def _leaf(framework: Framework, outcome: Outcome) -> list[tuple[Pick, ...]]:
    units = tuple(unit for unit in outcome.short if _can_reach(framework, unit))
    if len(units) < outcome.lacking:
        return []
    return [(Pick(outcome.lacking, units, outcome.stage, outcome.group, outcome.unit_kind),)]


def _can_reach(framework: Framework, unit: Short) -> bool:
    """Tell whether a unit can be shown as asked: what belongs to one stage is never shown at another."""
    own = framework.by_code[unit.unit].stage
    return own is None or framework.reaches(own, unit.asked)


def _best(ways: Iterable[tuple[Pick, ...]]) -> list[tuple[Pick, ...]]:
    return sorted(ways, key=lambda picks: sum(pick.number for pick in picks))[:_MOST_WAYS]


def _implied(framework: Framework, *, by: Way, what: Way) -> bool:
    """Tell whether whoever does ``by`` has always done ``what`` as well."""
    return all(any(_serves(framework, own, pick) for own in by.picks) for pick in what.picks)


def _serves(framework: Framework, own: Pick, pick: Pick) -> bool:
    asked = {unit.unit: unit.asked for unit in pick.units}
    return own.number >= pick.number and all(
        unit.unit in asked and (asked[unit.unit] is None or framework.reaches(unit.asked, asked[unit.unit]))
        for unit in own.units
    )


def _smallest(framework: Framework, picks: Sequence[Pick]) -> dict[str, str | None]:
    """Return a smallest set of units that serves every pick, in the order of the document."""
    chosen: set[str] = set()
    for several in _connected(picks):
        alike = _alike(several)
        for (codes, _), number in zip(alike, _counts(several, alike), strict=True):
            chosen.update(codes[:number])
    asked = {code: _highest(framework, code, picks) for code in chosen}
    return {item.code: asked[item.code] for item in framework.items if item.code in asked}


def _highest(framework: Framework, code: str, picks: Sequence[Pick]) -> str | None:
    asked = [unit.asked for pick in picks for unit in pick.units if unit.unit == code and unit.asked]
    return max(asked, key=lambda stage: framework.stage_by_code[stage].rank, default=None)


def _connected(picks: Sequence[Pick]) -> list[list[Pick]]:
    """Return the picks in bunches that share no units: each can be looked at by itself."""
    bunches: list[list[Pick]] = []
    for pick in picks:
        touching = [bunch for bunch in bunches if any({*pick.codes} & {*one.codes} for one in bunch)]
        bunches = [bunch for bunch in bunches if bunch not in touching]
        bunches.append([*(one for bunch in touching for one in bunch), pick])
    return bunches


def _alike(picks: Sequence[Pick]) -> list[tuple[list[str], tuple[int, ...]]]:
    """Return the units by the picks they serve, those that serve most first; within a class all are alike."""
    members: dict[tuple[int, ...], list[str]] = {}
    for code in dict.fromkeys(code for pick in picks for code in pick.codes):
        serves = tuple(number for number, pick in enumerate(picks) if code in pick.codes)
        members.setdefault(serves, []).append(code)
    ordered = sorted(members.items(), key=lambda entry: -len(entry[0]))
    return [(codes, serves) for serves, codes in ordered]


def _counts(picks: Sequence[Pick], alike: Sequence[tuple[list[str], tuple[int, ...]]]) -> tuple[int, ...]:
    """Return how many of each class of units a smallest set takes.

    Goes through the classes one by one and keeps, for everything that may then still be needed, the smallest
    choice that leads there. Of a rule so entangled that this grows too large the nearest are kept: the set
    is still enough, and perhaps not the very smallest.
    """
    start = tuple(pick.number for pick in picks)
    reached: dict[tuple[int, ...], tuple[int, ...]] = {start: ()}
    for codes, serves in alike:
        onwards: dict[tuple[int, ...], tuple[int, ...]] = {}
        for needs, taken in reached.items():
            for number in range(min(len(codes), max(needs[at] for at in serves)) + 1):
                left = tuple(max(0, n - number) if at in serves else n for at, n in enumerate(needs))
                if left not in onwards or sum(onwards[left]) > sum(taken) + number:
                    onwards[left] = (*taken, number)
        reached = dict(sorted(onwards.items(), key=lambda e: sum(e[0]) + sum(e[1]))[:_MOST_STATES])
    return reached.get((0,) * len(picks)) or tuple(len(codes) for codes, _ in alike)
