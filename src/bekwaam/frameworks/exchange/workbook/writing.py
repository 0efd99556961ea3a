"""Writes a framework as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openpyxl import Workbook

from bekwaam.frameworks.exchange.workbook.look import (
    HINT,
    LABEL,
    PLAIN,
    STYLES,
    TITLE,
    Choice,
    Pen,
    Sheet,
    write_table,
)
from bekwaam.frameworks.exchange.workbook.names import (
    DOCUMENT_COLUMNS,
    FRAMEWORK_KINDS,
    HEAD_COLUMNS,
    ITEM_COLUMNS,
    RULE_COLUMNS,
    RULE_NAMES,
    SHEETS,
    STAGE_COLUMNS,
    YES,
)
from bekwaam.frameworks.exchange.workbook.packing import packed
from bekwaam.frameworks.exchange.workbook.rows import (
    document_rows,
    head_rows,
    item_rows,
    rule_rows,
    stage_rows,
)
from bekwaam.frameworks.kind_singular import one_of_kind
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_, say

ABOUT: Final = (
    N_("This workbook holds one framework. Bekwaam reads it back: change it here and load it again."),
    N_('The sheet "{head}" says what the framework is; "{items}" holds everything in it, one row each.'),
    N_(
        'Every item has a code of its own. "{below}" takes the code of the item above it; leave it empty at '
        "the top."
    ),
    N_(
        "The order of the rows is the order people will see. Columns may stand in any order; columns of your "
        "own are left alone."
    ),
    N_(
        "Where document and section are empty, those of the item above it hold, and at the top those of the "
        "framework."
    ),
    N_("Where the English is empty, the Dutch is shown in its place."),
    N_("Cells hold text, no formulas. Paste values where a formula stood."),
    N_(
        '"{rule}" is for a standard only: what has to be shown to meet it. Combine rules by No.: 1, 1.1, 1.2.'
    ),
)


def write_workbook(framework: Framework, *, language: str = "nl") -> bytes:
    """Return ``framework`` as an XLSX file with sheets and headings in ``language``.

    :func:`read_workbook` gives the same framework back. The same framework gives the same bytes.
    """
    return filled(framework, language, ABOUT, {})


def filled(
    framework: Framework, language: str, about: tuple[str, ...], hints: Mapping[str, str], room: int = 200
) -> bytes:
    """Return the workbook of a framework, with the sentences ``about`` it and ``hints`` beside its head.

    ``room`` is how many rows below the last one have lists to choose from too.
    """
    book = Workbook(write_only=True)
    for style in STYLES:
        book.add_named_style(style)
    sheets = {key: book.create_sheet(say(language, name)) for key, name in SHEETS.items()}
    names = {key: sheet.title for key, sheet in sheets.items()}
    _write_about(sheets["about"], framework, language, about, names)
    kind = say(language, FRAMEWORK_KINDS.get(framework.kind, framework.kind))
    rows = [
        row | {"hint": say(language, hints[key]) if key in hints else ""}
        for key, row in zip(_HEAD_KEYS, head_rows(framework, kind, language), strict=True)
    ]
    columns = HEAD_COLUMNS if hints else HEAD_COLUMNS[:-1]
    write_table(sheets["head"], columns, rows, language, styles={"field": LABEL.name, "hint": HINT.name})
    write_table(sheets["documents"], DOCUMENT_COLUMNS, document_rows(framework), language)
    write_table(sheets["stages"], STAGE_COLUMNS, stage_rows(framework), language)
    lists = _Lists(names["lists"], names["stages"], language)
    items = item_rows(framework, language)
    write_table(sheets["items"], ITEM_COLUMNS, items, language, choices=lists.for_items(), room=room)
    rule = rule_rows(framework.rule, language) if framework.rule else ()
    write_table(sheets["rule"], RULE_COLUMNS, rule, language, choices=lists.for_rule(), room=20)
    for row in lists.rows():
        sheets["lists"].append(row)
    sheets["lists"].sheet_state = "hidden"
    book.active = 1
    return packed(book)


_HEAD_KEYS: Final = (
    "id", "version", "kind", "title", "description", "document", "section", "eqf", "includes", "supersedes",
    "changed", "creator", "uuid", "foreign",
)  # fmt: skip


class _Lists:
    """The lists that cells can be chosen from, on a sheet that people need not see."""

    def __init__(self, sheet: str, stages: str, language: str) -> None:
        self._sheet, self._language, self._stages = sheet, language, stages
        self._columns = (
            [one_of_kind(kind, language) for kind in KINDS],
            [say(language, name) for name in RULE_NAMES.values()],
            [say(language, YES)],
        )

    def rows(self) -> list[list[str | None]]:
        """Return the rows of the sheet with the lists."""
        longest = max(map(len, self._columns))
        return [[c[n] if n < len(c) else None for c in self._columns] for n in range(longest)]

    def _at(self, number: int) -> str:
        letter = "ABC"[number]
        return f"'{self._sheet}'!${letter}$1:${letter}${len(self._columns[number])}"

    def _stage(self, key: str) -> Choice:
        return Choice(key, f"'{self._stages}'!$A$2:$A$30")

    def for_items(self) -> list[Choice]:
        """Return what can be chosen on the sheet of the items."""
        return [Choice("kind", self._at(0)), self._stage("stage"), Choice("own", self._at(2))]

    def for_rule(self) -> list[Choice]:
        """Return what can be chosen on the sheet of the rule."""
        kinds = self._at(0)
        return [Choice("kind", self._at(1)), Choice("of", kinds), Choice("per", kinds), self._stage("stage")]


def _write_about(
    sheet: Sheet, framework: Framework, language: str, about: tuple[str, ...], names: Mapping[str, str]
) -> None:
    values = dict(names) | {"below": say(language, N_("Lies below"))}
    sheet.column_dimensions["A"].width = 110
    title = framework.title[language] or say(language, N_("A framework of your own"))
    pen = Pen(sheet)
    sheet.append([pen.cell(title, TITLE.name)])
    sheet.append([])
    for sentence in about:
        sheet.append([pen.cell(say(language, sentence).format(**values), PLAIN.name)])
