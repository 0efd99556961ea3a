"""Loads a pack: a folder with ``pack.yaml`` and every other YAML file below it, in sorted order.

How a pack is written stands in ``docs/packs.md``. All faults are found in one go.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bekwaam.frameworks.faults import FaultList, FaultsFound
from bekwaam.frameworks.kinds import KINDS, SECTIONS
from bekwaam.frameworks.loading.editions import HEAD_FILE, MAX_BYTES, comes_after_itself, editions_in
from bekwaam.frameworks.loading.head import HEAD_KEYS, Head, read_head
from bekwaam.frameworks.loading.items import Items, Placed
from bekwaam.frameworks.loading.rule import check_rule, read_rule
from bekwaam.frameworks.model import Framework, Item, Text
from bekwaam.frameworks.reading.fields import Fields
from bekwaam.frameworks.reading.files import read_file
from bekwaam.frameworks.reading.tree import Table
from bekwaam.frameworks.rules import Rule
from bekwaam.wording import N_

_SUFFIXES: Final = (".yaml", ".yml")

Find = Callable[[str], Path | None]


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where a pack is read: how to find others, and which are being read already."""

    find: Find
    reading: tuple[str, ...] = ()


def load_pack(path: Path, find: Find = lambda identifier: None) -> Framework:
    """Return the framework in ``path``: a folder with pack.yaml, that file, or one file that holds all.

    ``find`` gives the folder of an included pack by its id, for those that do not stand beside this one.
    Raises FaultsFound with every fault.
    """
    framework, faults = read_pack(path, find)
    if framework is None or len(faults):
        raise FaultsFound(faults.sorted())
    return framework


def read_pack(path: Path, find: Find = lambda identifier: None) -> tuple[Framework | None, FaultList]:
    """Return the framework as far as it could be read, and the faults. See :func:`load_pack`."""
    faults = FaultList()
    return _read(path, _Setting(find), faults), faults


def pack_files(path: Path) -> tuple[Path, ...]:
    """Return the files of a pack: its head first, then the others in sorted order (2 before 10)."""
    if path.is_file() and path.name != HEAD_FILE:
        return (path,)
    folder = path if path.is_dir() else path.parent
    head = folder / HEAD_FILE
    if not head.is_file():
        return (head,)  # no pack: do not go through whatever else may stand here
    others = [p for p in folder.rglob("*") if p.suffix in _SUFFIXES and p != head and p.is_file()]
    return (head, *sorted(others, key=lambda p: _natural(p.relative_to(folder))))


def _natural(path: Path) -> list[list[tuple[int, str]]]:
    parts = (re.findall(r"\d+|\D+", part) for part in path.parts)
    return [[(int(p), "") if p.isdecimal() else (-1, p) for p in part] for part in parts]


def _read(path: Path, setting: _Setting, faults: FaultList) -> Framework | None:
    files = pack_files(path)
    tops = [fields for file in files if (fields := _top(file, faults)) is not None]
    if not tops or tops[0].file != str(files[0]):
        return None  # without its head nothing can be said about a pack
    head = read_head(tops[0])
    _check_versions(head, path, tops[0], setting)
    documents, included = _included(head, path, tops[0], setting, faults)
    items = Items(head.id, tuple(stage.code for stage in head.stages), documents)
    for fields in tops:
        if fields is not tops[0]:
            _only_sections(fields)
        items.read_sections(fields)
    unique = _unique(items.found, faults)
    own = _with_groups(unique, faults)
    _check_clashes(unique, included, faults)
    rule = _rule(tops[0])
    framework = _framework(head, documents, (*own, *included), rule)
    below = tops[0].table_at("rule", required=False)
    if rule is not None and below is not None:
        check_rule(framework, rule, below)
    return framework


def _top(file: Path, faults: FaultList) -> Fields | None:
    name = str(file)
    node = read_file(file, name, MAX_BYTES, faults)
    if node is None:
        return None
    if isinstance(node, Table):
        return Fields(name, node, faults)
    message = N_("A pack file is a table of sections, such as clusters or life_domains; this is not.")
    faults.add(name, node.line, "", "not_a_table", message)
    return None


def _only_sections(fields: Fields) -> None:
    for key, _ in fields.table.entries:
        if key.text in HEAD_KEYS:
            message = N_('"{key}" belongs in pack.yaml, not here.')
            fields.fault(key.line, "wrong_place", message, key=key.text)
        elif key.text not in SECTIONS:
            message = N_('There is no section "{key}". The sections are: {sections}.')
            known = ", ".join(kind.section for kind in SECTIONS.values() if kind.at_top)
            fields.fault(key.line, "unknown_section", message, key=key.text, sections=known)


