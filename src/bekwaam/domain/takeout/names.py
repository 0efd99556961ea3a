"""Names of files in a package: safe on every machine, never the same twice, still telling."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

FILES: Final = "bestanden"
CERTIFICATES: Final = "certificaten"
DIGITAL: Final = "digitaal"
_LONGEST: Final = 60
_ODD: Final = re.compile(r"[^A-Za-z0-9._-]+")
# Media that are packed small already, or nearly so; packing them again costs time and gains nothing.
_LOOSE: Final = ("audio/wav",)


def packed_name(folder: str, number: int, name: str) -> str:
    """Return the path of the ``number``-th file (from 1) in a package: "bestanden/007-werkplan.pdf".

    The number keeps names apart; of the name only what every file system takes is left.
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode()
    stem, dot, extension = plain.rpartition(".")
    stem, extension = (stem, extension) if dot else (plain, "")
    stem = _ODD.sub("-", stem).strip("-._")[:_LONGEST].rstrip("-._") or "bestand"
    extension = _ODD.sub("", extension).strip("-._")[:8].lower()
    return f"{folder}/{number:03}-{stem}" + (f".{extension}" if extension else "")


def is_safe(path: str) -> bool:
    """Tell whether a path stays inside the package, on whatever machine it is unpacked."""
    parts = PurePosixPath(path).parts
    odd = not path or path.startswith(("/", "~")) or "\\" in path or ":" in path or "\0" in path
    return not odd and all(part not in ("..", ".") for part in parts) and path.isprintable()


def gains_by_packing(media_type: str) -> bool:
    """Tell whether a file becomes noticeably smaller when it is packed."""
    return media_type in _LOOSE
