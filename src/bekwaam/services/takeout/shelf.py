"""The files of a package: each once, under a name of its own, with where the file store keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bekwaam.domain.takeout.names import FILES, packed_name
from bekwaam.services import ports
from bekwaam.store.models import StoredFile


@dataclass(frozen=True, slots=True)
class Packed:
    """A file that goes along: its path in the package, its key in the file store, what and how big it is."""

    path: str
    key: str
    media_type: str
    size: int


@dataclass(slots=True)
class Shelf:
    """The files that were mentioned so far, in the order of their mention."""

    packed: list[Packed] = field(default_factory=list)
    _paths: dict[int, str | None] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def mention(
        self, file: StoredFile | None, folder: str = FILES, *, insist_intact: bool = False
    ) -> dict[str, Any] | None:
        """Return how the document names a file; it goes along from now on. None for no file.

        Without a path where the file store has lost it or, with ``insist_intact``, holds something else.
        """
        if file is None:
            return None
        if file.pk not in self._paths:
            there = _is_intact(file) if insist_intact else _is_there(file)
            self._paths[file.pk] = self._put(file, folder) if there else None
        return {
            "path": self._paths[file.pk],
            "name": file.name,
            "media_type": file.media_type,
            "size": file.size,
            "sha256": file.sha256,
        }

    def _put(self, file: StoredFile, folder: str) -> str:
        number = self._numbers[folder] = self._numbers.get(folder, 0) + 1
        path = packed_name(folder, number, file.name)
        self.packed.append(Packed(path, file.key, file.media_type, file.size))
        return path


def _is_there(file: StoredFile) -> bool:
    try:
        ports.files().open(file.key).close()
    except FileNotFoundError:
        return False
    return True


def _is_intact(file: StoredFile) -> bool:
    try:
        return ports.files().sha256(file.key) == file.sha256
    except FileNotFoundError:
        return False
