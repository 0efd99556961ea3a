"""The tree that a written file is read into. Scalars stay text, so that ``1.10`` remains 1.10."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

_NUMBER: Final = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as written; ``quoted`` (or a text block) means it is text whatever it looks like."""

    text: str
    line: int
    quoted: bool = False

    @property
    def is_null(self) -> bool:
        """Tell whether nothing is filled in."""
        return not self.quoted and self.text in _NULLS

    @property
    def boolean(self) -> bool | None:
        """Return true or false where that is what is written, else None."""
        return None if self.quoted else _BOOLEANS.get(self.text)

    @property
    def is_number(self) -> bool:
        """Tell whether an unquoted number is written."""
        return not self.quoted and _NUMBER.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """Keys with values, in the order written; a key stands in it once."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int

    def get(self, key: str) -> Node | None:
        """Return the value under ``key``, None where it is absent."""
        return next((value for name, value in self.entries if name.text == key), None)

    def line_of(self, key: str) -> int:
        """Return the line of ``key``; the table's own where it is absent."""
        return next((name.line for name, _ in self.entries if name.text == key), self.line)


Node = Scalar | Listing | Table


def plain(node: Node) -> Any:
    """Return ``node`` as plain JSON data: null and true/false as such, every other scalar as text.

    Numbers stay text too: a code such as 1.10 is not the number 1.1.
    """
    if isinstance(node, Table):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    if node.is_null:
        return None
    return node.text if node.boolean is None else node.boolean
