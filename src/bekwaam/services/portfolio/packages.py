"""An export of another system as it was sent in: a ZIP or a bare XML file, opened with care.

Nothing is unpacked to disk by its own name, and nothing is read further than it may be long: of a ZIP the
list of contents, what a member says it holds, and what all members that are read hold together.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final, cast
from urllib.parse import unquote

from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.leap2a.reading import MAX_XML
from bekwaam.domain.portfolio.uploads import MAX_BYTES
from bekwaam.services.errors import Invalid
from bekwaam.wording import N_

XML_NAME: Final = "leap2a.xml"
MAX_UNPACKED: Final = 4 * MAX_BYTES
MAX_LISTED: Final = 8 * 1024 * 1024  # bytes of a ZIP's list of contents: some 80,000 names
_ZIP_BEGINS: Final = b"PK"
_END: Final = b"PK\x05\x06"
_LOCATOR: Final = b"PK\x06\x07"
_READ: Final = 1024 * 1024
_IN_MEMORY: Final = 2 * 1024 * 1024
_DAMAGED: Final = N_("{name} cannot be taken out of the ZIP: it is damaged, or locked with a password.")
_TROUBLE: Final = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError)


class Member:
    """A file in an export, as the receiving of files takes it."""

    def __init__(self, package: Package, info: zipfile.ZipInfo, name: str) -> None:
        self.name, self.size = name, info.file_size
        self._package, self._info = package, info
        self._copy: BinaryIO | None = None
        self._counted = False

    @property
    def file(self) -> BinaryIO:
        """The content, to go back and forth in."""
        if self._copy is None:
            self._copy = cast(BinaryIO, SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 - kept
            for chunk in self.chunks():
                self._copy.write(chunk)
        self._copy.seek(0)
        return self._copy

    def chunks(self) -> Iterator[bytes]:
        """Yield the content from its beginning. Raises Invalid for what cannot be unpacked.

        No more comes out than the size it says it has, so that is what counts; once, however often read.
        """
        if not self._counted:
            self._package.count(self.size, self.name)
            self._counted = True
        try:
            with self._package.archive.open(self._info) as source:
                while chunk := source.read(_READ):
                    yield chunk
        except _TROUBLE as error:
            raise _fault("damaged", _DAMAGED, name=self.name) from error

    def head(self, size: int) -> bytes:
        """Return the first bytes of the content."""
        try:
            with self._package.archive.open(self._info) as source:
                return source.read(size)
        except _TROUBLE as error:
            raise _fault("damaged", _DAMAGED, name=self.name) from error

    def close(self) -> None:
        """Let go of the copy."""
        if self._copy is not None:
            self._copy.close()


class Package:
    """An open export. Without an ``archive`` it is the XML alone, and there are no files."""

    def __init__(self, xml: bytes, archive: zipfile.ZipFile | None, folder: str) -> None:
        self.xml = xml
        self._archive = archive
        self._unpacked = 0
        self._names = {} if archive is None else _names(archive, folder)

    @property
    def archive(self) -> zipfile.ZipFile:
        """The ZIP; only members ask for it."""
        if self._archive is None:
            raise RuntimeError("an export without files has no members")
        return self._archive

    @property
    def bare(self) -> bool:
        """Whether it is the XML alone."""
        return self._archive is None

    def member(self, path: str, name: str) -> Member | None:
        """Return the file at ``path``, written as it is or as in an address; None where there is none."""
        info = self._names.get(path) or self._names.get(unquote(path))
        return Member(self, info, name) if info is not None else None

    def count(self, size: int, name: str) -> None:
        """Count what is unpacked. Raises Invalid when it becomes more than a whole export may be."""
        self._unpacked += size
        if self._unpacked > MAX_UNPACKED:
            message = N_("At {name} the files became more than {limit} MB. Bring in fewer at once.")
            raise _fault("too_much", message, name=name, limit=MAX_UNPACKED // 1024**2)


@contextmanager
def opened(name: str, size: int, file: BinaryIO) -> Iterator[Package]:
    """Open an export for as long as it is read. Raises Invalid for what is none, or could do harm."""
    if size > MAX_BYTES:
        message = N_(
            "{name} is {size} MB. An export can be {limit} MB at most. "
            "In Mahara you can also export a few pages at a time."
        )
        raise _fault("too_large", message, name=name, size=-(-size // 1024**2), limit=MAX_BYTES // 1024**2)
    if size == 0:
        raise _fault("empty", N_("{name} is empty. Choose another file."), name=name)
    file.seek(0)
    if file.read(len(_ZIP_BEGINS)) != _ZIP_BEGINS:
        file.seek(0)
        yield Package(file.read(MAX_XML + 1), None, "")
        return
    _insist_short_list(name, size, file)
    try:
        archive = zipfile.ZipFile(file)
    except _TROUBLE as error:
        message = N_("{name} is not a whole ZIP. It may have been cut off; download it once more.")
        raise _fault("broken", message, name=name) from error
    with archive:
        yield _package(name, archive)


def _insist_short_list(name: str, size: int, file: BinaryIO) -> None:
    """Look at how long the list of contents says it is, for opening a ZIP reads all of that at once.

    It stands at the end, before a comment of 65,535 bytes at most; in a record for large ZIPs as well, if
    there is one (PKWARE's APPNOTE, 4.3.14 to 4.3.16).
    """
    file.seek(max(0, size - 76 - 22 - 65_535))
    tail = file.read()
    at = tail.rfind(_END)
    listed = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    if at >= 76 and tail[at - 20 : at - 16] == _LOCATOR:
        listed = max(listed, int.from_bytes(tail[at - 36 : at - 28], "little"))
    if listed > MAX_LISTED:
        message = N_("There are more files in {name} than an export has. Export a part of it.")
        raise _fault("too_many", message, name=name)
    file.seek(0)


def _package(name: str, archive: zipfile.ZipFile) -> Package:
    """Return an export with its texts read: the XML stands at the top, or in the folder somebody made."""
    found = [info for info in archive.infolist() if info.filename.rpartition("/")[2].lower() == XML_NAME]
    found = [info for info in found if not info.filename.startswith("__MACOSX/")]
    if not found:
        message = N_(
            "There is no leap2a.xml in {name}, so it is no portfolio in Leap2A. "
            "In Mahara, choose Leap2A when you export."
        )
        raise _fault("no_leap", message, name=name)
    info = min(found, key=lambda one: one.filename.count("/"))
    if info.file_size > MAX_XML:
        message = N_("The texts in this export are {size} MB; {limit} MB is the most. Export a part of it.")
        values = {"size": -(-info.file_size // 1024**2), "limit": MAX_XML // 1024**2}
        raise Invalid((Fault("file", "too_large", message, values),))
    try:
        xml = archive.read(info)
    except _TROUBLE as error:
        raise _fault("damaged", _DAMAGED, name=info.filename) from error
    return Package(xml, archive, info.filename.rpartition("/")[0])


def _names(archive: zipfile.ZipFile, folder: str) -> dict[str, zipfile.ZipInfo]:
    """Return the files by where they are, seen from the XML; a name is also known as it was before its ZIP.

    Some programs write names in UTF-8 without saying so; Python then reads them as if from 1981.
    """
    inside = f"{folder}/" if folder else ""
    names: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        if info.is_dir() or not info.filename.startswith(inside):
            continue
        names.setdefault(info.filename.removeprefix(inside), info)
        try:
            meant = info.filename.encode("cp437").decode()
        except UnicodeError:
            continue
        names.setdefault(meant.removeprefix(inside), info)
    return names


def _fault(reason: str, message: str, **values: str | int) -> Invalid:
    return Invalid((Fault("file", reason, message, values),))
