"""What can be wrong with a file that people write: each fault with its place and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, TypeVar

from bekwaam.wording import N_, say

T = TypeVar("T")

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Msgid(str):
    """A value that is a msgid itself: it is put into the language of the sentence around it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: ``file`` and ``line`` (from 1; 0 for the file as a whole), the ``item`` it is about.

    In a spreadsheet ``line`` is the row, and ``cell`` the sheet and cell ("Items!D14").
    ``reason`` is a stable code; ``message`` an English msgid with ``values`` to fill in.
    """

    file: str
    line: int
    item: str
    reason: str
    message: str
    values: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    cell: str = ""

    @property
    def place(self) -> str:
        """Return where it is: "file:line", or "file, sheet!cell" in a spreadsheet."""
        if self.cell:
            return f"{self.file}, {self.cell}"
        return f"{self.file}:{self.line}" if self.line else self.file

    def text(self, language: str) -> str:
        """Return the fault as a sentence in ``language``, without its place."""
        values = {name: _put(language, value) for name, value in self.values.items()}
        return say(language, self.message, **values)

    def full_text(self, language: str) -> str:
        """Return "place: [item] sentence" in ``language``."""
        item = f"[{self.item}] " if self.item else ""
        return f"{self.place}: {item}{self.text(language)}"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a framework as a value, by the part and field it is about, without a file.

    ``part`` is "head", "documents", "stages", "items" or "rule"; ``at`` says which one in it, counted from 0
    (in a rule: the way through the rules that are combined); ``key`` the field, and ``nth`` which of the
    entries in that field, where it has several. The rest is as on :class:`Fault`.
    """

    part: str
    at: tuple[int, ...]
    key: str
    item: str
    reason: str
    message: str
    values: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    nth: int | None = None

    def fault(self, file: str, line: int = 0, cell: str = "") -> Fault:
        """Return this as the fault of a place in ``file``."""
        return Fault(file, line, self.item, self.reason, self.message, _Values(self.values), cell)


def _put(language: str, value: Any) -> Any:
    """Return a value in ``language`` where it is a msgid, or a tuple of them."""
    if isinstance(value, tuple):
        return ", ".join(str(_put(language, part)) for part in value)
    return say(language, value) if isinstance(value, Msgid) else value


class FaultsFound(ValueError):
    """Raised where a file cannot be used; holds every fault that was found in one go."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(fault.full_text("en") for fault in faults))
        self.faults = faults


class FaultList:
    """Gathers the faults of one reading. Each is kept once, in the order of the places."""

    def __init__(self) -> None:
        self._found: dict[Fault, None] = {}

    def add(self, file: str, line: int, item: str, reason: str, message: str, /, **values: Any) -> None:
        """Note a fault; ``message`` is a msgid, ``values`` fill it in."""
        self._found.setdefault(Fault(file, line, item, reason, message, _Values(values)))

    def add_cell(
        self, file: str, cell: str, line: int, item: str, reason: str, message: str, /, **values: Any
    ) -> None:
        """Note a fault in a cell of a spreadsheet ("Items!D14"), on row ``line``."""
        self._found.setdefault(Fault(file, line, item, reason, message, _Values(values), cell))

    def extend(self, faults: tuple[Fault, ...]) -> None:
        """Take over faults that were found elsewhere."""
        for fault in faults:
            self._found.setdefault(fault)

    def __len__(self) -> int:
        return len(self._found)

    def sorted(self) -> tuple[Fault, ...]:
        """Return the faults by file, as first seen, then by line, and in a spreadsheet from left to right."""
        files = {name: n for n, name in enumerate(dict.fromkeys(fault.file for fault in self._found))}
        return tuple(
            sorted(self._found, key=lambda fault: (files[fault.file], fault.line, *_column(fault.cell)))
        )


def _column(cell: str) -> tuple[int, str]:
    """Return by what the column of a cell is ordered: B before AA."""
    letters = cell.rpartition("!")[2].rstrip("0123456789")
    return len(letters), letters


def sound(read: tuple[T | None, FaultList]) -> T:
    """Return what was read. Raises FaultsFound with every fault where there is any, or nothing was read."""
    found, faults = read
    if found is None or len(faults):
        raise FaultsFound(faults.sorted())
    return found


class _Values(dict[str, Any]):
    """The values of a fault; hashable, so that the same fault is noted once."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple((name, str(value)) for name, value in sorted(self.items())))


def unknown_key(found: str, allowed: list[str]) -> tuple[str, str, dict[str, str]]:
    """Return reason, msgid and values for a key that means nothing here, with the nearest that does."""
    near = get_close_matches(found, allowed, n=1)
    if near:
        message = N_('"{key}" is not known here. Did you mean "{near}"?')
        return "unknown_key", message, {"key": found, "near": near[0]}
    return (
        "unknown_key",
        N_('"{key}" is not known here. Possible are: {allowed}.'),
        {"key": found, "allowed": ", ".join(allowed)},
    )
