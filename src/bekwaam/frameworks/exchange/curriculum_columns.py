"""The columns of a matrix: one for each unit of a framework, known by its code, its name or both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bekwaam.frameworks.exchange.sheets.headed import Column
from bekwaam.frameworks.model import Framework
from bekwaam.wording import LANGUAGES

MARKS: Final = frozenset({"x", "ja", "yes", "+", "•", "✓", "✔"})
"""What stands in a cell to say that a module is about a unit, without a stage."""


def code_columns(framework: Framework, codes: Sequence[str]) -> tuple[Column, ...]:
    """Return a column for each of ``codes``, with the key "code:" and the code."""
    return tuple(_column(framework, code) for code in codes)


def _column(framework: Framework, code: str) -> Column:
    names = {framework.by_code[code].name(language) for language in LANGUAGES}
    return Column(f"code:{code}", code, (*names, *(f"{code} {name}" for name in names)), own_each_row=True)
