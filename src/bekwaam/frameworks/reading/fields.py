"""Takes fields out of the tree of a written file, noting what is missing or of the wrong kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bekwaam.frameworks.faults import FaultList, Msgid, unknown_key
from bekwaam.frameworks.model import Text
from bekwaam.frameworks.reading.tree import Listing, Node, Scalar, Table
from bekwaam.wording import LANGUAGES, N_

CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
LANGUAGE_NAMES: Final = {"nl": N_("Dutch"), "en": N_("English")}
_MISSING: Final = N_('"{key}" is missing.')


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one table in one file; ``item`` is the code of what it describes, if known.

    Every reader returns None (or nothing) for what is absent or wrong and notes the fault.
    """

    file: str
    table: Table
    faults: FaultList
    item: str = ""

    def fault(self, line: int, reason: str, message: str, /, **values: object) -> None:
        """Note a fault in this file about this item."""
        self.faults.add(self.file, line, self.item, reason, message, **values)

    def only(self, allowed: Iterable[str]) -> None:
        """Note every key that is not ``allowed``."""
        known = list(allowed)
        for key, _ in self.table.entries:
            if key.text not in known:
                reason, message, values = unknown_key(key.text, known)
                self.fault(key.line, reason, message, **values)

    def line(self, key: str) -> int:
        """Return the line of ``key``, or of the table where it is absent."""
        return self.table.line_of(key)

    def has(self, key: str) -> bool:
        """Tell whether ``key`` is there with a value."""
        node = self.table.get(key)
        return node is not None and not (isinstance(node, Scalar) and node.is_null)

    def string(self, key: str, *, required: bool = True) -> str | None:
        """Return a short text."""
        if not self.has(key):
            if required:
                self.missing(key)
            return None
        node = self.table.get(key)
        if isinstance(node, Scalar) and node.boolean is None:
            return node.text.strip()
        self.wrong_type(key, N_("a text"))
        return None

    def code(self, key: str = "code") -> str | None:
        """Return a code; letters, digits, dots, hyphens and underscores."""
        text = self.string(key)
        if text is not None and not CODE.fullmatch(text):
            message = N_('"{code}" cannot be a code: use letters, digits, ".", "-" and "_", 40 at most.')
            self.fault(self.line(key), "odd_code", message, code=text)
            return None
        return text

    def strings(self, key: str) -> tuple[tuple[str, int], ...]:
        """Return a list of short texts with their lines; empty where absent."""
        if not self.has(key):
            return ()
        node = self.table.get(key)
        if not isinstance(node, Listing):
            self.wrong_type(key, N_("a list of texts"))
            return ()
        found = []
        for item in node.items:
            if isinstance(item, Scalar) and item.boolean is None and item.text.strip() and not item.is_null:
                found.append((item.text.strip(), item.line))
            else:
                message = N_('Under "{key}" every entry is a text; this one is not.')
                self.fault(item.line, "wrong_type", message, key=key)
        return tuple(found)

    def number(self, key: str, low: int, high: int, *, required: bool = True) -> int | None:
        """Return a whole number from ``low`` to ``high``."""
        if not self.has(key):
            if required:
                self.missing(key)
            return None
        node = self.table.get(key)
        if isinstance(node, Scalar) and re.fullmatch(r"-?\d{1,9}", node.text):
            number = int(node.text)
            if low <= number <= high:
                return number
            message = N_('"{key}" is {number}, but has to be from {low} to {high}.')
            self.fault(self.line(key), "out_of_range", message, key=key, number=number, low=low, high=high)
            return None
        self.wrong_type(key, N_("a whole number"))
        return None

    def flag(self, key: str) -> bool:
        """Return true or false; false where absent."""
        node = self.table.get(key)
        if node is None:
            return False
        if isinstance(node, Scalar) and node.boolean is not None:
            return node.boolean
        self.wrong_type(key, N_("true or false"))
        return False

    def text(self, key: str, *, required: bool = True) -> Text | None:
        """Return a text in both languages. A language that is missing or empty is a fault."""
        if not self.has(key):
            if required:
                self.missing(key)
            return None
        node = self.table.get(key)
        if not isinstance(node, Table):
            self.wrong_type(key, N_("a text per language (nl and en)"))
            return None
        below = Fields(self.file, node, self.faults, self.item)
        below.only(LANGUAGES)
        texts = {language: below._translation(key, language) for language in LANGUAGES}
        return Text(**texts) if all(texts.values()) else None

    def _translation(self, key: str, language: str) -> str:
        node = self.table.get(language)
        if isinstance(node, Scalar) and not node.is_null and node.text.strip():
            return "\n".join(" ".join(line.split()) for line in node.text.strip().splitlines())
        if isinstance(node, Listing | Table):
            self.wrong_type(language, N_("a text"))
            return ""
        message = N_('"{key}" is missing in {language}.')
        named = Msgid(LANGUAGE_NAMES[language])
        self.fault(self.line(language), "missing_translation", message, key=key, language=named)
        return ""

    def table_at(self, key: str, *, required: bool = True) -> Fields | None:
        """Return the fields of the table under ``key``."""
        if not self.has(key):
            if required:
                self.missing(key)
            return None
        node = self.table.get(key)
        if isinstance(node, Table):
            return Fields(self.file, node, self.faults, self.item)
        self.wrong_type(key, N_("a table of keys and values"))
        return None

    def tables(self, key: str) -> tuple[Fields, ...]:
        """Return the fields of every table in the list under ``key``; empty where absent."""
        return self.tables_in(self.table.get(key), key)

    def tables_in(self, node: Node | None, key: str) -> tuple[Fields, ...]:
        """Return the fields of every table in ``node``, which stands under ``key``."""
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return ()
        if not isinstance(node, Listing):
            self.wrong_type(key, N_("a list"))
            return ()
        found = []
        for item in node.items:
            if isinstance(item, Table):
                found.append(Fields(self.file, item, self.faults, self.item))
            else:
                message = N_('Under "{key}" every entry is a table of keys and values; this one is not.')
                self.fault(item.line, "wrong_type", message, key=key)
        return tuple(found)

    def missing(self, key: str) -> None:
        """Note that ``key`` is absent or empty."""
        self.fault(self.line(key), "missing_key", _MISSING, key=key)

    def wrong_type(self, key: str, expected: str) -> None:
        """Note that ``key`` holds something else than ``expected`` (a msgid)."""
        message = N_('"{key}" has to be {expected}.')
        self.fault(self.line(key), "wrong_type", message, key=key, expected=Msgid(expected))
