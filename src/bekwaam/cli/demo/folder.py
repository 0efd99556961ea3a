"""The folder that the demo's data is in, and whether what is there can be used.

A marker says that the folder is ours and whether the demo in it was finished. Only a folder with that
marker is ever emptied.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Final

MARKER: Final = "demo.json"
EXAMPLES: Final = "examples"
OURS: Final = ("files", "static", "mail", "secret-key", EXAMPLES)
DATABASE: Final = "bekwaam.sqlite3"


class Found(Enum):
    """What a folder turned out to hold."""

    NOTHING = "nothing"
    WHOLE = "whole"
    HALF = "half"
    OTHER = "other"


class Folder:
    """A folder for the demo's data at ``path``; it need not exist yet."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()

    def found(self) -> Found:
        """Tell what is in the folder."""
        marker = self._marker()
        if marker is not None:
            return Found.WHOLE if marker.get("people") else Found.HALF
        occupied = self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir()))
        return Found.OTHER if occupied else Found.NOTHING

    def begin(self) -> None:
        """Empty the folder, if it is ours, and mark that a demo is being made."""
        if self._marker() is not None:
            self._empty()
        self.path.mkdir(parents=True, exist_ok=True)
        self._mark({"bekwaam": "demo"})

    def finish(self, people: Mapping[str, str]) -> None:
        """Mark the demo as whole; ``people`` maps our names for them to their references."""
        self._mark({"bekwaam": "demo", "people": dict(people)})

    def people(self) -> dict[str, str]:
        """Return what :meth:`finish` kept."""
        return dict((self._marker() or {}).get("people", {}))

    def _marker(self) -> dict[str, Any] | None:
        try:
            marker = json.loads((self.path / MARKER).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return marker if isinstance(marker, dict) and marker.get("bekwaam") == "demo" else None

    def _mark(self, content: dict[str, Any]) -> None:
        """Replace the marker in one go: a crash leaves the old one or the new one."""
        partial = self.path / f"{MARKER}.part"
        partial.write_text(json.dumps(content, indent=1), encoding="utf-8")
        partial.replace(self.path / MARKER)

    def _empty(self) -> None:
        for path in (*self.path.glob(f"{DATABASE}*"), *(self.path / name for name in OURS)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
