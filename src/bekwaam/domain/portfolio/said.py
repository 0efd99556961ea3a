"""What a piece of evidence says, read from its content as stored or as frozen.

Content was laid out in two ways: before there were kinds with fields of their own, what reference evidence
says stood under "reference"; since then everything but a story stands under "details". What was handed in
before stays as it was, so both are read here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """When and where it was, and what was written. ``texts`` holds the fields of its kind by name."""

    dated_on: date | None
    until: date | None
    context: str
    contexts: Mapping[str, str]
    texts: Mapping[str, str]


def said(content: Mapping[str, Any]) -> Said:
    """Read the content of a piece, of either layout."""
    details = content["details"] if "details" in content else content.get("reference", {})
    return Said(
        dated_on=_day(content.get("dated_on")),
        until=_day(content.get("until")),
        context=content.get("context", ""),
        contexts=content.get("contexts", {}),
        texts={**content.get("story", {}), **details},
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
