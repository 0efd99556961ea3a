"""What sort of file something is that is no pack: its head says so."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Final

from bekwaam.frameworks.faults import FaultList
from bekwaam.frameworks.loading import crosswalk, function_profile, guide, review_term, team_model
from bekwaam.frameworks.reading.files import read_file
from bekwaam.frameworks.reading.tree import Table

_MAX_BYTES: Final = 2_000_000


class Sort(StrEnum):
    """The sorts of files beside packs, each named by the key that its head begins with."""

    CROSSWALK = crosswalk.HEAD_KEY
    PROFILES = function_profile.HEAD_KEY
    GUIDE = guide.HEAD_KEY
    TEAM_MODELS = team_model.HEAD_KEY
    REVIEW_TERMS = review_term.HEAD_KEY


def sort_of(path: Path) -> Sort | None:
    """Return which sort a file says that it is; None for another one, a folder, or what cannot be read."""
    if not path.is_file():
        return None
    node = read_file(path, str(path), _MAX_BYTES, FaultList())
    if not isinstance(node, Table):
        return None
    return next((sort for sort in Sort if node.get(sort.value) is not None), None)
