"""How the workbook looks, and the sheets written in it with openpyxl."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from bekwaam.frameworks.exchange.sheets.headed import Column
from bekwaam.frameworks.exchange.sheets.xlsx_cells import escaped
from bekwaam.wording import say

Sheet = Any  # openpyxl's write-only sheet; its types do not say what it can do

LONGEST: Final = 32_000
"""The most characters a cell takes (Excel: 32 767); what is longer goes on in a column of the same name."""

_DARK: Final = "1F4B4A"
_LIGHT: Final = "E8F1F0"
_GREY: Final = "6B7280"
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")

HEADING: Final = NamedStyle(
    "Bekwaam heading",
    font=Font(bold=True, color="FFFFFF"),
    fill=PatternFill("solid", start_color=_DARK),
    alignment=Alignment(wrap_text=True, vertical="center"),
    number_format="@",
)
# Text, so that a code typed as 1.10 stays what it is.
PLAIN: Final = NamedStyle("Bekwaam text", alignment=_WRAPPED, number_format="@")
LABEL: Final = NamedStyle(
    "Bekwaam label",
    font=Font(bold=True),
    fill=PatternFill("solid", start_color=_LIGHT),
    alignment=_WRAPPED,
    number_format="@",
)
HINT: Final = NamedStyle(
    "Bekwaam hint", font=Font(italic=True, color=_GREY), alignment=_WRAPPED, number_format="@"
)
TITLE: Final = NamedStyle(
    "Bekwaam title", font=Font(bold=True, size=16, color=_DARK), alignment=_WRAPPED, number_format="@"
)
STYLES: Final = (HEADING, PLAIN, LABEL, HINT, TITLE)

WIDTHS: Final = {
    "code": 14, "short": 10, "kind": 24, "parent": 14, "stage": 16, "document": 12, "section": 14, "own": 10,
    "module": 24, "uuid": 24, "foreign": 24, "number": 10, "field": 30, "value": 60, "en": 60, "hint": 50,
    "of": 24, "at_least": 12, "percent": 12, "per": 20, "codes": 24, "within": 24, "title.nl": 36,
    "title.en": 36, "sort.nl": 22, "sort.en": 22,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to choose from in a column: where the values stand, or the values themselves."""

    key: str
    formula: str


def write_table(
    sheet: Sheet,
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, str]],
    language: str,
    *,
    choices: Sequence[Choice] = (),
    styles: Mapping[str, str] | None = None,
    room: int = 200,
) -> None:
    """Write a line of headings that stays in sight, and the rows below it.

    ``choices`` holds for the rows and for ``room`` more; ``styles`` names the style of a column where it is
    not plain. A text that is too long for a cell goes on in a column with "(2)" behind its heading.
    """
    written = [dict(row) for row in rows]
    longest = {
        column.key: max((len(row.get(column.key, "")) for row in written), default=0) for column in columns
    }
    spread = [(column, n) for column in columns for n in range(max(1, -(-longest[column.key] // LONGEST)))]
    sheet.freeze_panes = "B2"
    for at, (column, _) in enumerate(spread, 1):
        sheet.column_dimensions[get_column_letter(at)].width = WIDTHS.get(column.key.partition(":")[0], 52)
    _validate(sheet, [column.key for column, _ in spread], choices, len(written) + room)
    pen = Pen(sheet)
    sheet.append([pen.cell(_heading(column, n, language), HEADING.name) for column, n in spread])
    looks = [(styles or {}).get(column.key, PLAIN.name) for column, _ in spread]
    for row in written:
        texts = (row.get(column.key, "")[n * LONGEST : (n + 1) * LONGEST] for column, n in spread)
        sheet.append([pen.cell(text, look) for text, look in zip(texts, looks, strict=True)])


class Pen:
    """Makes the cells of a sheet. Looking up a style costs more than all the rest, so each is kept."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._styles: dict[str, Any] = {}

    def cell(self, text: str, style: str) -> Any:
        """Return a cell that holds ``text`` as text, whatever it looks like; never a formula."""
        if not text:
            return None
        made: Any = WriteOnlyCell(self._sheet)
        if style not in self._styles:
            made.style = style
            self._styles[style] = made._style
        made._style = self._styles[style]
        # Past its own setter, which would take "=1" for a formula.
        made._value, made.data_type = escaped(text), "s"
        return made


def cell(sheet: Sheet, text: str, style: str) -> Any:
    """Return a single cell that holds ``text`` as text; its looks may be changed without touching others."""
    return Pen(sheet).cell(text, style)


def _heading(column: Column, n: int, language: str) -> str:
    heading = say(language, column.heading)
    return heading if n == 0 else f"{heading} ({n + 1})"


def _validate(sheet: Sheet, keys: Sequence[str], choices: Sequence[Choice], last: int) -> None:
    for choice in choices:
        column = get_column_letter(keys.index(choice.key) + 1)
        # It suggests and does not forbid: what is typed is looked at when the workbook is read.
        rule = DataValidation(type="list", formula1=choice.formula, allow_blank=True, showErrorMessage=False)
        rule.add(f"{column}2:{column}{last + 1}")
        sheet.data_validations.append(rule)
