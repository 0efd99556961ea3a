"""Reads the rule of a standard, and finds the lines of what is wrong with it."""

from __future__ import annotations

from typing import Final

from bekwaam.frameworks.faults import Finding
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.reading.fields import Fields
from bekwaam.frameworks.rule_check import MOST, rule_findings
from bekwaam.frameworks.rules import RULE_KINDS, AllOf, AnyOf, Count, Rule, Share, UnitSet
from bekwaam.wording import N_

_SET_KEYS: Final = ("kind", "of", "codes", "within", "stage")


def read_rule(fields: Fields) -> Rule | None:
    """Return the rule in ``fields``, None where it is faulty. What it names is checked later."""
    kind = fields.string("kind")
    match kind:
        case None:
            return None
        case "count":
            fields.only((*_SET_KEYS, "at_least"))
            units = _units(fields)
            at_least = fields.number("at_least", 1, MOST)
            stage = fields.string("stage", required=False)
            return Count(units, at_least, stage) if units and at_least is not None else None
        case "share":
            fields.only((*_SET_KEYS, "percent", "per"))
            units, percent = _units(fields), fields.number("percent", 1, 100)
            stage, per = fields.string("stage", required=False), fields.string("per", required=False)
            return Share(units, percent, stage, per) if units and percent is not None else None
        case "all_of" | "any_of":
            return _combined(fields, kind)
    message = N_('There is no kind of rule "{kind}". The kinds are: {kinds}.')
    line = fields.line("kind")
    fields.fault(line, "unknown_rule_kind", message, kind=kind, kinds=", ".join(RULE_KINDS))
    return None


def _combined(fields: Fields, kind: str) -> Rule | None:
    fields.only(("kind", "rules"))
    inner = fields.tables("rules")
    if not inner and not (fields.has("rules")):
        fields.missing("rules")
    elif not inner:
        fields.fault(fields.line("rules"), "empty_rule", N_("There are no rules here to combine."))
    parts = tuple(read_rule(part) for part in inner)
    sound = tuple(part for part in parts if part is not None)
    if not sound or len(sound) < len(parts):
        return None
    return AllOf(sound) if kind == "all_of" else AnyOf(sound)


def _units(fields: Fields) -> UnitSet | None:
    of = fields.string("of")
    codes, within = fields.strings("codes"), fields.strings("within")
    return UnitSet(of, tuple(c for c, _ in codes), tuple(c for c, _ in within)) if of else None


def check_rule(framework: Framework, rule: Rule, fields: Fields) -> None:
    """Note everything that ``rule``, read from ``fields``, names and the framework does not have."""
    for finding in rule_findings(framework, rule):
        here = fields
        for step in finding.at:
            here = here.tables("rules")[step]
        here.fault(_line(here, finding), finding.reason, finding.message, **finding.values)


def _line(fields: Fields, finding: Finding) -> int:
    if finding.nth is None:
        return fields.line(finding.key)
    return fields.strings(finding.key)[finding.nth][1]
