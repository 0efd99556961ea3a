"""Finds names in Dutch text with deduce (Utrecht UMC), where that library is installed.

Loading it takes seconds, and minutes the first time: it builds its lists of names then and keeps them in
``cache``. So it belongs in the worker and never in a web server; asking whether it is there loads nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

_NAMES: Final = frozenset(("persoon", "patient"))

logger = logging.getLogger(__name__)


class DeduceFinder:
    """Finds names of people; ``cache`` is a folder of ours that need not exist yet."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache

    @staticmethod
    def installed() -> str:
        """Return the library with its version; empty where it is not installed. Loads nothing."""
        if find_spec("deduce") is None:
            return ""
        try:
            return f"deduce {version('deduce')}"
        except PackageNotFoundError:
            return ""

    def find(self, text: str) -> Sequence[tuple[int, int]]:
        """Return where names stand in ``text``: from and up to, in characters."""
        # All of it looks, also for places and hospitals: what is one of those is then no name.
        document = _loaded(self._cache).deidentify(text)
        return sorted((one.start_char, one.end_char) for one in document.annotations if one.tag in _NAMES)


@lru_cache(maxsize=1)
def _loaded(cache: Path) -> Any:
    """Return deduce with its lists of names; slow, once in a process."""
    from deduce import Deduce  # noqa: PLC0415 - an optional library, and slow to load

    cache.mkdir(parents=True, exist_ok=True)
    logger.info("loading lists of names; the first time this takes some minutes")
    return Deduce(cache_path=cache)
