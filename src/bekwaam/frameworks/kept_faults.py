"""Faults as plain data, to be kept until somebody looks at them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bekwaam.frameworks.faults import Fault, Msgid


def plain_fault(fault: Fault) -> dict[str, Any]:
    """Return a fault as plain JSON data, to be kept until somebody looks at it."""
    return {
        "file": fault.file,
        "line": fault.line,
        "item": fault.item,
        "reason": fault.reason,
        "message": fault.message,
        "values": {name: _plain(value) for name, value in fault.values.items()},
        "cell": fault.cell,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Msgid):
        return {"msgid": str(value)}
    return value if isinstance(value, int) else str(value)


def read_fault(data: Mapping[str, Any]) -> Fault:
    """Return the fault that :func:`plain_fault` wrote."""
    return Fault(**{**data, "values": {name: _back(value) for name, value in data["values"].items()}})


def _back(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_back(part) for part in value)
    return Msgid(value["msgid"]) if isinstance(value, dict) else value
