"""Reads the sections of a pack into items, parents before what lies below them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bekwaam.frameworks.faults import unknown_key
from bekwaam.frameworks.kinds import KINDS, SECTIONS, Kind
from bekwaam.frameworks.model import Item, Source, Text
from bekwaam.frameworks.reading.fields import Fields
from bekwaam.frameworks.reading.tree import Node, Scalar, Table
from bekwaam.wording import N_

_ITEM_KEYS: Final = ("code", "title", "text", "description", "source", "own")


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with the place where it is written."""

    item: Item
    file: str
    line: int


@dataclass
class Items:
    """Everything read so far; ``module`` is the id of the pack, ``stages`` its stage codes."""

    module: str
    stages: tuple[str, ...]
    documents: Mapping[str, Text]
    found: list[Placed] = field(default_factory=list)

    def read_sections(self, top: Fields) -> None:
        """Read the sections at the top of a file. Other keys have been looked at before."""
        for key, node in top.table.entries:
            kind = SECTIONS.get(key.text)
            if kind is not None and _belongs(top, key, kind, below=None):
                self._section(top, kind, node, parent=None, source=None)

    def _section(
        self, above: Fields, kind: Kind, node: Node, parent: Item | None, source: Source | None
    ) -> None:
        if not kind.staged:
            for fields in above.tables_in(node, kind.section):
                self._item(fields, kind, parent, source, stage=None)
            return
        for stage, fields in self._per_stage(above, kind, node):
            self._item(fields, kind, parent, source, stage)

    def _per_stage(self, above: Fields, kind: Kind, node: Node) -> Iterator[tuple[str, Fields]]:
        """Yield what stands below each stage: a list of items, or one."""
        if isinstance(node, Scalar) and node.is_null:
            return
        if not isinstance(node, Table):
            above.wrong_type(kind.section, N_("a table with the stages as keys"))
            return
        for key, value in node.entries:
            if key.text not in self.stages:
                message = N_('There is no stage "{stage}". The stages are: {stages}.')
                known = ", ".join(self.stages) or "-"
                above.fault(key.line, "unknown_stage", message, stage=key.text, stages=known)
            if isinstance(value, Table):
                yield key.text, Fields(above.file, value, above.faults, above.item)
                continue
            here = Fields(above.file, node, above.faults, above.item)
            for fields in here.tables_in(value, key.text):
                yield key.text, fields

    def _item(
        self, fields: Fields, kind: Kind, parent: Item | None, source: Source | None, stage: str | None
    ) -> None:
        code = fields.code()
        here = Fields(fields.file, fields.table, fields.faults, code or fields.item)
        self._check_keys(here, kind, parent)
        title, text = here.text("title", required=False), _body(here)
        for need in kind.needs:
            if not here.has(need) and not (need == "text" and here.has("description")):
                here.missing(need)
        if not kind.needs and not any(here.has(key) for key in ("title", "text", "description")):
            here.missing("title")
        item = Item(
            code=code or "",
            kind=kind.name,
            title=title,
            text=text,
            source=read_source(here, self.documents, source, required=True) or Source(""),
            parent=self._parent(here, kind, parent),
            stage=stage,
            module=self.module,
            own=here.flag("own"),
        )
        if code:
            self.found.append(Placed(item, here.file, here.line("code")))
        self._below(here, kind, item)

    def _parent(self, fields: Fields, kind: Kind, parent: Item | None) -> str | None:
        if parent is None and kind.grouped:
            return fields.string("group", required=False)
        return parent.code if parent else None

    def _below(self, fields: Fields, kind: Kind, item: Item) -> None:
        for key, node in fields.table.entries:
            section = SECTIONS.get(key.text)
            if section is not None and _belongs(fields, key, section, below=kind):
                self._section(fields, section, node, item, item.source if item.source.document else None)

    def _check_keys(self, fields: Fields, kind: Kind, parent: Item | None) -> None:
        inside = [k.section for k in KINDS.values() if kind.name in k.inside]
        allowed = [*_ITEM_KEYS, *(["group"] if kind.grouped and parent is None else []), *inside]
        for key, _ in fields.table.entries:
            if key.text not in allowed and key.text not in SECTIONS:
                reason, message, values = unknown_key(key.text, allowed)
                fields.fault(key.line, reason, message, **values)


def _body(fields: Fields) -> Text | None:
    """Return the text of an item, which may be written as ``text`` or as ``description``."""
    if fields.has("text") and fields.has("description"):
        message = N_('"text" and "description" are the same thing: write one of them.')
        fields.fault(fields.line("description"), "two_texts", message)
    return fields.text("text" if fields.has("text") else "description", required=False)


def _belongs(fields: Fields, key: Scalar, kind: Kind, below: Kind | None) -> bool:
    """Tell whether a section may stand here; note it where it may not."""
    if (below is None and kind.at_top) or (below is not None and below.name in kind.inside):
        return True
    places = ", ".join(KINDS[name].section for name in kind.inside)
    if places:
        message = N_('"{section}" cannot stand here, only below one of: {places}.')
    else:
        message = N_('"{section}" cannot stand here, only at the top of a file.')
    fields.fault(key.line, "wrong_place", message, section=kind.section, places=places)
    return False


def read_source(
    fields: Fields, documents: Mapping[str, Text], inherited: Source | None, *, required: bool
) -> Source | None:
    """Return the source that is written at an item, else the one it ``inherited``."""
    if not fields.has("source"):
        if inherited is None and required:
            message = N_("The source is missing: which document, which section?")
            fields.fault(fields.table.line, "missing_source", message)
        return inherited
    below = fields.table_at("source")
    if below is None:
        return inherited
    below.only(("document", "section"))
    document = below.string("document")
    if document is None:
        return inherited
    if document not in documents:
        message = N_('Document "{document}" does not stand under "documents" in pack.yaml.')
        below.fault(below.line("document"), "unknown_document", message, document=document)
    return Source(document, below.string("section", required=False) or "")