def _included(
    head: Head, path: Path, fields: Fields, setting: _Setting, faults: FaultList
) -> tuple[dict[str, Text], tuple[Item, ...]]:
    """Return the documents and items of the included modules, the pack's own documents added."""
    documents: dict[str, Text] = {}
    items: list[Item] = []
    folder = path if path.is_dir() else path.parent
    deeper = _Setting(setting.find, (*setting.reading, head.id))
    for identifier, line in head.includes:
        beside = folder.parent / identifier
        place = beside if (beside / HEAD_FILE).is_file() else setting.find(identifier)
        if identifier in deeper.reading:
            message = N_('"{id}" includes itself, directly or by way of another pack.')
            fields.fault(line, "circle", message, id=identifier)
        elif place is None:
            message = N_('There is no pack "{id}" to include.')
            fields.fault(line, "dangling", message, id=identifier)
        else:
            module = _read(place, deeper, faults)
            if module is not None and _same_stages(head, module, fields, line):
                documents |= module.documents
                items.extend(module.items)
    return documents | head.documents, tuple(items)


def _check_versions(head: Head, path: Path, fields: Fields, setting: _Setting) -> None:
    """Note a version to come after that is not there, and versions that come after one another in a circle.

    The other versions stand beside this pack, or come with the product.
    """
    if head.supersedes is None:
        return
    folder = (path if path.is_dir() else path.parent).resolve()
    places = {folder.parent} | {place.parent for place in [setting.find(head.id)] if place is not None}
    others = [edition for place in places for edition in editions_in(place) if edition.id == head.id]
    known = {edition.version: edition.supersedes for edition in others} | {head.version: head.supersedes}
    line = fields.line("supersedes")
    if head.supersedes not in known:
        message = N_('There is no version {version} of "{id}" that this one can come after.')
        fields.fault(line, "unknown_version", message, version=head.supersedes, id=head.id)
    elif comes_after_itself(head.version, known):
        message = N_('Going back from version {version} of "{id}", the versions come round in a circle.')
        fields.fault(line, "circle", message, version=head.version, id=head.id)


def _same_stages(head: Head, module: Framework, fields: Fields, line: int) -> bool:
    theirs = [stage.code for stage in module.stages]
    ours = [stage.code for stage in head.stages]
    if theirs == ours:
        return True
    message = N_('"{id}" has other stages ({theirs}) than this pack ({ours}).')
    values = {"id": module.id, "theirs": ", ".join(theirs), "ours": ", ".join(ours)}
    fields.fault(line, "other_stages", message, **values)
    return False


def _unique(found: list[Placed], faults: FaultList) -> list[Placed]:
    known: dict[str, Placed] = {}
    for placed in found:
        first = known.setdefault(placed.item.code, placed)
        if first is not placed:
            message = N_("The code {code} is used already, in {file} on line {line}. Every item has its own.")
            values = {"code": placed.item.code, "file": first.file, "line": first.line}
            faults.add(placed.file, placed.line, placed.item.code, "duplicate_code", message, **values)
    return list(known.values())


def _with_groups(found: list[Placed], faults: FaultList) -> list[Item]:
    """Return the items; a parent that is no such item is noted and left out."""
    kinds = {placed.item.code: placed.item.kind for placed in found}
    items = []
    for placed in found:
        item = placed.item
        if item.parent is not None and item.parent not in kinds:
            message = N_('There is no group "{group}".')
            faults.add(placed.file, placed.line, item.code, "dangling", message, group=item.parent)
            item = replace(item, parent=None)
        elif item.parent is not None and not _may_lie_in(kinds[item.parent], item.kind):
            message = N_('"{group}" is not a group.')
            faults.add(placed.file, placed.line, item.code, "dangling", message, group=item.parent)
            item = replace(item, parent=None)
        items.append(item)
    return items


def _may_lie_in(above: str, kind: str) -> bool:
    """Tell whether what an item of ``kind`` names as its group may be of kind ``above``."""
    named = KINDS[kind].grouped
    return not named or above in named or above in KINDS[kind].inside


def _check_clashes(own: list[Placed], included: tuple[Item, ...], faults: FaultList) -> None:
    theirs = {item.code: item.module for item in included}
    for placed in own:
        if placed.item.code in theirs:
            message = N_("The code {code} is used already, in the included pack {module}.")
            values = {"code": placed.item.code, "module": theirs[placed.item.code]}
            faults.add(placed.file, placed.line, placed.item.code, "duplicate_code", message, **values)


def _rule(fields: Fields) -> Rule | None:
    below = fields.table_at("rule", required=False)
    return read_rule(below) if below is not None else None


def _framework(
    head: Head, documents: dict[str, Text], items: tuple[Item, ...], rule: Rule | None
) -> Framework:
    return Framework(
        id=head.id,
        version=head.version,
        supersedes=head.supersedes,
        changed=head.changed,
        kind=head.kind,
        title=head.title,
        description=head.description,
        source=head.source,
        stages=head.stages,
        items=items,
        eqf=head.eqf,
        rule=rule,
        includes=tuple(identifier for identifier, _ in head.includes),
        documents=documents,
    )
