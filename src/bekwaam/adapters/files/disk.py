"""Keeps files on disk below one folder, each under a random key."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1024 * 1024


class DiskFiles:
    """A file store on the local disk. A file that was put is never changed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, chunks: Iterable[bytes]) -> tuple[str, str, int]:
        """Store ``chunks`` as one file; return its key, SHA-256 (hex) and size in bytes.

        The file is on disk, under its final name, before this returns; a crash half-way leaves only a
        temporary file that nothing refers to.
        """
        key = secrets.token_hex(16)
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        digest, size = sha256(), 0
        try:
            with partial.open("wb") as target:
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
            partial.replace(path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        return key, digest.hexdigest(), size

    def open(self, key: str) -> BinaryIO:
        """Open a stored file for reading; FileNotFoundError when there is none of that key."""
        return self._path(key).open("rb")

    def sha256(self, key: str) -> str:
        """Return the SHA-256 of a stored file as it is on disk now."""
        digest = sha256()
        with self.open(key) as source:
            for chunk in _chunks(source):
                digest.update(chunk)
        return digest.hexdigest()

    def delete(self, key: str) -> None:
        """Remove a file; one that is not there is no error."""
        self._path(key).unlink(missing_ok=True)

    def begin(self) -> str:
        """Begin a file that comes in piece by piece; return its key."""
        key = secrets.token_hex(16)
        path = self._part(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(exist_ok=False)
        return key

    def add(self, key: str, offset: int, content: bytes) -> None:
        """Write a piece at ``offset``. What a crash left from there on goes; the piece is on disk after."""
        with self._part(key).open("r+b") as target:
            target.truncate(offset)
            target.seek(offset)
            target.write(content)
            target.flush()
            os.fsync(target.fileno())

    def open_part(self, key: str) -> BinaryIO:
        """Open a file that came in piece by piece; FileNotFoundError when there is none of that key."""
        return self._part(key).open("rb")

    def discard(self, key: str) -> None:
        """Remove a file that came in piece by piece; one that is not there is no error."""
        self._part(key).unlink(missing_ok=True)

    def _part(self, key: str) -> Path:
        if not key.isalnum():
            raise ValueError("not a key of this store")
        return self.root / "coming-in" / key

    def _path(self, key: str) -> Path:
        if not key.isalnum():
            raise ValueError("not a key of this store")
        return self.root / key[:2] / key


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk
