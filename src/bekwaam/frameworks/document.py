"""The lossless form of a framework: plain JSON data, both languages, items in a flat list.

``from_document(to_document(f)) == f`` for every framework; what is published is kept in this form.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from bekwaam.frameworks.model import Framework, Item, Source, Stage, Text
from bekwaam.frameworks.rules import AllOf, AnyOf, Count, Rule, Share, UnitSet
from bekwaam.trust.canonical import hash_of

_LATER: Final = ("supersedes", "changed", "creator", "uuid", "foreign")


def to_document(framework: Framework) -> dict[str, Any]:
    """Return ``framework`` as plain JSON data."""
    return {
        "id": framework.id,
        "version": framework.version,
        "kind": framework.kind,
        "title": _text(framework.title),
        "description": _text(framework.description),
        "source": _source(framework.source),
        "eqf": framework.eqf,
        "includes": list(framework.includes),
        "documents": {number: _text(title) for number, title in framework.documents.items()},
        "stages": [_stage(stage) for stage in framework.stages],
        "items": [_item(item) for item in framework.items],
        "rule": rule_to_data(framework.rule) if framework.rule else None,
        # Only where there is one: what was published before these were known keeps its hash.
        **_filled({name: getattr(framework, name) for name in _LATER}),
    }


def from_document(document: Mapping[str, Any]) -> Framework:
    """Return the framework in ``document``. Raises ValueError where it is not of this form."""
    try:
        return Framework(
            id=document["id"],
            version=document["version"],
            kind=document["kind"],
            title=Text(**document["title"]),
            description=Text(**document["description"]),
            source=Source(**document["source"]),
            stages=tuple(_read_stage(stage) for stage in document["stages"]),
            items=tuple(_read_item(item) for item in document["items"]),
            eqf=document["eqf"],
            rule=rule_from_data(document["rule"]) if document["rule"] else None,
            includes=tuple(document["includes"]),
            documents={number: Text(**title) for number, title in document["documents"].items()},
            supersedes=document.get("supersedes"),
            **{name: document.get(name, "") for name in _LATER if name != "supersedes"},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is not the document of a framework: {error!r}") from error


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def content_hash(framework: Framework) -> str:
    """Return the SHA-256, in hexadecimal digits, of the canonical JSON of the framework's document."""
    return hash_of(to_document(framework))


def rule_to_data(rule: Rule) -> dict[str, Any]:
    """Return ``rule`` in the shape in which a pack writes it, with what is empty left out."""
    match rule:
        case AllOf() | AnyOf():
            kind = "all_of" if isinstance(rule, AllOf) else "any_of"
            return {"kind": kind, "rules": [rule_to_data(part) for part in rule.rules]}
        case Count():
            asked: dict[str, Any] = {"at_least": rule.at_least}
        case Share():
            asked = {"percent": rule.percent} | ({"per": rule.per} if rule.per else {})
    units = {"codes": list(rule.units.codes), "within": list(rule.units.within)}
    narrowed = {key: codes for key, codes in units.items() if codes}
    stage = {"stage": rule.stage} if rule.stage else {}
    kind = "count" if isinstance(rule, Count) else "share"
    return {"kind": kind, "of": rule.units.kind, **narrowed, **asked, **stage}


def rule_from_data(data: Mapping[str, Any]) -> Rule:
    """Return the rule that :func:`rule_to_data` wrote. Raises ValueError for another kind of rule."""
    kind = data["kind"]
    if kind in ("all_of", "any_of"):
        parts = tuple(rule_from_data(part) for part in data["rules"])
        return AllOf(parts) if kind == "all_of" else AnyOf(parts)
    if kind not in ("count", "share"):
        raise ValueError(f"unknown kind of rule {kind!r}")
    units = UnitSet(data["of"], tuple(data.get("codes", ())), tuple(data.get("within", ())))
    if kind == "count":
        return Count(units, data["at_least"], data.get("stage"))
    return Share(units, data["percent"], data.get("stage"), data.get("per"))


def _text(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}


def _source(source: Source) -> dict[str, str]:
    return {"document": source.document, "section": source.section}


def _stage(stage: Stage) -> dict[str, Any]:
    return {
        "code": stage.code,
        "short": stage.short,
        "rank": stage.rank,
        "title": _text(stage.title),
        "description": _text(stage.description),
        "source": _source(stage.source),
    }


def _read_stage(data: Mapping[str, Any]) -> Stage:
    return Stage(
        code=data["code"],
        short=data["short"],
        rank=data["rank"],
        title=Text(**data["title"]),
        description=Text(**data["description"]),
        source=Source(**data["source"]),
    )


def _item(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "kind": item.kind,
        "title": _text(item.title) if item.title else None,
        "text": _text(item.text) if item.text else None,
        "source": _source(item.source),
        "parent": item.parent,
        "stage": item.stage,
        "module": item.module,
        "own": item.own,
        **_filled(
            {"sort": item.sort and _text(item.sort), "uuid": item.uuid, "foreign": item.foreign},
        ),
    }


@lru_cache(maxsize=512)
def _source_of(document: str, section: str) -> Source:
    """Return a source; most items share theirs with their neighbours."""
    return Source(document, section)


def _read_item(data: Mapping[str, Any]) -> Item:
    return Item(
        code=data["code"],
        kind=data["kind"],
        title=Text(**data["title"]) if data["title"] else None,
        text=Text(**data["text"]) if data["text"] else None,
        source=_source_of(**data["source"]),
        parent=data["parent"],
        stage=data["stage"],
        module=data["module"],
        own=data["own"],
        sort=Text(**data["sort"]) if data.get("sort") else None,
        uuid=data.get("uuid", ""),
        foreign=data.get("foreign", ""),
    )
