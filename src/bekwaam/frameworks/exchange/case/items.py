"""Items and stages out of the CFItems of a package."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bekwaam.frameworks.exchange.case.addresses import identify, line
from bekwaam.frameworks.exchange.case.head import ELSEWHERE, Head, plain, source_of, text_of
from bekwaam.frameworks.exchange.case.kind_words import kind_called
from bekwaam.frameworks.exchange.case.noting import Noting
from bekwaam.frameworks.exchange.case.tree import Node
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Item, Source, Stage, Text
from bekwaam.frameworks.reading.fields import CODE
from bekwaam.wording import N_

_TITLE = 120
"""A statement up to this length, on one line, names an item; a longer one is its text."""


def stages_of(nodes: list[Node]) -> tuple[Stage, ...]:
    """Return the stages that were written as items here, in their order."""
    found: dict[str, Stage] = {}
    for node in nodes:
        code = node.raw.get("humanCodingScheme")
        if not isinstance(code, str) or not CODE.fullmatch(code) or code in found:
            continue
        title, text = _texts(node)
        short, rank = node.ours.get("short"), node.ours.get("rank")
        found[code] = Stage(
            code=code,
            short=short if isinstance(short, str) else code[:4],
            rank=rank if type(rank) is int else len(found) + 1,
            title=title or text or Text(code, code),
            description=text or Text("", ""),
            source=source_of(node.ours.get("source")),
        )
    return tuple(sorted(found.values(), key=lambda stage: stage.rank))


def items_of(nodes: list[Node], head: Head, stages: set[str], noting: Noting) -> tuple[Item, ...]:
    """Return the items; the kind of each is one that may stand where it stands."""
    items = [_item(node, head, stages, noting) for node in nodes]
    return _placed(items, noting)


def _item(node: Node, head: Head, stages: set[str], noting: Noting) -> Item:
    framework = head.framework
    made = identify(framework.id, framework.version, "item", node.code)
    item = Item(
        code=node.code,
        kind="element",
        title=None,
        text=None,
        source=Source(ELSEWHERE),
        parent=node.parent.code if node.parent is not None else None,
        module=framework.id,
        uuid="" if node.uuid == made else node.uuid,
    )
    return _ours(item, node, stages) if _is_ours(node) else _theirs(item, node, noting)


def _is_ours(node: Node) -> bool:
    kind = node.ours.get("kind")
    return isinstance(kind, str) and kind in KINDS and isinstance(node.ours.get("texts"), dict)


def _ours(item: Item, node: Node, stages: set[str]) -> Item:
    ours = node.ours
    title, text = _texts(node)
    told = ours.get("stage")
    stage = told if isinstance(told, str) and told in stages else None
    kind = ours["kind"] if stage or not KINDS[ours["kind"]].staged else "element"
    return replace(
        item,
        kind=kind,
        title=title,
        text=text,
        source=source_of(ours.get("source")),
        stage=stage,
        module=ours["module"] if isinstance(ours.get("module"), str) else item.module,
        own=ours.get("own") is True,
        sort=_sort(ours.get("sort")),
    )


def _sort(told: Any) -> Text | None:
    if isinstance(told, list) and len(told) == 2 and all(isinstance(part, str) for part in told):
        return Text(told[0], told[1])
    return None


def _texts(node: Node) -> tuple[Text | None, Text | None]:
    """Return title and text of what was written here; what CASE holds goes before what we wrote beside."""
    told = node.ours.get("texts")
    told = told if isinstance(told, dict) else {}
    full, short = _said(node, "fullStatement"), _said(node, "abbreviatedStatement")
    if "text" not in told:
        return (text_of(full, told["title"]), None) if "title" in told else (None, None)
    title = text_of(short, told["title"]) if "title" in told and short else None
    return title, text_of(full, told["text"])


def _theirs(item: Item, node: Node, noting: Noting) -> Item:
    full = plain(_said(node, "fullStatement"), noting)
    short = line(plain(_said(node, "abbreviatedStatement"), noting))
    if not full and not short:
        message = N_("Items without a statement are called by their code: {number} ({names}).")
        noting.note("no_statement", message, item.code)
        full = item.code
    if not short and len(full) <= _TITLE and "\n" not in full:
        short, full = line(full), ""
    elif line(full) == short:
        full = ""
    sort = line(plain(_said(node, "CFItemType"), noting))[:200]
    kind = kind_called(sort) if sort else None
    title, text = Text(short, short) if short else None, Text(full, full) if full else None
    if kind is None or KINDS[kind].staged or not _has({"title": title, "text": text}, kind):
        kind = "element"
    return replace(item, kind=kind, title=title, text=text, sort=Text(sort, sort) if sort else None)


def _has(texts: dict[str, Text | None], kind: str) -> bool:
    return all(texts[name] is not None for name in KINDS[kind].needs)


def _said(node: Node, name: str) -> str:
    value = node.raw.get(name)
    return value if isinstance(value, str) else ""


def _placed(items: list[Item], noting: Noting) -> tuple[Item, ...]:
    """Return the items, with those that may not stand where they stand made plain elements.

    An element stands at the top or in another element, so what holds one becomes one too.
    """
    kinds = {item.code: item.kind for item in items}
    parents = {item.code: item.parent for item in items}
    below: dict[str | None, list[str]] = {}
    for item in items:
        below.setdefault(item.parent, []).append(item.code)
    waiting = list(kinds)
    while waiting:
        code = waiting.pop()
        parent = parents[code]
        if _may_stand(kinds[code], kinds[parent] if parent is not None else None):
            continue
        changed = parent if kinds[code] == "element" and parent is not None else code
        kinds[changed] = "element"
        waiting.extend((changed, *below.get(changed, ())))
    found = []
    for item in items:
        if kinds[item.code] == item.kind:
            found.append(item)
            continue
        message = N_("Items whose kind cannot stand where they stand became plain parts: {number} ({names}).")
        noting.note("plain_part", message, item.code)
        found.append(replace(item, kind="element", stage=None))
    return tuple(found)


def _may_stand(kind: str, parent: str | None) -> bool:
    known = KINDS[kind]
    return known.at_top if parent is None else parent in known.inside or parent in known.grouped
