"""Compiles the translation catalogues (.po) to the .mo files that the program reads.

Runs by itself when the package is built or installed (hatchling build hook), and by hand with
``python tools/build_catalogues.py``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def compile_all(root: Path = ROOT) -> list[Path]:
    """Write a .mo beside every .po below ``root``; return what was written."""
    written = []
    for po in sorted((root / "src" / "bekwaam" / "locale").glob("*/LC_MESSAGES/*.po")):
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3])
        mo = po.with_suffix(".mo")
        fresh = mo.with_suffix(f".{os.getpid()}.tmp")
        with fresh.open("wb") as target:
            write_mo(target, catalogue)
        fresh.replace(mo)  # in one go: a running program reads the old file or the new one
        written.append(mo)
    return written


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # by hand, without the build tools
    pass
else:

    class CatalogueHook(BuildHookInterface):
        """Compiles the catalogues before the package is put together."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            compile_all(Path(self.root))


if __name__ == "__main__":
    for path in compile_all():
        print(path.relative_to(ROOT))
    sys.exit(0)
