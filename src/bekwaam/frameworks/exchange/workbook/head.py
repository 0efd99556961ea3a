"""Reads the sheet that says what the framework is: a row per field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

from bekwaam.frameworks.exchange.sheets.headed import Record, Table, tidied
from bekwaam.frameworks.exchange.workbook.names import HEAD_FIELDS, framework_kind_of, head_field_of
from bekwaam.frameworks.faults import Msgid
from bekwaam.frameworks.model import Text
from bekwaam.wording import N_

_BETWEEN: re.Pattern[str] = re.compile(r"[,;\n]+")


@dataclass
class Head:
    """What the sheet says; empty where it says nothing. ``records`` are its rows by their field."""

    records: dict[str, Record] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    english: dict[str, str] = field(default_factory=dict)
    eqf: int | None = None

    def text(self, key: str) -> str:
        """Return the value of a field."""
        return self.texts.get(key, "")

    def both(self, key: str) -> Text:
        """Return a field in both languages."""
        return Text(self.text(key), self.english.get(key, ""))

    @property
    def kind(self) -> str:
        """Return the kind of framework, as it was typed where it is none."""
        return framework_kind_of(self.text("kind")) or self.text("kind")

    @property
    def source(self) -> tuple[str, str]:
        """Return document and section."""
        return self.text("document"), self.text("section")


def read_head(table: Table | None) -> Head:
    """Return the head in ``table``. A row that means nothing here is named among the repairs."""
    head = Head()
    for record in table.records() if table is not None else ():
        name = record.text("field")
        key = head_field_of(name)
        if key is None or key in head.records:
            _left_out(record, name, key)
            continue
        head.records[key] = record
        head.texts[key] = _value(record, key)
        head.english[key] = record.text("en") if record.has("en") else ""
    head.eqf = _whole_number(head)
    return head


def listed(text: str) -> tuple[str, ...]:
    """Return what stands in a cell one after the other, with commas, semicolons or lines between."""
    return tuple(part for piece in _BETWEEN.split(text) if (part := piece.strip()))


def _left_out(record: Record, name: str, key: str | None) -> None:
    if key is not None:
        message = N_('"{field}" stands here twice; the first was taken.')
        record.repair("field", "", "duplicate_field", message, field=name)
    elif name and record.has("value"):
        known = [heading for heading, _ in HEAD_FIELDS.values()]
        near = get_close_matches(name, known, n=1)
        if near:
            message = N_('"{field}" is not known here and was left out. Did you mean "{near}"?')
            record.repair("field", "", "unknown_field", message, field=name, near=Msgid(near[0]))
        else:
            message = N_('"{field}" is not known here and was left out.')
            record.repair("field", "", "unknown_field", message, field=name)


def _value(record: Record, key: str) -> str:
    if key == "foreign":
        return record.raw("value")
    if key == "changed" and record.odd("value") == "date":
        return tidied(record.raw("value"))  # a day is what was asked
    return record.text("value")


def _whole_number(head: Head) -> int | None:
    text = head.text("eqf")
    if not text:
        return None
    if re.fullmatch(r"\d{1,4}", text):
        return int(text)
    message = N_('"{text}" is not a whole number.')
    head.records["eqf"].fault("value", "", "not_a_number", message, text=text)
    return None
