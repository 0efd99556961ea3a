"""The way back, above a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way back; the page itself stands last, without address."""

    label: str
    url: str = ""
