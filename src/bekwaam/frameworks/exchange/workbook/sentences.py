"""Puts what was found wrong with a framework into the words of its workbook: headings and names of kinds."""

from __future__ import annotations

from typing import Any, Final

from bekwaam.frameworks.exchange.workbook.names import (
    DOCUMENT_COLUMNS,
    FRAMEWORK_KINDS,
    HEAD_FIELDS,
    ITEM_COLUMNS,
    RULE_COLUMNS,
    SHEETS,
    STAGE_COLUMNS,
)
from bekwaam.frameworks.faults import Finding, Msgid
from bekwaam.frameworks.kind_names import KIND_NAMES
from bekwaam.frameworks.kinds import KINDS, SECTIONS
from bekwaam.wording import N_

_COLUMNS: Final = {
    "documents": DOCUMENT_COLUMNS,
    "stages": STAGE_COLUMNS,
    "items": ITEM_COLUMNS,
    "rule": RULE_COLUMNS,
}


def worded(finding: Finding) -> tuple[str, dict[str, Any]]:
    """Return the msgid and values of a finding as somebody with the workbook open understands it."""
    values = dict(finding.values)
    if finding.reason in ("missing_key", "missing_translation"):
        return N_('"{key}" is missing.'), {"key": Msgid(_heading(finding.part, finding.key))}
    if "key" in values:
        values["key"] = Msgid(_heading(finding.part, finding.key))
    if "section" in values:
        kind = SECTIONS[values["section"]]
        values["section"] = Msgid(KIND_NAMES[kind.name])
        values["places"] = tuple(Msgid(KIND_NAMES[name]) for name in (*kind.inside, *kind.grouped))
    if values.get("kind") in KINDS:
        values["kind"] = Msgid(KIND_NAMES[values["kind"]])
    if "kinds" in values:
        names = FRAMEWORK_KINDS if finding.reason == "unknown_pack_kind" else KIND_NAMES
        values["kinds"] = tuple(Msgid(name) for name in names.values())
    return finding.message, values


def _heading(part: str, key: str) -> str:
    name, _, language = key.partition(".")
    if part == "head":
        found = HEAD_FIELDS.get(name)
        if found is None:
            return SHEETS.get(name, name)
        return found[0]
    headings = {column.key: column.heading for column in _COLUMNS[part]}
    return headings.get(key) or headings.get(f"{name}.{language or 'nl'}", key)
