"""A framework as one nested document in one language: what ``bekwaam frameworks show`` prints."""

from __future__ import annotations

from typing import Any, Final

from bekwaam.frameworks.document import rule_to_data
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Framework, Item, Source, Stage
from bekwaam.frameworks.rule_text import rule_sentence

_ALWAYS: Final = ("group", "cluster", "area", "competence", "life_domain")


def presented(framework: Framework, language: str) -> dict[str, Any]:
    """Return the whole of ``framework`` with plain texts in ``language``.

    Every kind of item that the framework has stands under its section (groups, clusters, areas,
    competences and life domains stand there always, empty where there are none). Items hold what lies
    below them, but competences stand in a list of their own; indicators and descriptions stand under
    their stages. Stages are cumulative.
    """
    document = {
        "id": framework.id,
        "version": framework.version,
        "supersedes": framework.supersedes,
        "kind": framework.kind,
        "language": language,
        "title": framework.title[language],
        "description": framework.description[language],
        "eqf": framework.eqf,
        "source": _source(framework.source),
        "documents": {number: title[language] for number, title in framework.documents.items()},
        "includes": list(framework.includes),
        "stages": [_stage(stage, language) for stage in framework.stages],
        "cumulative": True,
    }
    for kind in KINDS.values():
        items = framework.of_kind(kind.name)
        if kind.at_top and (items or kind.name in _ALWAYS):
            document[kind.section] = [_presented_item(framework, item, language) for item in items]
    document["rule"] = None
    if framework.rule is not None:
        sentence = rule_sentence(framework, framework.rule, language)
        document["rule"] = {**rule_to_data(framework.rule), "text": sentence}
    return document


def _presented_item(framework: Framework, item: Item, language: str) -> dict[str, Any]:
    found = _head(item, language)
    match item.kind:
        case "cluster":
            found["group"] = item.parent
            found["competences"] = [below.code for below in framework.children(item.code, "competence")]
        case "competence":
            found |= _place(framework, item)
            found["indicators"] = _indicators(framework, item, language)
            found |= _below(framework, item, language)
        case "area":
            found["group"] = item.parent
            found["competences"] = [below.code for below in framework.children(item.code, "competence")]
            found["indicators"] = _indicators(framework, item, language)
        case "practice_theme":
            found["competences"] = [below.code for below in framework.children(item.code, "competence")]
        case "life_domain":
            for name in ("theme", "specific_competence"):
                below = framework.children(item.code, name)
                found[KINDS[name].section] = [_head(part, language) for part in below]
            texts = framework.children(item.code, "stage_text")
            found["stages"] = {t.stage: t.text[language] for t in texts if t.text is not None}
        case _:
            found |= _below(framework, item, language)
    return found


def _place(framework: Framework, competence: Item) -> dict[str, str | None]:
    """Return what a competence lies in: its cluster (or area), else its practice theme."""
    above = framework.by_code[competence.parent] if competence.parent else None
    if above is not None and above.kind == "practice_theme":
        return {"practice_theme": above.code}
    return {"cluster": competence.parent}


def _below(framework: Framework, item: Item, language: str) -> dict[str, list[dict[str, Any]]]:
    """Return the items directly below ``item``, by their section; what stands per stage left out."""
    kinds = (kind for kind in KINDS.values() if item.kind in kind.inside and not kind.staged)
    found = {kind.section: framework.children(item.code, kind.name) for kind in kinds}
    return {
        section: [_presented_item(framework, below, language) for below in items]
        for section, items in found.items()
        if items
    }


def _head(item: Item, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {"code": item.code}
    if item.title is not None:
        found["title"] = item.title[language]
    if item.text is not None:
        found["description" if item.kind == "competence" else "text"] = item.text[language]
    found["source"] = _source(item.source)
    if item.own:
        found["own"] = True
    return found


def _indicators(framework: Framework, item: Item, language: str) -> dict[str, list[dict[str, Any]]]:
    return {
        stage.code: [_head(found, language) for found in framework.indicators(item.code, stage.code)]
        for stage in framework.stages
    }


def _stage(stage: Stage, language: str) -> dict[str, Any]:
    return {
        "code": stage.code,
        "short": stage.short,
        "rank": stage.rank,
        "title": stage.title[language],
        "description": stage.description[language],
        "source": _source(stage.source),
    }


def _source(source: Source) -> dict[str, str]:
    return {"document": source.document, "section": source.section}
