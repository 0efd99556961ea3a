"""Interventions for the tests of their rules."""

from __future__ import annotations

from typing import Any

from bekwaam.domain.interventions.entries import Intervention, Known
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.library import load_guide

GUIDE = load_guide("licht-naar-zwaar")
KLEIN = Reference("klein", "1")


def one(name: str, step: str = "S2", codes: tuple[str, ...] = ("1.1",), **rest: Any) -> Intervention:
    """Return an intervention whose reference is its name in small letters."""
    plain = {"organisation": "Huis", "framework": KLEIN, "situation": "Als het nodig is.", "people": ""}
    plain["known"] = Known.UNKNOWN
    return Intervention(ref=name.lower(), name=name, step=step, codes=codes, **{**plain, **rest})
