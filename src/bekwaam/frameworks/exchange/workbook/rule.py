"""Reads the sheet with the rule of a standard: a row per rule, numbered where rules are combined."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bekwaam.frameworks.exchange.sheets.headed import Record, Table
from bekwaam.frameworks.exchange.workbook.head import listed
from bekwaam.frameworks.exchange.workbook.names import RULE_NAMES, kind_of, rule_kind_of
from bekwaam.frameworks.exchange.workbook.parts import stage_named
from bekwaam.frameworks.faults import Msgid
from bekwaam.frameworks.model import Stage
from bekwaam.frameworks.rules import AllOf, AnyOf, Count, Rule, Share, UnitSet
from bekwaam.wording import N_

_NUMBER: Final = re.compile(r"\d{1,3}(\.\d{1,3}){0,8}")
_WHOLE: Final = re.compile(r"(\d{1,6})\s*%?")


@dataclass
class RuleRows:
    """The rule, None where there is none or it is faulty; its rows by the way through the combined rules."""

    rule: Rule | None = None
    records: dict[tuple[int, ...], Record] = field(default_factory=dict)
    written: bool = False


def read_rule(table: Table | None, stages: tuple[Stage, ...]) -> RuleRows:
    """Return the rule in ``table``. What it names is checked later, against the items."""
    found = RuleRows()
    numbered = _numbered(list(table.records()) if table is not None else [])
    found.written = bool(numbered)
    tops = [number for number in numbered if len(number) == 1]
    if not tops:
        return found
    for number in tops[1:]:
        message = N_(
            'Two rules stand beside each other. Put a row "{all}" or "{any}" above them, and number them '
            "below it: 1.1, 1.2."
        )
        values = {"all": Msgid(RULE_NAMES["all_of"]), "any": Msgid(RULE_NAMES["any_of"])}
        numbered[number].fault("number", "", "two_rules", message, **values)
    reader = _Rules(numbered, stages, found)
    rule = reader.rule(tops[0], ())
    found.rule = rule if len(tops) == 1 else None
    return found


def _numbered(records: list[Record]) -> dict[tuple[int, ...], Record]:
    """Return the rows by their number, those left out that cannot be placed."""
    found: dict[tuple[int, ...], Record] = {}
    for place, record in enumerate(records, 1):
        written = record.text("number").rstrip(".") or str(place)
        number = tuple(map(int, written.split("."))) if _NUMBER.fullmatch(written) else ()
        if not number or (len(number) > 1 and number[:-1] not in found):
            message = N_('"{text}" does not say where this rule belongs. Number rules 1, 1.1, 1.2, 1.2.1.')
            record.fault("number", "", "odd_number", message, text=written)
        elif number in found:
            message = N_('The number "{text}" is used already, in {cell}.')
            cell = found[number].place("number")
            record.fault("number", "", "duplicate_number", message, text=written, cell=cell)
        else:
            found[number] = record
    return found


@dataclass(frozen=True, slots=True)
class _Rules:
    numbered: Mapping[tuple[int, ...], Record]
    stages: tuple[Stage, ...]
    found: RuleRows

    def rule(self, number: tuple[int, ...], at: tuple[int, ...]) -> Rule | None:
        """Return the rule with this number; ``at`` is the way to it, counted from 0."""
        record = self.numbered[number]
        self.found.records[at] = record
        below = [other for other in self.numbered if other[:-1] == number]
        written = record.text("kind")
        kind = rule_kind_of(written)
        if kind is None:
            names = tuple(Msgid(name) for name in RULE_NAMES.values())
            message = N_('There is no kind of rule "{kind}". The kinds are: {kinds}.')
            record.fault("kind", "", "unknown_rule_kind", message, kind=written, kinds=names)
            return None
        if kind in ("all_of", "any_of"):
            return self._combined(kind, below, at)
        for other in below:
            message = N_("A rule that counts cannot be made of other rules.")
            self.numbered[other].fault("number", "", "odd_number", message)
        return self._counting(kind, record)

    def _combined(self, kind: str, below: list[tuple[int, ...]], at: tuple[int, ...]) -> Rule | None:
        if not below:
            message = N_("There are no rules here to combine.")
            self.found.records[at].fault("kind", "", "empty_rule", message)
            return None
        parts = tuple(self.rule(number, (*at, place)) for place, number in enumerate(below))
        sound = tuple(part for part in parts if part is not None)
        if len(sound) < len(parts):
            return None
        return AllOf(sound) if kind == "all_of" else AnyOf(sound)

    def _counting(self, kind: str, record: Record) -> Rule | None:
        of, per = record.text("of"), record.text("per")
        if not of:
            record.fault("of", "", "missing_key", N_("What is counted? Choose a kind of item."))
            return None
        units = UnitSet(kind_of(of) or of, listed(record.text("codes")), listed(record.text("within")))
        stage = record.text("stage")
        asked = stage_named(stage, self.stages) if stage else None
        if kind == "count":
            at_least = _whole(record, "at_least")
            return Count(units, at_least, asked) if at_least is not None else None
        percent = _whole(record, "percent")
        return (
            Share(units, percent, asked, (kind_of(per) or per) if per else None)
            if percent is not None
            else None
        )


def _whole(record: Record, key: str) -> int | None:
    written = record.text(key)
    found = _WHOLE.fullmatch(written)
    if found:
        return int(found.group(1))
    if written:
        message = N_('"{text}" is not a whole number.')
        record.fault(key, "", "not_a_number", message, text=written)
    else:
        record.fault(key, "", "missing_key", N_("How many, or how much? Fill in a whole number."))
    return None
