"""A dossier to decide, whole unless a test spoils it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[2] / "examples"
PER_CLUSTER = (2, 3, 3, 3, 3, 4, 3)
COMPETENCES = [f"{c}.{n}" for c, count in enumerate(PER_CLUSTER, 1) for n in range(1, count + 1)]

Change = Callable[[dict[str, Any]], object]


def dossier(shown: int = 21) -> dict[str, Any]:
    """Return a whole dossier in which the first ``shown`` competences are shown at vakbekwaam."""
    return {
        "standard": "evc-sociaal-werker-mbo",
        "candidate": {"name": "Proef Persoon"},
        "provider": {"name": "Proefaanbieder", "place": "Nergens"},
        "number": "P-1",
        "date": "2026-05-31",
        "assessors": ["Een", "Twee"],
        "instruments": [
            {
                "ref": "S1",
                "kind": "interview",
                "date": "2026-05-20",
                "place": "Nergens",
                "present": "Allen",
                "identity": "passport",
                "identity_by": "Een",
            }
        ],
        "evidence": [{"ref": "E1", "title": "Verhaal", "kind": "story", "date": "2026-01-01"}],
        "findings": [
            {
                "unit": code,
                "stage": "vakbekwaam" if n < shown else "not_shown",
                "evidence": ["E1", "S1"],
                "instruments": ["portfolio", "interview"],
                "observed": f"Gezien bij {code}.",
                "why": f"Dat is genoeg of niet voor {code}.",
            }
            for n, code in enumerate(COMPETENCES)
        ],
    }


def changed(change: Change, shown: int = 21) -> dict[str, Any]:
    """Return a dossier after ``change`` has been done to it."""
    made = dossier(shown)
    change(made)
    return made


def write(folder: Path, content: dict[str, Any], name: str = "dossier.json") -> Path:
    """Write a dossier as JSON (which is YAML too), a value to a line."""
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
    return path
