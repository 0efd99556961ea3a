"""Reads the sheets with documents and stages, and what refers to them."""

from __future__ import annotations

from collections.abc import Iterable

from bekwaam.frameworks.exchange.sheets.headed import Record, Table, folded
from bekwaam.frameworks.model import Source, Stage, Text
from bekwaam.wording import N_

Placed = tuple[Record, ...]
"""The rows of what was read, in the same order."""


def read_documents(table: Table | None) -> tuple[dict[str, Text], Placed]:
    """Return the documents by their number, and their rows."""
    found: dict[str, Text] = {}
    placed: list[Record] = []
    for record in table.records() if table is not None else ():
        code = record.text("code")
        if code in found:
            message = N_('"{field}" stands here twice; the first was taken.')
            record.repair("code", code, "duplicate_document", message, field=code)
            continue
        found[code] = both(record, "title", code) or Text("", "")
        placed.append(record)
    return found, tuple(placed)


def read_stages(
    table: Table | None, source: tuple[str, str], documents: Iterable[str]
) -> tuple[tuple[Stage, ...], Placed]:
    """Return the stages, the first row the lowest, and their rows; ``source`` is that of the framework."""
    known = tuple(documents)
    found: list[Stage] = []
    placed: list[Record] = []
    for record in table.records() if table is not None else ():
        code = record.text("code")
        title, description = both(record, "title", code), both(record, "description", code)
        stage = Stage(
            code=code,
            short=record.text("short", code),
            rank=len(found) + 1,
            title=title or Text("", ""),
            description=description or Text("", ""),
            source=own_source(record, code, known) or Source(*source),
        )
        found.append(stage)
        placed.append(record)
    return tuple(found), tuple(placed)


def stage_named(name: str, stages: Iterable[Stage]) -> str:
    """Return the code of the stage with this code, short or title; the name itself where there is none."""
    wanted = folded(name)
    for stage in stages:
        if stage.code == name:
            return name
    for stage in stages:
        if wanted in (
            folded(stage.code),
            folded(stage.short),
            folded(stage.title.nl),
            folded(stage.title.en),
        ):
            return stage.code
    return name


def both(record: Record, key: str, item: str) -> Text | None:
    """Return a text that stands in a column per language; None where both are empty."""
    nl, en = record.text(f"{key}.nl", item), record.text(f"{key}.en", item)
    return Text(nl, en) if nl or en else None


def own_source(record: Record, item: str, documents: tuple[str, ...]) -> Source | None:
    """Return the source that a row names itself; its document is empty where only a section stands there."""
    document, section = record.text("document", item), record.text("section", item)
    if not document and not section:
        return None
    return Source(_document(record, document, item, documents), section)


def _document(record: Record, written: str, item: str, documents: tuple[str, ...]) -> str:
    """Return the number of a document; one that lost its zeros at the front gets them back."""
    if written in documents or not written:
        return written
    like = [number for number in documents if number.lstrip("0") == written.lstrip("0")]
    if len(like) != 1:
        return written
    message = N_('"{text}" was read as document "{document}".')
    record.repair("document", item, "document_number", message, text=written, document=like[0])
    return like[0]
