"""Evaluates a standard's rule over findings, into an outcome that explains itself.

Nothing here scores a person: it counts which units people judged as shown, at which stage. The rules in
prose, with examples: ``docs/rules.md``. Source of the mbo rule: 004 §1.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.rules import AllOf, AnyOf, Count, Rule, Share

Shown = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Short:
    """One unit that fell short: what was shown (None: nothing) where ``asked`` was needed.

    ``judged`` is false while there is no final judgement: that is not the same as *not shown*.
    """

    unit: str
    shown: str | None
    asked: str | None
    judged: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule, or a part of one, comes to.

    ``counted`` units of ``total`` count, ``needed`` are asked; for ``all_of`` and ``any_of`` these count
    the parts. ``group`` is the code of the group that a part of a *share* rule is about.
    """

    kind: str
    met: bool
    counted: int
    needed: int
    total: int
    stage: str | None = None
    percent: int | None = None
    group: str | None = None
    unit_kind: str = ""
    units: tuple[str, ...] = ()
    short: tuple[Short, ...] = ()
    parts: tuple[Outcome, ...] = ()

    @property
    def lacking(self) -> int:
        """Return how many more were needed; 0 when met."""
        return max(0, self.needed - self.counted)

    def all_short(self) -> tuple[Short, ...]:
        """Return everything that fell short, from the parts too, each unit once."""
        found = {entry.unit: entry for entry in self.short}
        for part in self.parts:
            for entry in part.all_short():
                found.setdefault(entry.unit, entry)
        return tuple(found.values())


def evaluate(framework: Framework, rule: Rule, shown: Shown) -> Outcome:
    """Count ``shown`` (stage per unit, None for not shown) against ``rule``.

    Units without an entry count as not shown; whether anything is missing is asked first, by
    :func:`bekwaam.domain.assessment.decision.missing`.
    """
    match rule:
        case Count():
            units = [item.code for item in framework.units(rule.units)]
            return _counted(framework, units, shown, rule.units.kind, "count", rule.at_least, rule.stage)
        case Share():
            return _share(framework, rule, shown)
        case AllOf():
            parts = tuple(evaluate(framework, part, shown) for part in rule.rules)
            return _combined("all_of", parts, len(parts))
        case AnyOf():
            parts = tuple(evaluate(framework, part, shown) for part in rule.rules)
            return _combined("any_of", parts, 1)
        case _:  # pragma: no cover - the type checker proves this cannot happen
            assert_never(rule)


def needed_for(percent: int, total: int) -> int:
    """Return how many of ``total`` are at least ``percent`` %: rounded up, for 79.9 % is not 80 %."""
    return -(-percent * total // 100)  # whole numbers only: no float can tip the count


def _share(framework: Framework, rule: Share, shown: Shown) -> Outcome:
    items = framework.units(rule.units)
    if rule.per is None:
        codes = [item.code for item in items]
        return _part_of_share(framework, rule, codes, shown, group=None)
    groups: dict[str, list[str]] = {}
    for item in items:
        above = [a.code for a in framework.ancestors(item.code) if a.kind == rule.per]
        for group in above:
            groups.setdefault(group, []).append(item.code)
    parts = tuple(_part_of_share(framework, rule, codes, shown, group) for group, codes in groups.items())
    combined = _combined("share", parts, len(parts))
    return Outcome(
        kind="share",
        met=combined.met,
        counted=combined.counted,
        needed=combined.needed,
        total=combined.total,
        stage=rule.stage,
        percent=rule.percent,
        unit_kind=rule.per,
        parts=parts,
    )


def _part_of_share(
    framework: Framework, rule: Share, codes: list[str], shown: Shown, group: str | None
) -> Outcome:
    needed = needed_for(rule.percent, len(codes))
    return _counted(
        framework, codes, shown, rule.units.kind, "share", needed, rule.stage, rule.percent, group
    )


def _counted(
    framework: Framework,
    codes: list[str],
    shown: Shown,
    unit_kind: str,
    kind: str,
    needed: int,
    stage: str | None,
    percent: int | None = None,
    group: str | None = None,
) -> Outcome:
    counting = tuple(code for code in codes if framework.reaches(shown.get(code), stage))
    short = tuple(
        Short(code, shown.get(code), stage or framework.by_code[code].stage, code in shown)
        for code in codes
        if code not in counting
    )
    return Outcome(
        kind=kind,
        met=len(counting) >= needed,
        counted=len(counting),
        needed=needed,
        total=len(codes),
        stage=stage,
        percent=percent,
        group=group,
        unit_kind=unit_kind,
        units=counting,
        short=short,
    )


def _combined(kind: str, parts: tuple[Outcome, ...], needed: int) -> Outcome:
    met = sum(part.met for part in parts)
    return Outcome(kind=kind, met=met >= needed, counted=met, needed=needed, total=len(parts), parts=parts)
