"""Merged cells: what stands in the first of them holds for the rows below it too."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from bekwaam.frameworks.exchange.sheets.book import MAX_CELLS, MAX_COLUMNS, Odd, Row, letters
from bekwaam.frameworks.exchange.sheets.xlsx_cells import Merged
from bekwaam.wording import N_

DOWN: Final = N_("This cell is merged with {cell}; what stands there was taken for this row too.")
ACROSS: Final = N_(
    "This cell is merged with cells beside it; what stands here was taken for this column only."
)


def fill_merged(rows: tuple[Row, ...], merged: list[Merged]) -> None:
    """Put the text of merged cells in every row they cover that holds something besides.

    A text over several columns is taken for the first of them. Each such cell becomes odd ("merged"), so
    that whoever uses it says so, or refuses it where every row needs its own.
    """
    numbers = [row.number for row in rows]
    by_number = {row.number: row for row in rows}
    filled = 0
    for area in merged:
        first = by_number.get(area.top)
        if first is None or area.left not in first.texts or area.left >= MAX_COLUMNS:
            continue
        if area.right > area.left:
            first.odd.setdefault(area.left, Odd("merged", ACROSS))
        values = {"cell": f"{letters(area.left)}{area.top}"}
        for row in rows[bisect_right(numbers, area.top) : bisect_right(numbers, area.bottom)]:
            row.texts[area.left] = first.texts[area.left]
            row.odd[area.left] = Odd("merged", DOWN, values)
            filled += 1
        if filled > MAX_CELLS:
            return
