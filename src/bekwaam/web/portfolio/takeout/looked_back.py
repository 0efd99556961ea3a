"""Reflections and deliberations of a package, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bekwaam.domain.deliberation.asking import ASKED, Step
from bekwaam.domain.reflection.kinds import SPECS, ReflectionKind
from bekwaam.web.portfolio.takeout.naming import moment, translated


def looked_back(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return both parts for a page."""
    reflections = [_reflection(one) for one in found.get("reflections", ())]
    deliberations = [_deliberation(one) for one in found.get("deliberations", ())]
    return {"reflections": reflections, "deliberations": deliberations}


def _reflection(one: Mapping[str, Any]) -> dict[str, Any]:
    kind = one["kind"]
    asks = SPECS[ReflectionKind(kind)].asks if kind in list(ReflectionKind) else ()
    labels = {asked.name: translated(asked.label) for asked in asks}
    return {
        "title": one["title"],
        "kind": translated(SPECS[ReflectionKind(kind)].name) if asks else kind,
        "at": moment(one["written_at"]),
        "parts": [(labels.get(name, name), text) for name, text in one["texts"].items()],
    }


def _deliberation(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": one["title"],
        "host": one["host"],
        "at": moment(one["started_at"]),
        "concluded": [(_step(said["step"]), said["lines"]) for said in one["concluded"]],
        "said": [(_step(said["step"]), said["name"], said["text"]) for said in one["said"]],
    }


def _step(code: str) -> str:
    return translated(ASKED[Step(code)].name) if code in list(Step) else code
