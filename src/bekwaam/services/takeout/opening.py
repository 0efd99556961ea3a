"""Opening a package that came in: first whether it may be opened, then what it says, then its files.

Nothing is unpacked to disk. Every read is bounded by what the list of members announced, and that list by
:mod:`bekwaam.domain.takeout.archive`.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, cast

from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.photos import Broken, without_metadata
from bekwaam.domain.takeout.archive import EMPTY, FIELD, MAX_DOCUMENT, NO_ZIP, Member, check_members
from bekwaam.domain.takeout.checking import MOST_FAULTS, read_document
from bekwaam.domain.takeout.document import DOCUMENT, files_in
from bekwaam.services import clock
from bekwaam.services.errors import Invalid
from bekwaam.services.portfolio.receiving import upload_fault
from bekwaam.services.portfolio.resuming import Whole
from bekwaam.services.zips import BROKEN, is_readable, open_zip
from bekwaam.trust.canonical import hash_of
from bekwaam.wording import N_

_CHUNK: Final = 1024 * 1024

_CHANGED: Final = N_(
    "{name} was changed or damaged after it was taken along: its content is not what it was."
)
_ABSENT: Final = N_("{name} is named in portfolio.json, but it is not in the ZIP file.")


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file of a package that is what it was. ``fault`` says why it may not come in all the same.

    ``kept_sha256`` is the hash of what would be kept of it: a photo loses what it tells beside the picture.
    """

    mention: Mapping[str, Any]
    fault: Fault | None
    kept_sha256: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A package whose document is sound."""

    archive: zipfile.ZipFile
    document: dict[str, Any]
    sha256: str

    @contextmanager
    def file(self, mention: Mapping[str, Any]) -> Iterator[Whole]:
        """Give a file of the package as the evidence service takes it."""
        with self.archive.open(str(mention["path"])) as content:
            yield Whole(str(mention["name"]), int(mention["size"]), cast(BinaryIO, content))


@contextmanager
def opened(file: BinaryIO) -> Iterator[Opened]:
    """Open a package; raises Invalid, with a sentence for whoever brought it, for one that is not sound."""
    archive = _archive(file)
    with archive:
        members = [_member(info) for info in archive.infolist() if not info.is_dir()]
        _insist(check_members(members))
        document, faults = read_document(_content(archive), clock.now())
        if document is None:
            raise Invalid(faults)
        _insist(faults)
        yield Opened(archive, document, hash_of(document))


def _insist(faults: tuple[Fault, ...]) -> None:
    if faults:
        raise Invalid(faults)


def _archive(file: BinaryIO) -> zipfile.ZipFile:
    file.seek(0, 2)
    if file.tell() == 0:
        raise Invalid((Fault(FIELD, "empty", EMPTY),))
    file.seek(0)
    try:
        return open_zip(file)
    except BROKEN as error:
        raise Invalid((Fault(FIELD, "no_zip", NO_ZIP),)) from error


def _member(info: zipfile.ZipInfo) -> Member:
    # As it stands in the file: Python cuts a name at a NUL.
    return Member(info.orig_filename, info.file_size, info.compress_size, is_readable(info))


def _content(archive: zipfile.ZipFile) -> bytes:
    try:
        with archive.open(DOCUMENT) as member:
            return member.read(MAX_DOCUMENT + 1)
    except BROKEN as error:
        raise Invalid((Fault(FIELD, "no_zip", NO_ZIP),)) from error


def check_files(found: Opened) -> dict[str, CheckedFile]:
    """Return every file that the document names, by its path. Raises Invalid where one is not what it was."""
    checked: dict[str, CheckedFile] = {}
    faults: list[Fault] = []
    there = set(found.archive.namelist())
    for mention in files_in(found.document):
        path = mention["path"]
        if path is None or path in checked:
            continue
        if path not in there:
            faults.append(Fault(FIELD, "absent", _ABSENT, {"name": mention["name"]}))
        else:
            try:
                checked[path] = _checked(found, mention)
            except BROKEN:
                faults.append(Fault(FIELD, "changed", _CHANGED, {"name": mention["name"]}))
        if len(faults) == MOST_FAULTS:
            break
    _insist(tuple(faults))
    return checked


def _checked(found: Opened, mention: Mapping[str, Any]) -> CheckedFile:
    """Return a file with what is to be said of it; raises ValueError for one that is not what it was."""
    digest, size = hashlib.sha256(), 0
    with found.file(mention) as whole:
        for chunk in whole.chunks():
            digest.update(chunk)
            size += len(chunk)
        if (digest.hexdigest(), size) != (mention["sha256"], mention["size"]):
            raise ValueError("not what it was")
        fault = upload_fault(whole)
        kept = mention["sha256"]
        if fault is None and mention["media_type"].startswith("image/"):
            try:
                kept = _cleaned_hash(whole, mention["media_type"])
            except Broken:
                message = N_(
                    "{name} is not a whole picture. It may have been cut off; save it again and retry."
                )
                fault = Fault(FIELD, "broken", message, {"name": mention["name"]})
    return CheckedFile(mention, fault, kept)


def _cleaned_hash(whole: Whole, media_type: str) -> str:
    return hashlib.sha256(without_metadata(media_type, b"".join(whole.chunks()))).hexdigest()
