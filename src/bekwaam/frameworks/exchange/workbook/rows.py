"""A framework as rows of texts per sheet; the same texts are read back from them."""

from __future__ import annotations

from collections.abc import Iterator

from bekwaam.frameworks.exchange.workbook.names import HEAD_FIELDS, RULE_NAMES, YES
from bekwaam.frameworks.kind_singular import one_of_kind
from bekwaam.frameworks.model import Framework, Item, Source, Text
from bekwaam.frameworks.rules import AllOf, AnyOf, Count, Rule, Share
from bekwaam.wording import say

Row = dict[str, str]


def head_rows(framework: Framework, kind: str, language: str) -> Iterator[Row]:
    """Yield the rows of the head; ``kind`` is what this kind of framework is called."""
    values: dict[str, str | Text] = {
        "id": framework.id,
        "version": framework.version,
        "kind": kind,
        "title": framework.title,
        "description": framework.description,
        "document": framework.source.document,
        "section": framework.source.section,
        "eqf": "" if framework.eqf is None else str(framework.eqf),
        "includes": ", ".join(framework.includes),
        "supersedes": framework.supersedes or "",
        "changed": framework.changed,
        "creator": framework.creator,
        "uuid": framework.uuid,
        "foreign": framework.foreign,
    }
    for key, value in values.items():
        texts = {"value": value.nl, "en": value.en} if isinstance(value, Text) else {"value": value}
        yield {"field": say(language, HEAD_FIELDS[key][0]), **texts}


def document_rows(framework: Framework) -> Iterator[Row]:
    """Yield a row for every document."""
    for number, title in framework.documents.items():
        yield {"code": number, **_texts("title", title)}


def stage_rows(framework: Framework) -> Iterator[Row]:
    """Yield a row for every stage, in their order."""
    for stage in framework.stages:
        yield {
            "code": stage.code,
            "short": stage.short,
            **_texts("title", stage.title),
            **_texts("description", stage.description),
            **_source(stage.source),
        }


def item_rows(framework: Framework, language: str) -> Iterator[Row]:
    """Yield a row for every item, in their order."""
    for item in framework.items:
        yield item_row(item, framework.id, language)


def item_row(item: Item, framework_id: str, language: str) -> Row:
    """Return the row of one item; what holds for most items is left empty."""
    return {
        "code": item.code,
        "kind": one_of_kind(item.kind, language),
        "parent": item.parent or "",
        "stage": item.stage or "",
        **_texts("title", item.title),
        **_texts("text", item.text),
        **_source(item.source),
        "own": say(language, YES) if item.own else "",
        "module": item.module if item.module != framework_id else "",
        **_texts("sort", item.sort),
        "uuid": item.uuid,
        "foreign": item.foreign,
    }


def rule_rows(rule: Rule, language: str, number: str = "1") -> Iterator[Row]:
    """Yield a row for a rule, and below it those that it combines: 1, then 1.1, 1.2 ..."""
    kind = say(language, RULE_NAMES[_kind(rule)])
    if isinstance(rule, AllOf | AnyOf):
        yield {"number": number, "kind": kind}
        for place, part in enumerate(rule.rules, 1):
            yield from rule_rows(part, language, f"{number}.{place}")
        return
    yield {
        "number": number,
        "kind": kind,
        "of": one_of_kind(rule.units.kind, language),
        "at_least": str(rule.at_least) if isinstance(rule, Count) else "",
        "percent": str(rule.percent) if isinstance(rule, Share) else "",
        "stage": rule.stage or "",
        "per": one_of_kind(rule.per, language) if isinstance(rule, Share) and rule.per else "",
        "codes": ", ".join(rule.units.codes),
        "within": ", ".join(rule.units.within),
    }


def _kind(rule: Rule) -> str:
    match rule:
        case Count():
            return "count"
        case Share():
            return "share"
        case AllOf():
            return "all_of"
        case AnyOf():
            return "any_of"


def _texts(key: str, text: Text | None) -> Row:
    return {f"{key}.nl": text.nl, f"{key}.en": text.en} if text else {}


def _source(source: Source) -> Row:
    return {"document": source.document, "section": source.section}
