"""A spreadsheet to put words of one's own in: our codes, our texts, and an empty column beside each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter

from bekwaam.frameworks.exchange.sheets.csv_out import write_csv
from bekwaam.frameworks.exchange.sheets.headed import Column
from bekwaam.frameworks.exchange.wording_sheet import CODE, KIND, OURS, THEIRS
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.worded import Slot, slots
from bekwaam.wording import N_, say

# A column of ours, and behind it the one to fill in.
ORDER: Final = (CODE, KIND, *(column for place in THEIRS for column in (OURS[place], THEIRS[place])))
_WIDTHS: Final = {"code": 14, "kind": 22, "title": 34, "text": 60}
_AS_TEXT: Final = "@"
_TOP: Final = Alignment(wrap_text=True, vertical="top")
_HEAD: Final = PatternFill("solid", fgColor="D5E8E6")
_QUIET: Final = PatternFill("solid", fgColor="F1F3F2")
_TO_FILL_IN, _TO_LOOK_AT, _TO_NAME = "bekwaam fill in", "bekwaam look at", "bekwaam heading"
_EXPLAINED: Final = (
    N_("In this file you put the words of your own organisation, beside those of Bekwaam."),
    N_("Fill in the white columns. The grey ones are there to look at; they are not read."),
    N_("What you leave empty keeps the text of Bekwaam. You need not fill in everything."),
    N_("Leave the codes as they are: by its code Bekwaam knows where a text belongs."),
    N_("Use plain text, without formulas, merged cells or HTML."),
)


def wording_template_xlsx(framework: Framework, language: str) -> bytes:
    """Return the template as a workbook, with headings and kinds in ``language``."""
    book = Workbook(write_only=True)
    for style in (_style(_TO_FILL_IN, None), _style(_TO_LOOK_AT, _QUIET), _style(_TO_NAME, _HEAD, bold=True)):
        book.add_named_style(style)
    sheet: Any = book.create_sheet(say(language, N_("Words")))
    for number, column in enumerate(ORDER, start=1):
        width = _WIDTHS[column.key.removeprefix("our_").split("_")[0]]
        letter = get_column_letter(number)
        # Cells without a text are not written: they look like their column.
        whole = sheet.column_dimensions[letter]
        whole.width = width
        whole.number_format, whole.alignment = _AS_TEXT, _TOP
        if column not in THEIRS.values():
            whole.fill = _QUIET
    sheet.freeze_panes = "C2"
    sheet.append([_written(sheet, say(language, column.heading), _TO_NAME) for column in ORDER])
    for texts in _rows(framework, language):
        sheet.append([_written(sheet, text, _TO_LOOK_AT) if text else None for text in texts])
    _explain(book, language)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _style(name: str, fill: PatternFill | None, *, bold: bool = False) -> NamedStyle:
    """Return a style in which whatever is typed stays text: 1.10 is not 1.1."""
    style = NamedStyle(name, number_format=_AS_TEXT, alignment=_TOP)
    style.font = Font(bold=bold)
    if fill is not None:
        style.fill = fill
    return style


def _written(sheet: Any, text: str, style: str) -> Any:
    cell: Any = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # also where it begins like a formula
    cell.style = style
    return cell


def wording_template_csv(framework: Framework, language: str) -> bytes:
    """Return the template as CSV in UTF-8, with the semicolons that a Dutch Excel expects."""
    return write_csv((say(language, column.heading) for column in ORDER), _rows(framework, language))


def _rows(framework: Framework, language: str) -> Iterator[list[str]]:
    for slot in slots(framework):
        yield [_cell(slot, column, language) for column in ORDER]


def _cell(slot: Slot, column: Column, language: str) -> str:
    if column is CODE:
        return slot.code
    if column is KIND:
        return say(language, N_("stages")) if slot.kind == "stage" else kind_name(slot.kind, language)
    for (part, spoken), ours in OURS.items():
        text = slot.part(part)
        if column is ours and text is not None:
            return text[spoken]
    return ""


def _explain(book: Workbook, language: str) -> None:
    sheet: Any = book.create_sheet(say(language, N_("Explanation")))
    sheet.column_dimensions["A"].width = 90
    for sentence in _EXPLAINED:
        sheet.append([_written(sheet, say(language, sentence), _TO_FILL_IN)])
