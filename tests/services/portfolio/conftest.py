"""Files to send in, and a portfolio that is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from bekwaam.store.models import Procedure
from tests.cast import Cast, Point


@pytest.fixture
def open_portfolio(cast: Cast) -> Procedure:
    """Return a procedure whose candidate is collecting; nothing is in it yet."""
    return cast.bring_to(Point.CONSENTED)


@pytest.fixture
def kept(own_files: Path) -> Kept:
    """Return what the file store holds."""
    return Kept(own_files)


class Kept:
    """The files on disk below the file store's folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __len__(self) -> int:
        return len(self.contents())

    def contents(self) -> list[bytes]:
        """Return the content of every file, half-written ones too."""
        return sorted(path.read_bytes() for path in self.root.rglob("*") if path.is_file())
