"""JSON into the same tree. YAML readers do not take all JSON (tabs, escapes in pairs), so this is its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from json import JSONDecodeError, JSONDecoder
from typing import Final

from bekwaam.frameworks.faults import FaultList
from bekwaam.frameworks.reading.tree import Listing, Node, Scalar, Table
from bekwaam.frameworks.reading.yaml_tree import MAX_DEPTH
from bekwaam.wording import N_

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_LITERAL: Final = re.compile(r"true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?")
_DECODER: Final = JSONDecoder()
_NOT_JSON: Final = N_("This is not valid JSON. Look at the quotes, commas and brackets here and just above.")


class _Wrong(Exception):
    """The text is not JSON at ``position``."""

    def __init__(self, position: int, reason: str = "syntax", message: str = _NOT_JSON) -> None:
        self.position, self.reason, self.message = position, reason, message


def read_json(file: str, text: str, faults: FaultList) -> Node | None:
    """Return the value in ``text``; None, with the fault noted, where it cannot be read."""
    reader = _Reader(file, text, faults)
    try:
        node, end = reader.value(reader.skip(0), 0)
        if reader.skip(end) != len(text):
            raise _Wrong(reader.skip(end))
    except _Wrong as wrong:
        faults.add(file, reader.line(wrong.position), "", wrong.reason, wrong.message)
        return None
    return node


class _Reader:
    """Reads JSON from positions in a text; every method returns what it read and where that ends."""

    def __init__(self, file: str, text: str, faults: FaultList) -> None:
        self._file, self._text, self._faults = file, text, faults
        self._starts = [0, *(hit.end() for hit in re.finditer("\n", text))]

    def line(self, position: int) -> int:
        """Return the line of a position, from 1."""
        return bisect_right(self._starts, position)

    def skip(self, position: int) -> int:
        """Return the first position from here that is no white space."""
        found = _SPACE.match(self._text, position)
        return found.end() if found else position

    def value(self, at: int, depth: int) -> tuple[Node, int]:
        """Read any value; it is refused where ``depth`` goes too far."""
        if depth > MAX_DEPTH:
            raise _Wrong(at, "too_deep", N_("This is nested too deeply."))
        match self._text[at : at + 1]:
            case "{":
                return self._table(at, depth)
            case "[":
                return self._listing(at, depth)
            case '"':
                return self._string(at)
        found = _LITERAL.match(self._text, at)
        if not found:
            raise _Wrong(at)
        return Scalar(found.group(), self.line(at)), found.end()

    def _string(self, at: int) -> tuple[Scalar, int]:
        if self._text[at : at + 1] != '"':
            raise _Wrong(at)
        try:
            text, end = _DECODER.raw_decode(self._text, at)
        except JSONDecodeError as error:
            raise _Wrong(error.pos) from error
        return Scalar(text, self.line(at), quoted=True), end

    def _listing(self, at: int, depth: int) -> tuple[Listing, int]:
        items: list[Node] = []
        position = self.skip(at + 1)
        while self._text[position : position + 1] != "]":
            if items:
                position = self._comma(position)
            item, position = self.value(position, depth + 1)
            items.append(item)
            position = self.skip(position)
        return Listing(tuple(items), self.line(at)), position + 1

    def _table(self, at: int, depth: int) -> tuple[Table, int]:
        entries: dict[str, tuple[Scalar, Node]] = {}
        position, first = self.skip(at + 1), True
        while self._text[position : position + 1] != "}":
            if not first:
                position = self._comma(position)
            first = False
            key, position = self._string(position)
            position = self.skip(position)
            if self._text[position : position + 1] != ":":
                raise _Wrong(position)
            value, position = self.value(self.skip(position + 1), depth + 1)
            self._enter(entries, key, value)
            position = self.skip(position)
        return Table(tuple(entries.values()), self.line(at)), position + 1

    def _enter(self, entries: dict[str, tuple[Scalar, Node]], key: Scalar, value: Node) -> None:
        known = entries.setdefault(key.text, (key, value))
        if known[0] is not key:
            message = N_('"{key}" stands here twice, the first time on line {line}. Keep one of them.')
            self._faults.add(
                self._file, key.line, "", "duplicate_key", message, key=key.text, line=known[0].line
            )

    def _comma(self, position: int) -> int:
        if self._text[position : position + 1] != ",":
            raise _Wrong(position)
        return self.skip(position + 1)
