"""The passphrase that seals the keys: given by whoever runs the installation, or made beside the data."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from bekwaam.trust.reasons import Reason, Refused


def passphrase_of(given: str, file: str, own: Path) -> str:
    """Return the passphrase: ``given``, or what stands in ``file``, or where neither is named that in
    ``own``, which is made when it is not there.

    White space around what a file holds does not count. Raises Refused (PASSPHRASE) for a file that cannot
    be read.
    """
    if given:
        return given
    return _read(Path(file)) if file else _own(own)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(Reason.PASSPHRASE, f"{path} cannot be read") from error


def _own(path: Path) -> str:
    """Return our own passphrase, made when it is not there.

    It is written elsewhere first and given its name in one go, so that of two processes that start at once
    neither reads half of it, and both get the same one.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
        write_private(partial, secrets.token_urlsafe(32).encode())
        try:
            with contextlib.suppress(FileExistsError):  # another process was first
                os.link(partial, path)
        finally:
            partial.unlink(missing_ok=True)
    return _read(path)


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only we can read, and see it on disk; FileExistsError when there is one."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
