"""The formats in which a framework goes out and comes in, in one table; each is loaded when it is used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from bekwaam.frameworks.exchange.outcome import Reading
from bekwaam.frameworks.model import Framework

_EXCHANGE: Final = "bekwaam.frameworks.exchange"


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its file suffix and media type, and where its writer and reader are ("module:function").

    ``reader`` is empty where the format holds too little to read a framework back from. ``options`` are the
    keyword arguments that the writer takes; ``crosswalk`` writes a crosswalk, where the format can.
    """

    name: str
    suffix: str
    media_type: str
    writer: str
    reader: str = ""
    options: tuple[str, ...] = ()
    crosswalk: str = ""

    def write(self, framework: Framework, **options: Any) -> bytes:
        """Return ``framework`` in this format; of ``options`` those that its writer knows are used."""
        writer: Callable[..., bytes] = _loaded(self.writer)
        return writer(framework, **{key: value for key, value in options.items() if key in self.options})

    def read(self, data: bytes, name: str) -> Reading:
        """Return the framework in ``data``; ``name`` is what to call the file."""
        reader: Callable[[bytes, str], Reading] = _loaded(self.reader)
        return reader(data, name)


FORMATS: Final[dict[str, Format]] = {
    one.name: one
    for one in (
        Format(
            "case", ".case.json", "application/json", f"{_EXCHANGE}.case:write_case",
            f"{_EXCHANGE}.case:read_case", ("base_url", "crosswalks", "find"),
            f"{_EXCHANGE}.case:write_case_crosswalk",
        ),
        Format(
            "xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            f"{_EXCHANGE}.workbook:write_workbook", f"{_EXCHANGE}.workbook:read_workbook", ("language",),
        ),
        Format(
            "skos", ".ttl", "text/turtle", f"{_EXCHANGE}.skos:write_skos", "", ("base_url", "crosswalks"),
        ),
        Format("moodle-csv", ".csv", "text/csv", f"{_EXCHANGE}.moodle:write_moodle", "", ("language",)),
        Format(
            "mahara", ".matrix", "application/json", f"{_EXCHANGE}.mahara:write_mahara", "", ("language",),
        ),
        Format(
            "json", ".json", "application/json", f"{_EXCHANGE}.lossless:write_document",
            f"{_EXCHANGE}.lossless:read_document",
        ),
    )
}  # fmt: skip


def recognised(data: bytes, name: str = "") -> Format | None:
    """Return the format of a file by its content; None where it is none that can be read.

    ``name`` only decides between what the content leaves open: a text that is no JSON may be a CSV.
    """
    if data.startswith(b"PK\x03\x04") or data.startswith(b"\xd0\xcf\x11\xe0"):
        return FORMATS["xlsx"]  # which says what is wrong with it where it is another
    start = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    if start.startswith((b"{", b"{\0")):
        return FORMATS["case" if _is_case(data) else "json"]
    return FORMATS["xlsx"] if name.lower().endswith((".csv", ".tsv", ".txt", ".xlsx")) else None


def _is_case(data: bytes) -> bool:
    """Tell whether JSON is a CASE package, or nothing of ours that is known."""
    if b'"CFDocument"' in data or b'"CFItems"' in data:
        return True
    return not all(key in data for key in (b'"items"', b'"stages"', b'"documents"', b'"includes"'))


def _loaded(target: str) -> Any:
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)
