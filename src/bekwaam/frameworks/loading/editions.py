"""The versions of a framework that stand beside each other, and their order.

Each version is a pack of its own. ``supersedes`` in ``pack.yaml`` names the version it comes after: the
names of versions ("2012", "kaart") do not say which is the newer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Final

from bekwaam.frameworks.faults import FaultList
from bekwaam.frameworks.reading.fields import Fields
from bekwaam.frameworks.reading.files import read_file
from bekwaam.frameworks.reading.tree import Table

MAX_BYTES: Final = 5_000_000
HEAD_FILE: Final = "pack.yaml"


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a framework and the folder it stands in, as its head says it."""

    id: str
    version: str
    kind: str
    supersedes: str | None
    path: Path


def editions_in(folder: Path) -> tuple[Edition, ...]:
    """Return every pack directly below ``folder``, by the name of its folder; unreadable heads left out."""
    found = (_edition(head) for head in sorted(folder.glob(f"*/{HEAD_FILE}")))
    return tuple(edition for edition in found if edition is not None)


def in_order(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """Return the versions of one framework, oldest first.

    Versions that do not come after one another stand by name. Raises ValueError where they come after
    one another in a circle (graphlib.CycleError), or where two packs are the same version.
    """
    by_version: dict[str, Edition] = {}
    for edition in sorted(editions, key=lambda edition: edition.version):
        if edition.version in by_version:
            raise ValueError(f"{edition.id} {edition.version} stands in two folders")
        by_version[edition.version] = edition
    before = {
        version: {edition.supersedes} & by_version.keys() if edition.supersedes else set()
        for version, edition in by_version.items()
    }
    return tuple(by_version[version] for version in TopologicalSorter(before).static_order())


def comes_after_itself(version: str, supersedes: Mapping[str, str | None]) -> bool:
    """Tell whether going back from ``version`` over the versions it ``supersedes`` ends in a circle."""
    seen: set[str] = set()
    at: str | None = version
    while at is not None and at not in seen:
        seen.add(at)
        at = supersedes.get(at)
    return at is not None


def _edition(head: Path) -> Edition | None:
    faults = FaultList()  # whoever reads the pack itself reports them
    node = read_file(head, str(head), MAX_BYTES, faults)
    if not isinstance(node, Table):
        return None
    fields = Fields(str(head), node, faults)
    identifier, version, kind = (fields.string(key) for key in ("id", "version", "kind"))
    if not identifier or not version:
        return None
    supersedes = fields.string("supersedes", required=False)
    return Edition(identifier, version, kind or "", supersedes or None, head.parent)
