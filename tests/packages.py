"""Packages as people take them along, made from what is in the database; and the same, tampered with."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bekwaam.domain.takeout.document import DOCUMENT
from bekwaam.services.portfolio.resuming import add_piece, begin_package
from bekwaam.services.takeout.gathering import take_along
from bekwaam.services.takeout.zipping import zipped
from bekwaam.store.models import Person
from bekwaam.web.portfolio.takeout.pages import pages


def taken_along(person: Person, language: str = "nl") -> bytes:
    """Return somebody's package as a ZIP file."""
    package = take_along(person, language)
    at = datetime.fromisoformat(package.document["made_at"])
    return b"".join(zipped(pages(package, language), package.files, at))


def document_in(content: bytes) -> dict[str, Any]:
    """Return the document of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found: dict[str, Any] = json.loads(archive.read(DOCUMENT))
    return found


def files_of(content: bytes) -> dict[str, bytes]:
    """Return the files of a package, without its pages."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith(("bestanden/", "certificaten/"))]
        return {name: archive.read(name) for name in names}


def repacked(
    content: bytes,
    change: Callable[[dict[str, Any]], object] = lambda document: None,
    files: Mapping[str, bytes | None] = {},
) -> bytes:
    """Return a package with its document changed, and files put in its place (None: left out)."""
    document = document_in(content)
    change(document)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for info in source.infolist():
            kept = files.get(info.filename, source.read(info))
            if info.filename == DOCUMENT and DOCUMENT not in files:
                kept = json.dumps(document).encode()
            if kept is not None:
                archive.writestr(info.filename, kept)
        for name in files.keys() - set(source.namelist()):
            archive.writestr(name, files[name] or b"")
    return target.getvalue()


def sent_in(person: Person, content: bytes, name: str = "portfolio.zip") -> str:
    """Let a package come in piece by piece; return its reference."""
    coming = begin_package(person, name, len(content))
    return add_piece(person, coming.ref, 0, content).ref
