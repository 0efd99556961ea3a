"""Texts in files that spreadsheet programs open."""

from __future__ import annotations

from typing import Final

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plain_cell(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula; a CSV file knows no other way.

    Programs skip blanks in front, and some read the wide signs of East Asian keyboards as the narrow ones.
    """
    return f"'{text}" if text.startswith("\t") or text.lstrip().startswith(_STARTS_A_FORMULA) else text
