"""Writes a presented framework out as text to read on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any, Final

from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Source
from bekwaam.wording import say

WIDTH: Final = 96
_OWN_LAYOUT: Final = ("group", "cluster", "area", "practice_theme", "competence", "life_domain")

Data = dict[str, Any]


def framework_text(document: Data) -> str:
    """Return the whole of ``document`` (see :mod:`bekwaam.frameworks.presented`) as wrapped text."""
    parts = (_head, _stages, _rule, _competences, _life_domains, _others)
    return "\n".join(line for part in parts for line in part(document)).rstrip()


def _wrapped(text: str, indent: int = 0, hanging: int = 0) -> Iterator[str]:
    for paragraph in text.splitlines() or [""]:
        yield from textwrap.wrap(
            paragraph,
            WIDTH,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hanging),
            break_on_hyphens=False,
        )


def _heading(text: str, underline: str = "-") -> Iterator[str]:
    lines = list(_wrapped(text))
    yield ""
    yield from lines
    yield underline * max(map(len, lines))


def _source(found: Data) -> str:
    return f"({Source(**found['source'])})"


def _head(document: Data) -> Iterator[str]:
    language = document["language"]
    yield from list(_heading(document["title"], "="))[1:]
    facts = [document["id"], document["version"], document["kind"]]
    if document["supersedes"]:
        facts.append(say(document["language"], "comes after {version}", version=document["supersedes"]))
    if document["eqf"]:
        facts.append(f"EQF {document['eqf']}")
    yield " · ".join(facts)
    yield ""
    yield from _wrapped(document["description"])
    yield ""
    for number, title in document["documents"].items():
        yield from _wrapped(say(language, "Source {number}: {title}", number=number, title=title))


def _stages(document: Data) -> Iterator[str]:
    if document["stages"]:
        yield from _heading(say(document["language"], "Stages"))
    for stage in document["stages"]:
        text = f"{stage['rank']}. {stage['title']}: {stage['description']} {_source(stage)}"
        yield from _wrapped(text, hanging=3)


def _rule(document: Data) -> Iterator[str]:
    if document["rule"]:
        yield from _heading(say(document["language"], "Rule"))
        yield from _wrapped(document["rule"]["text"])


def _competences(document: Data) -> Iterator[str]:
    by_code = {found["code"]: found for found in document["competences"]}
    groups = {found["code"]: found["title"] for found in document["groups"]}
    for above in [*document["clusters"], *document["areas"], *document.get("practice_themes", [])]:
        yield from _heading(f"{above['code']}  {above['title']}")
        if above.get("group"):
            yield groups[above["group"]]
        yield from _indicators(document, above)
        for code in above["competences"]:
            yield from _competence(document, by_code.pop(code))
    if by_code:
        yield from _heading(kind_name("competence", document["language"]))
    for found in by_code.values():
        yield from _competence(document, found)


def _competence(document: Data, found: Data) -> Iterator[str]:
    yield ""
    yield from _wrapped(f"{found['code']}  {found['title']} {_source(found)}", hanging=5)
    yield from _wrapped(found["description"], indent=5)
    yield from _indicators(document, found)
    yield from _below(found, indent=5)


def _indicators(document: Data, above: Data) -> Iterator[str]:
    for stage in document["stages"]:
        found = above.get("indicators", {}).get(stage["code"], [])
        if found:
            yield f"     {stage['title']}"
        for indicator in found:
            yield from _wrapped(f"- {indicator['code']}  {indicator['text']}", indent=7, hanging=2)


def _life_domains(document: Data) -> Iterator[str]:
    titles = {stage["code"]: stage["title"] for stage in document["stages"]}
    language = document["language"]
    for domain in document["life_domains"]:
        yield from _heading(f"{domain['code']}  {domain['title']} {_source(domain)}")
        for kind in ("theme", "specific_competence"):
            yield f"     {kind_name(kind, language)}"
            for part in domain[KINDS[kind].section]:
                yield from _wrapped(f"- {part['code']}  {part['title']}", indent=7, hanging=2)
        for stage, text in domain["stages"].items():
            yield f"     {titles[stage]}"
            yield from _wrapped(text, indent=7)


def _others(document: Data) -> Iterator[str]:
    for kind in KINDS.values():
        found = document.get(kind.section, [])
        if not found or kind.name in _OWN_LAYOUT:
            continue
        yield from _heading(kind_name(kind.name, document["language"]))
        for item in found:
            yield from _item(item, indent=0)


def _item(item: Data, indent: int) -> Iterator[str]:
    named = " ".join(filter(None, (item.get("title"), _source(item))))
    yield from _wrapped(f"{item['code']}  {named}", indent, hanging=4)
    yield from _wrapped(item.get("text", ""), indent=indent + 4)
    yield from _below(item, indent + 4)


def _below(item: Data, indent: int) -> Iterator[str]:
    for kind in KINDS.values():
        if not kind.staged and kind.inside:
            for below in item.get(kind.section, []):
                yield from _item(below, indent)
