"""YAML into the tree, event by event: nothing is ever built from tags, and no text can blow it up.

Anchors and aliases are refused (ten lines of them can stand for gigabytes), and so are tags, second
documents and deep nesting.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bekwaam.frameworks.faults import FaultList
from bekwaam.frameworks.reading.tree import Listing, Node, Scalar, Table
from bekwaam.wording import N_

MAX_DEPTH: Final = 40
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times as fast

_PROBLEMS: Final = (
    ("cannot start any token", N_("This character cannot stand here. Use spaces to indent, never a tab.")),
    ("mapping values are not allowed", N_("There is a colon too many. Put a text with a colon in quotes.")),
    ("end of stream", N_("Something was opened and not closed: a quote or a bracket.")),
    ("quoted scalar", N_("A quote was opened and not closed.")),
    ("could not find expected ':'", N_("A colon is missing here or on the line above.")),
    ("did not find expected key", N_("The indentation or the quotes do not fit what stands above.")),
    ("block mapping", N_("The indentation or the quotes do not fit what stands above.")),
    ("flow", N_("A comma or a closing bracket is missing.")),
)
_ANY_PROBLEM: Final = N_(
    "This is not valid YAML. Look at the indentation, quotes and colons here and just above."
)


class _Stop(Exception):
    """Reading on makes no sense; the fault has been noted."""


@dataclass
class _Open:
    """A list or table that is being read; ``key`` is the key that waits for its value."""

    line: int
    is_table: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    key: Scalar | None = None


def read_yaml(file: str, text: str, faults: FaultList) -> Node | None:
    """Return the one document in ``text``; None, with the fault noted, where it cannot be read."""
    reader = _Reader(file, faults)
    before = len(faults)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            reader.take(event)
    except _Stop:
        return None
    except yaml.YAMLError as error:
        faults.add(file, _line_of(error, text), "", "syntax", _sentence(error))
        return None
    if reader.root is None and len(faults) == before:
        faults.add(file, 1, "", "empty", N_("There is nothing in this file."))
    return reader.root


def _line_of(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    position = getattr(error, "position", 0)
    return text.count("\n", 0, position) + 1


def _sentence(error: yaml.YAMLError) -> str:
    said = f"{getattr(error, 'problem', '')} {getattr(error, 'context', '')}"
    return next((message for part, message in _PROBLEMS if part in said), _ANY_PROBLEM)


class _Reader:
    """Builds the tree from events without recursion."""

    def __init__(self, file: str, faults: FaultList) -> None:
        self.root: Node | None = None
        self._file = file
        self._faults = faults
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: Event) -> None:
        """Take in the next event of the parser."""
        line = event.start_mark.line + 1 if event.start_mark else 0
        self._refuse_what_is_not_data(event, line)
        match event:
            case ScalarEvent():
                self._put(Scalar(event.value, line, quoted=bool(event.style)))
            case MappingStartEvent() | SequenceStartEvent():
                if len(self._open) >= MAX_DEPTH:
                    self._stop(line, "too_deep", N_("This is nested too deeply."))
                self._open.append(_Open(line, isinstance(event, MappingStartEvent)))
            case MappingEndEvent() | SequenceEndEvent():
                done = self._open.pop()
                entries = tuple(done.entries.values())
                self._put(
                    Table(entries, done.line) if done.is_table else Listing(tuple(done.items), done.line)
                )

    def _refuse_what_is_not_data(self, event: Event, line: int) -> None:
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(line, "second_document", N_('A second document starts here ("---"). Make it one.'))
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            self._stop(line, "alias", N_("Anchors and aliases (& and *) are not allowed. Write it out."))
        if getattr(event, "tag", None) not in (None, "!"):
            self._stop(line, "tag", N_("Tags (a word that starts with !) are not allowed. Leave it out."))

    def _put(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        top = self._open[-1]
        if not top.is_table:
            top.items.append(node)
        elif top.key is None:
            top.key = self._as_key(node)
        else:
            self._enter(top, top.key, node)
            top.key = None

    def _as_key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        self._stop(node.line, "odd_key", N_("A list or a table cannot be a key."))
        raise AssertionError  # pragma: no cover - _stop always raises

    def _enter(self, table: _Open, key: Scalar, value: Node) -> None:
        known = table.entries.get(key.text)
        if known is None:
            table.entries[key.text] = (key, value)
            return
        message = N_('"{key}" stands here twice, the first time on line {line}. Keep one of them.')
        self._faults.add(self._file, key.line, "", "duplicate_key", message, key=key.text, line=known[0].line)

    def _stop(self, line: int, reason: str, message: str) -> None:
        self._faults.add(self._file, line, "", reason, message)
        raise _Stop
