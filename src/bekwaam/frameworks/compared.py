"""A comparison as one document in one language: what ``bekwaam frameworks diff`` prints."""

from __future__ import annotations

from typing import Any, Final

from bekwaam.frameworks.compare import (
    HEAD_FIELDS,
    Comparison,
    KindComparison,
    Pair,
    SharedModule,
    StagePair,
    kind_order,
)
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.model import Framework, Item, Stage
from bekwaam.frameworks.rule_text import rule_sentence
from bekwaam.wording import N_, say

HEAD_NAMES: Final = {
    "kind": N_("Kind"),
    "title": N_("Title"),
    "description": N_("Description"),
    "eqf": N_("European level (EQF)"),
    "rule": N_("Rule"),
}

Data = dict[str, Any]


def compared(comparison: Comparison, language: str) -> Data:
    """Return the whole of ``comparison`` as plain JSON data with texts in ``language``.

    ``fields`` names what differs in either language, so that a text may look the same in this one.
    """
    sides = {"a": comparison.a, "b": comparison.b}
    return {
        "language": language,
        "same": comparison.same,
        **{side: _named(framework, language) for side, framework in sides.items()},
        "counts": _counts(comparison),
        "head": head_differences(comparison, language),
        "stages": [_stage_pair(pair, language) for pair in comparison.stages],
        "modules": [_module(module, language) for module in comparison.modules],
        "kinds": [_kind(comparison, kind, language) for kind in comparison.kinds],
    }


def _named(framework: Framework, language: str) -> Data:
    return {"id": framework.id, "version": framework.version, "title": framework.title[language]}


def _counts(comparison: Comparison) -> dict[str, int]:
    kinds = comparison.kinds
    modules = sum(len(module.pairs) for module in comparison.modules)
    return {
        "shared": modules + sum(len(kind.shared) for kind in kinds),
        "changed": sum(len(kind.changed) for kind in kinds),
        "moved": sum(len(kind.moved) for kind in kinds),
        "only_in_a": sum(len(kind.only_in_a) for kind in kinds),
        "only_in_b": sum(len(kind.only_in_b) for kind in kinds),
    }


def head_differences(comparison: Comparison, language: str) -> list[Data]:
    """Return the facts about the frameworks themselves that differ: field, its name, and both values."""
    return [_head(comparison, field, language) for field in HEAD_FIELDS if field in comparison.head]


def _head(comparison: Comparison, field: str, language: str) -> Data:
    return {
        "field": field,
        "name": say(language, HEAD_NAMES[field]),
        "a": _head_value(comparison.a, field, language),
        "b": _head_value(comparison.b, field, language),
    }


def _head_value(framework: Framework, field: str, language: str) -> Any:
    match field:
        case "rule":
            return rule_sentence(framework, framework.rule, language) if framework.rule else None
        case "title" | "description":
            return getattr(framework, field)[language]
    return getattr(framework, field)


def _stage_pair(pair: StagePair, language: str) -> Data:
    return {
        "same": pair.same,
        "fields": list(pair.fields),
        "a": _stage(pair.a, language),
        "b": _stage(pair.b, language),
    }


def _stage(stage: Stage | None, language: str) -> Data | None:
    if stage is None:
        return None
    return {
        "code": stage.code,
        "short": stage.short,
        "rank": stage.rank,
        "title": stage.title[language],
        "description": stage.description[language],
    }


def _module(module: SharedModule, language: str) -> Data:
    counts: dict[str, int] = {}
    for pair in module.pairs:
        counts[pair.a.kind] = counts.get(pair.a.kind, 0) + 1
    return {
        "id": module.id,
        "number": len(module.pairs),
        "kinds": [
            {"kind": kind, "name": kind_name(kind, language), "number": counts[kind]}
            for kind in sorted(counts, key=kind_order)
        ],
        "items": [_item(pair.a, language) for pair in module.pairs],
    }


def _kind(comparison: Comparison, kind: KindComparison, language: str) -> Data:
    return {
        "kind": kind.kind,
        "name": kind_name(kind.kind, language),
        "shared": [_item(pair.a, language) for pair in kind.shared],
        "changed": [_pair(pair, language) for pair in kind.changed],
        "moved": [_pair(pair, language) | _places(comparison, pair, language) for pair in kind.moved],
        "only_in_a": [_item(item, language) for item in kind.only_in_a],
        "only_in_b": [_item(item, language) for item in kind.only_in_b],
    }


def _pair(pair: Pair, language: str) -> Data:
    return {
        "fields": list(pair.fields),
        "a": _item(pair.a, language),
        "b": _item(pair.b, language),
    }


def _places(comparison: Comparison, pair: Pair, language: str) -> Data:
    """Return what each of the two lies in, where that is not each other's counterpart."""
    places = {"a": _parent(comparison.a, pair.a, language), "b": _parent(comparison.b, pair.b, language)}
    return {"parents": places if pair.other_parent else None}


def _parent(framework: Framework, item: Item, language: str) -> Data | None:
    parent = framework.by_code.get(item.parent or "")
    return {"code": parent.code, "title": parent.name(language)} if parent else None


def _item(item: Item, language: str) -> Data:
    found: Data = {"code": item.code}
    if item.title is not None:
        found["title"] = item.title[language]
    if item.text is not None:
        found["text"] = item.text[language]
    if item.stage is not None:
        found["stage"] = item.stage
    return found
