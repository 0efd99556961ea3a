"""Names as they stand in codes and addresses."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NOT_IN_CODES: Final = re.compile(r"[^a-z0-9]+")
_LONGEST: Final = 50


def slug(name: str) -> str:
    """Return a name in plain small letters, digits and dashes, 50 at most; empty where nothing of it can."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_CODES.sub("-", plain).strip("-")[:_LONGEST].strip("-")
