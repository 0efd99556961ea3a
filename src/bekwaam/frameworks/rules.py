"""The kinds of decision rule that a standard can carry, as frozen data.

A rule only ever counts judgements that people made; it never scores a person. How a rule is evaluated
and explained stands in :mod:`bekwaam.domain.assessment.rules`. In prose: ``docs/rules.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

RULE_KINDS: Final = ("count", "share", "all_of", "any_of")


@dataclass(frozen=True, slots=True)
class UnitSet:
    """A set of judged units: all items of a ``kind``, narrowed to ``codes`` or to what lies ``within``."""

    kind: str
    codes: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """At least ``at_least`` units of the set are shown at ``stage`` or a later one."""

    units: UnitSet
    at_least: int
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """At least ``percent`` % of the set is shown: over the whole, or in every group of kind ``per``."""

    units: UnitSet
    percent: int
    stage: str | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of ``rules`` is met."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of ``rules`` is met."""

    rules: tuple[Rule, ...]


Rule = Count | Share | AllOf | AnyOf


def leaves(rule: Rule) -> Iterator[Count | Share]:
    """Yield the counting rules inside ``rule``, in order."""
    if isinstance(rule, AllOf | AnyOf):
        for part in rule.rules:
            yield from leaves(part)
    else:
        yield rule


def judged_kinds(rule: Rule) -> tuple[str, ...]:
    """Return the kinds of unit that assessors judge under ``rule``, without repeats."""
    return tuple(dict.fromkeys(leaf.units.kind for leaf in leaves(rule)))
