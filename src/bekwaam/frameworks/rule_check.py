"""Checks a rule against the items that it counts, wherever rule and items came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from bekwaam.frameworks.faults import Finding
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Framework, Item
from bekwaam.frameworks.rules import AllOf, AnyOf, Count, Rule, Share
from bekwaam.wording import N_

MOST: Final = 100_000
"""The most that a rule can ask for."""


def rule_findings(framework: Framework, rule: Rule, at: tuple[int, ...] = ()) -> Iterator[Finding]:
    """Yield everything that ``rule`` names and the framework does not have, and what can never be met.

    ``at`` is the way to this rule through those it is combined in. The framework has to be one that can be
    walked: no dangling parents, none that come round in a circle.
    """
    if isinstance(rule, AllOf | AnyOf):
        if not rule.rules:
            yield Finding("rule", at, "rules", "", "empty_rule", N_("There are no rules here to combine."))
        for number, part in enumerate(rule.rules):
            yield from rule_findings(framework, part, (*at, number))
        return
    looked = _Looked(at)
    number_is_known = looked.at_number(rule)
    kind_is_known = looked.at_kind("of", rule.units.kind)
    looked.at_codes("codes", rule.units.codes, framework, lambda item: item.kind == rule.units.kind)
    looked.at_codes("within", rule.units.within, framework, lambda item: True)
    stage_is_known = looked.at_stage(framework, rule.stage)
    if isinstance(rule, Share) and rule.per is not None:
        kind_is_known = looked.at_kind("per", rule.per) and kind_is_known
    if kind_is_known and stage_is_known and number_is_known:
        looked.at_units(framework, rule)
    yield from looked.found


class _Looked:
    """What was found wrong with one counting rule."""

    def __init__(self, at: tuple[int, ...]) -> None:
        self._at = at
        self.found: list[Finding] = []

    def _note(self, key: str, reason: str, message: str, /, nth: int | None = None, **values: Any) -> None:
        self.found.append(Finding("rule", self._at, key, "", reason, message, values, nth))

    def at_number(self, rule: Count | Share) -> bool:
        """Look at how many are asked; tell whether that is a number that can be meant."""
        if isinstance(rule, Count):
            key, number, high = "at_least", rule.at_least, MOST
        else:
            key, number, high = "percent", rule.percent, 100
        if 1 <= number <= high:
            return True
        message = N_('"{key}" is {number}, but has to be from {low} to {high}.')
        self._note(key, "out_of_range", message, key=key, number=number, low=1, high=high)
        return False

    def at_kind(self, key: str, kind: str) -> bool:
        """Look at a kind of item; tell whether there is one of that name."""
        if kind in KINDS:
            return True
        message = N_('There is no kind of item "{kind}". The kinds are: {kinds}.')
        self._note(key, "unknown_kind", message, kind=kind, kinds=", ".join(KINDS))
        return False

    def at_codes(
        self, key: str, codes: tuple[str, ...], framework: Framework, fits: Callable[[Item], bool]
    ) -> None:
        """Look at the codes that narrow the set: each has to be there, and to fit."""
        for nth, code in enumerate(codes):
            item = framework.by_code.get(code)
            if item is None:
                message = N_('The rule names "{code}", and there is no item with that code.')
                self._note(key, "dangling", message, nth=nth, code=code)
            elif not fits(item):
                message = N_('The rule counts another kind of item than "{code}", which is a {kind}.')
                self._note(key, "other_kind", message, nth=nth, code=code, kind=item.kind)

    def at_stage(self, framework: Framework, stage: str | None) -> bool:
        """Look at the stage; tell whether it is known, or none."""
        if stage is None or stage in framework.stage_by_code:
            return True
        message = N_('There is no stage "{stage}". The stages are: {stages}.')
        known = ", ".join(framework.stage_by_code) or "-"
        self._note("stage", "unknown_stage", message, stage=stage, stages=known)
        return False

    def at_units(self, framework: Framework, rule: Count | Share) -> None:
        """Look at the set itself: something has to be in it, and enough of that."""
        items = framework.units(rule.units)
        if not items:
            message = N_("The rule counts an empty set: no {kind} fits what stands here.")
            self._note("of", "empty_set", message, kind=rule.units.kind)
        elif isinstance(rule, Count):
            self._at_count(framework, rule, items)
        else:
            self._at_share(framework, rule, items)

    def _at_count(self, framework: Framework, rule: Count, items: tuple[Item, ...]) -> None:
        most = _reachable(framework, items, rule.stage)
        if rule.at_least > most:
            message = N_(
                "The rule asks {asked}, but at most {most} of the {total} can count: it can never be met."
            )
            values = {"asked": rule.at_least, "total": len(items), "most": most}
            self._note("at_least", "asks_too_much", message, **values)

    def _at_share(self, framework: Framework, rule: Share, items: tuple[Item, ...]) -> None:
        groups: dict[str, list[Item]] = {}
        for item in items:
            above = [a.code for a in framework.ancestors(item.code) if a.kind == rule.per]
            if rule.per is not None and not above:
                message = N_('"{code}" lies in no {kind}, so the rule would not count it.')
                self._note("per", "outside_groups", message, code=item.code, kind=rule.per)
            groups.setdefault(above[0] if above else "", []).append(item)
        for members in groups.values():
            most = _reachable(framework, tuple(members), rule.stage)
            if most * 100 < rule.percent * len(members):
                message = N_(
                    "The rule asks {asked} % of {total}, but at most {most} can count: it can never be met."
                )
                values = {"asked": rule.percent, "total": len(members), "most": most}
                self._note("percent", "asks_too_much", message, **values)


def _reachable(framework: Framework, items: tuple[Item, ...], stage: str | None) -> int:
    """Return how many items can be shown at ``stage``: those with a stage of their own only at that one."""
    known = [item for item in items if item.stage is None or item.stage in framework.stage_by_code]
    return sum(item.stage is None or framework.reaches(item.stage, stage) for item in known)
