"""Writes a number in a cell as the text that its format shows, where people meant a text."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

# The formats that every spreadsheet knows without naming them (ECMA-376 part 1, 18.8.30).
BUILT_IN: Final[dict[int, str]] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "d/m/yyyy h:mm", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_ASIDE: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DECIMALS: Final = re.compile(r"\.(0+)")
_ZEROS: Final = re.compile(r"0+")


def is_date(form: str) -> bool:
    """Tell whether a number format shows a day or a time."""
    return (
        bool(re.search(r"[dmyhs]", _ASIDE.sub("", form.split(";")[0]), re.IGNORECASE)) and form != "General"
    )


def shown(written: str, form: str) -> tuple[str, bool]:
    """Return a number as its format shows it, and whether it may have lost zeros at its end.

    ``written`` is the number as it stands in the file ("1.1000000000000001"). Nothing is rounded: a format
    only adds zeros, before ("004") or after ("1.10"). "1.1" in a format without decimals of its own may
    have been typed as 1.10; that is what the second value says. Raises ValueError for what is no number.
    """
    number = float(written)
    if number in (float("inf"), float("-inf")) or number != number:
        raise ValueError(written)
    plain = _ASIDE.sub("", form.split(";")[0])
    if "%" in plain:
        return f"{_plain(number * 100)}%", False
    text = _plain(number)
    if "e" in text.lower():
        return text, False
    whole, _, decimals = text.partition(".")
    if _ZEROS.fullmatch(plain) and not decimals:
        return whole.zfill(len(plain)), False
    found = _DECIMALS.search(plain)
    if found and "E" not in plain:
        decimals = decimals.ljust(len(found.group(1)), "0")
        return f"{whole}.{decimals}", False
    return text, bool(decimals)


def day(written: str, *, since_1904: bool) -> str:
    """Return the day of a date as "2026-11-23". Raises ValueError where it is none."""
    number = float(written)
    if not 0 < number < 2_958_466:  # the last day of the year 9999
        raise ValueError(written)
    start = datetime(1904, 1, 1, tzinfo=UTC) if since_1904 else datetime(1899, 12, 30, tzinfo=UTC)
    return (start + timedelta(days=int(number))).date().isoformat()


def _plain(number: float) -> str:
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    # Fifteen digits are what a spreadsheet keeps; the sixteenth is noise.
    return repr(float(f"{number:.15g}"))
