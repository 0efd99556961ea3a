"""Reads the sheet with the items: one row each, in the order in which people will see them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Final

from bekwaam.frameworks.exchange.sheets.headed import Record, Table, folded
from bekwaam.frameworks.exchange.workbook.names import kind_of, yes_or_no
from bekwaam.frameworks.exchange.workbook.parts import Placed, both, own_source, stage_named
from bekwaam.frameworks.faults import Msgid
from bekwaam.frameworks.kind_singular import ONE_OF_KIND
from bekwaam.frameworks.model import Item, Source, Stage
from bekwaam.wording import LANGUAGES, N_, say

_MERGED: Final = "merged"
_NONE: Final = Source("")


@dataclass(frozen=True, slots=True)
class Items:
    """The items of all rows, faulty ones too, and their rows in the same order."""

    found: tuple[Item, ...] = ()
    placed: Placed = ()


def read_items(
    table: Table, stages: tuple[Stage, ...], documents: tuple[str, ...], source: Source, module: str
) -> Items:
    """Return the items in ``table``.

    An item without a source has that of the item it lies below and, at the top, ``source``; one without a
    module belongs to the framework itself, ``module``.
    """
    records = [record for record in table.records() if not _only_merged(record, table)]
    rows = _Rows(stages, documents, module)
    items = [rows.item(record) for record in records]
    _note_lost_zeros(items, records)
    _note_twice(items, records)
    return Items(_with_sources(items, source), tuple(records))


def _only_merged(record: Record, table: Table) -> bool:
    """Tell whether all that stands in a row comes from cells merged with rows above it."""
    ours = {n for numbers in table.columns.values() for n in numbers}
    odd = record.row.odd
    return all(
        n in odd and odd[n].reason == _MERGED and odd[n].values for n in ours & record.row.texts.keys()
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Makes an item of a row, with what it has to know of the other sheets."""

    stages: tuple[Stage, ...]
    documents: tuple[str, ...]
    module: str

    def item(self, record: Record) -> Item:
        code = record.text("code")
        title, text = both(record, "title", code), both(record, "text", code)
        stage = record.text("stage", code)
        return Item(
            code=code,
            kind=self._kind(record, code),
            title=title,
            text=text,
            source=own_source(record, code, self.documents) or _NONE,
            parent=record.text("parent", code) or None,
            stage=stage_named(stage, self.stages) if stage else None,
            module=record.text("module", code) or self.module,
            own=self._own(record, code),
            sort=both(record, "sort", code),
            uuid=record.text("uuid", code),
            foreign=record.raw("foreign"),
        )

    def _kind(self, record: Record, code: str) -> str:
        written = record.text("kind", code)
        kind = kind_of(written)
        if kind is None and written:
            names = {say(spoken, name): name for name in ONE_OF_KIND.values() for spoken in LANGUAGES}
            near = get_close_matches(folded(written), names, n=1)
            if near:
                message = N_('There is no kind of item "{kind}". Did you mean "{near}"?')
                values = {"kind": written, "near": Msgid(names[near[0]])}
                record.fault("kind", code, "unknown_kind", message, **values)
            else:
                message = N_('There is no kind of item "{kind}". Choose one from the list in the cell.')
                record.fault("kind", code, "unknown_kind", message, kind=written)
        return kind or written

    def _own(self, record: Record, code: str) -> bool:
        written = record.text("own", code)
        own = yes_or_no(written)
        if own is None:
            message = N_('"{text}" is neither yes nor no.')
            record.fault("own", code, "neither_yes_nor_no", message, text=written)
        return bool(own)


def _with_sources(items: list[Item], source: Source) -> tuple[Item, ...]:
    """Return the items with the source of what they lie below wherever they name none of their own."""
    by_code: dict[str, Item] = {}
    for item in items:
        by_code.setdefault(item.code, item)
    known: dict[str, Source] = {}

    def above(item: Item) -> Source:
        """Return the nearest source that names a document, going up from ``item``."""
        way: dict[str, None] = {}
        at: Item | None = item
        found = source
        while at is not None and at.code not in way:
            if at.code in known or at.source.document:
                found = known.get(at.code) or at.source
                break
            way[at.code] = None
            at = by_code.get(at.parent) if at.parent else None
        known.update(dict.fromkeys(way, found))
        return found

    return tuple(
        item
        if item.source.document
        else replace(item, source=replace(above(item), section=item.source.section or above(item).section))
        for item in items
    )


def _note_twice(items: list[Item], records: list[Record]) -> None:
    first: dict[str, Record] = {}
    for item, record in zip(items, records, strict=True):
        other = first.setdefault(item.code, record)
        if item.code and other is not record:
            message = N_("The code {code} is used already, in {cell}. Every item has its own.")
            cell = other.place("code")
            record.fault("code", item.code, "duplicate_code", message, code=item.code, cell=cell)


def _note_lost_zeros(items: list[Item], records: list[Record]) -> None:
    """Note codes that are numbers and may have lost a zero: is 1.1 the item 1.1, or 1.10?"""
    times: dict[str, int] = {}
    for item in items:
        times[item.code] = times.get(item.code, 0) + 1
    message = N_(
        "The spreadsheet program took this for a number, so that {code} and {code}0 are the same to it. Make "
        "the cell text, and type the code again."
    )
    for item, record in zip(items, records, strict=True):
        if record.odd("code") == "number" and (times[item.code] > 1 or f"{item.code}0" in times):
            record.fault("code", item.code, "ambiguous_number", message, code=item.code)
        if record.odd("parent") == "number" and f"{item.parent}0" in times:
            record.fault("parent", item.code, "ambiguous_number", message, code=item.parent)
