"""Repairs that may be needed a thousand times in one file: each said once, with a number and some names."""

from __future__ import annotations

from typing import Final

from bekwaam.frameworks.faults import FaultList

_NAMED: Final = 12


class Noting:
    """Counts what was put right, by reason; :meth:`tell` says it."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, list[str]]] = {}

    def note(self, reason: str, message: str, name: str = "") -> None:
        """Note that something was put right for ``name``; ``message`` may hold {number} and {names}."""
        self._found.setdefault(reason, (message, []))[1].append(name)

    def tell(self, file: str, repairs: FaultList) -> None:
        """Put what was noted into ``repairs``, in the order first met."""
        for reason, (message, names) in self._found.items():
            known = list(dict.fromkeys(name for name in names if name))
            shown = ", ".join(name[:60] for name in known[:_NAMED])
            more = "…" if len(known) > _NAMED else ""
            repairs.add(file, 0, "", reason, message, number=len(names), names=shown + more)
