"""Reads a framework from a workbook, or its items from a CSV, with everything wrong told by cell."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bekwaam.frameworks.checking import findings, with_missing_english
from bekwaam.frameworks.exchange.outcome import Reading
from bekwaam.frameworks.exchange.sheets.book import Book, Notes, Sheet
from bekwaam.frameworks.exchange.sheets.headed import Column, Record, Table, headed, headings_in
from bekwaam.frameworks.exchange.sheets.opening import read_sheets
from bekwaam.frameworks.exchange.workbook.head import Head, listed, read_head
from bekwaam.frameworks.exchange.workbook.items import Items, read_items
from bekwaam.frameworks.exchange.workbook.names import (
    DOCUMENT_COLUMNS,
    HEAD_COLUMNS,
    ITEM_COLUMNS,
    RULE_COLUMNS,
    SHEETS,
    STAGE_COLUMNS,
    sheet_of,
)
from bekwaam.frameworks.exchange.workbook.parts import Placed, read_documents, read_stages
from bekwaam.frameworks.exchange.workbook.rule import RuleRows, read_rule
from bekwaam.frameworks.exchange.workbook.sentences import worded
from bekwaam.frameworks.faults import Finding, Msgid
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Framework, Source
from bekwaam.frameworks.walkable import walkable
from bekwaam.wording import N_

_COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "head": HEAD_COLUMNS,
    "documents": DOCUMENT_COLUMNS,
    "stages": STAGE_COLUMNS,
    "items": ITEM_COLUMNS,
    "rule": RULE_COLUMNS,
}
_SPOKEN: Final = ("title", "text", "description", "sort")


def read_workbook(data: bytes, name: str) -> Reading:
    """Return the framework in a workbook (XLSX); of a CSV, which is one table, its items.

    ``name`` is what the file is called in faults. Each fault has its cell. Sheets and columns go by their
    Dutch or English names, in any order. The framework holds all rows that are sound, also where others
    are not, and can be walked: a parent that cannot be is left out, a kind that is unknown becomes
    "element". Where the English is empty the Dutch stands in its place, which is told among the repairs.
    """
    book = read_sheets(data, name)
    notes = Notes(name)
    notes.faults.extend(book.faults)
    notes.repairs.extend(book.repairs)
    tables = _tables(book, notes) if book.sheets else {}
    if "items" not in tables:
        if not len(notes.faults):
            _note_no_items(notes)
        return Reading(None, notes.faults.sorted(), notes.repairs.sorted())
    return _Reader(tables, notes).read()


def _tables(book: Book, notes: Notes) -> dict[str, Table]:
    """Return the tables by what they hold. A sheet that is not ours is named among the repairs."""
    chosen: dict[str, Sheet] = {}
    others: list[Sheet] = []
    for sheet in book.sheets:
        holds = sheet_of(sheet.name)
        if holds in _COLUMNS and holds not in chosen:
            chosen[holds] = sheet
        elif holds not in SHEETS or holds in chosen:
            others.append(sheet)
    if "items" not in chosen:
        _choose_items(chosen, others, notes)
    for sheet in others:
        if sheet.rows and sheet.name:
            message = N_('The sheet "{sheet}" is none of ours and was left out.')
            notes.repair("", 0, "", "unknown_sheet", message, sheet=sheet.name)
    found = {holds: headed(sheet, _COLUMNS[holds], notes) for holds, sheet in chosen.items() if sheet.rows}
    return {holds: table for holds, table in found.items() if table is not None}


def _choose_items(chosen: dict[str, Sheet], others: list[Sheet], notes: Notes) -> None:
    """Take for the items the sheet with most of their headings, whatever its name."""
    best = max(others, key=lambda sheet: headings_in(sheet, ITEM_COLUMNS), default=None)
    if best is not None and headings_in(best, ITEM_COLUMNS) >= 2:
        chosen["items"] = best
        others.remove(best)
    else:
        _note_no_items(notes)


def _note_no_items(notes: Notes) -> None:
    message = N_(
        'There is no sheet "{sheet}" here, and no other with headings such as "{code}" and "{kind}".'
    )
    values = {"sheet": Msgid(SHEETS["items"]), "code": Msgid(N_("Code")), "kind": Msgid(N_("Kind"))}
    notes.fault("", 0, "", "no_items", message, **values)


class _Reader:
    """Puts the framework together from its tables, and finds the cells of what is wrong with it."""

    def __init__(self, tables: dict[str, Table], notes: Notes) -> None:
        self._tables, self._notes = tables, notes
        self._documents: Placed = ()
        self._stages: Placed = ()
        self._head = Head()
        self._items = Items()
        self._rule = RuleRows()

    def read(self) -> Reading:
        """Return what there is."""
        raw = self._framework()
        whole, filled = with_missing_english(raw)
        if filled:
            message = N_("The English is empty {number} times; the Dutch stands in its place.")
            self._notes.repair("", 0, "", "dutch_for_english", message, number=filled)
        for finding in findings(whole):
            self._note(finding)
        known = tuple(item if item.kind in KINDS else replace(item, kind="element") for item in whole.items)
        found = walkable(replace(whole, items=known))
        return Reading(found, self._notes.faults.sorted(), self._notes.repairs.sorted())

    def _framework(self) -> Framework:
        head = self._head = read_head(self._tables.get("head"))
        documents, self._documents = read_documents(self._tables.get("documents"))
        stages, self._stages = read_stages(self._tables.get("stages"), head.source, documents)
        source, identifier = Source(*head.source), head.text("id")
        self._items = read_items(self._tables["items"], stages, tuple(documents), source, identifier)
        self._rule = read_rule(self._tables.get("rule"), stages)
        return Framework(
            id=identifier,
            version=head.text("version"),
            kind=head.kind,
            title=head.both("title"),
            description=head.both("description"),
            source=source,
            stages=stages,
            items=self._items.found,
            eqf=head.eqf,
            rule=self._rule.rule,
            includes=listed(head.text("includes")),
            documents=documents,
            supersedes=head.text("supersedes") or None,
            changed=head.text("changed"),
            creator=head.text("creator"),
            uuid=head.text("uuid"),
            foreign=head.text("foreign"),
        )

    def _note(self, finding: Finding) -> None:
        """Note what is wrong in its cell, unless something was said of that cell already."""
        if finding.key == "rule" and self._rule.written and self._rule.rule is None:
            return  # the rows of the rule have told
        cell, row = self._place(finding)
        if not cell or cell not in self._notes.faulty:
            message, values = worded(finding)
            self._notes.fault(cell, row, finding.item, finding.reason, message, **values)

    def _place(self, finding: Finding) -> tuple[str, int]:
        """Return the cell and the row that a finding is about; none where it is about no row."""
        key = finding.key
        if finding.part == "head":
            name, _, language = key.partition(".")
            record = self._head.records.get(name)
            column = "en" if language == "en" else "value"
        else:
            record = self._record(finding)
            column = f"{key}.nl" if key in _SPOKEN and finding.part != "head" else key
        return (record.place(column), record.number) if record is not None else ("", 0)

    def _record(self, finding: Finding) -> Record | None:
        if finding.part == "rule":
            return self._rule.records.get(finding.at)
        parts = {"documents": self._documents, "stages": self._stages, "items": self._items.placed}
        return parts[finding.part][finding.at[0]]
