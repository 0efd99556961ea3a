"""Files that people name on the command line: read with a limit, written whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from bekwaam.frameworks.exchange.formats import FORMATS, Format, recognised
from bekwaam.frameworks.exchange.outcome import Reading
from bekwaam.wording import N_, say

MAX_BYTES: Final = 50_000_000
_BINARY: Final = ("xlsx",)


def refuse(language: str, message: str, /, status: int = 2, **values: Any) -> NoReturn:
    """End the command with a sentence (a msgid) on standard error."""
    click.echo(say(language, message, **values), err=True)
    sys.exit(status)


def read_bytes(path: Path, language: str) -> bytes:
    """Return what is in a file; ends the command where it cannot be read or is too large."""
    if path.is_dir():
        refuse(language, N_("{path}: this is a folder, not a file."), path=path)
    if not path.exists():
        refuse(language, N_("{path}: there is no such file or folder."), path=path)
    if not path.is_file():
        refuse(language, N_("{path}: this is not an ordinary file."), path=path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # never more, however large it turns out to be
    except OSError as error:
        refuse(language, N_("{path} cannot be read: {reason}"), path=path, reason=error.strerror)
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        refuse(
            language,
            N_("{path}: this file is larger than {limit} MB. It is not read."),
            path=path,
            limit=limit,
        )
    return data


def read_exchanged(path: Path) -> Reading | None:
    """Return the framework in a file that "export" can write; None where it is a pack, or nothing at all."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    found = exchanged_format(data, path.name)
    return found.read(data, str(path)) if found is not None else None


def exchanged_format(data: bytes, name: str) -> Format | None:
    """Return the format of a file that is plainly no pack; a pack may be JSON, but of another shape."""
    found = recognised(data, name)
    if found is FORMATS["case"] and b'"CFDocument"' not in data:
        return None
    return found


def write_out(data: bytes, out: Path | None, form: Format, language: str) -> None:
    """Write ``data`` to a file, whole or not at all, or to standard output where ``out`` is None.

    Ends the command with a sentence where that cannot be.
    """
    if out is None:
        if form.name in _BINARY and sys.stdout.isatty():
            message = N_("A spreadsheet cannot be read on a terminal. Add: --out FILE{suffix}")
            refuse(language, message, suffix=form.suffix)
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    if out.is_dir():
        refuse(language, N_("{path}: this is a folder. Name the file to write as well."), path=out)
    try:
        _replace(out, data)
    except OSError as error:
        refuse(language, N_("{path} cannot be written: {reason}"), path=out, reason=error.strerror)
    click.echo(say(language, "Written: {path}", path=out), err=True)


def _replace(out: Path, data: bytes) -> None:
    """Put a file in its place in one go, so that nobody finds half of it."""
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
