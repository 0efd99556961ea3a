"""What a file tells beside what it shows: taken out where nobody needs it, told where it may matter."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol

from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.names import MEMBER_BYTES, Named, names_in_office, names_in_pdf
from bekwaam.domain.portfolio.photos import Broken, without_metadata
from bekwaam.domain.portfolio.recordings import BOXED, blanked, blanks
from bekwaam.services.errors import Invalid
from bekwaam.wording import N_


class Received(Protocol):
    """A file as a web framework hands it over; Django's UploadedFile fits."""

    name: str
    size: int

    @property
    def file(self) -> BinaryIO:
        """The content, to go back and forth in."""
        ...

    def chunks(self) -> Iterator[bytes]:
        """Yield the content from its beginning."""
        ...


def cleaned(upload: Received, media_type: str) -> Iterable[bytes]:
    """Return what is kept of a file: a photo or recording without where and when it was made.

    A recording is never held in memory as a whole. Raises Invalid for a photo or recording that is broken.
    """
    try:
        if media_type.startswith("image/"):
            return [without_metadata(media_type, b"".join(upload.chunks()))]
        if media_type in BOXED:
            return blanked(upload.chunks(), blanks(lambda at, number: _read(upload, at, number), upload.size))
    except Broken as error:
        message = (
            N_("{name} is not a whole picture. It may have been cut off; save it again and retry.")
            if media_type.startswith("image/")
            else N_("{name} is not a whole recording. It may have been cut off; save it again and retry.")
        )
        raise Invalid((Fault("file", "broken", message, {"name": upload.name}),)) from error
    return upload.chunks()


def _read(upload: Received, at: int, number: int) -> bytes:
    upload.file.seek(at)
    return upload.file.read(number)


def names_in(upload: Received, media_type: str) -> tuple[Named, ...]:
    """Return whose names a document carries beside its text; the document stays as it is."""
    if media_type == "application/pdf":
        return names_in_pdf(upload.chunks())
    if not media_type.startswith("application/vnd."):
        return ()
    upload.file.seek(0)
    try:
        with zipfile.ZipFile(upload.file) as archive:
            return names_in_office(lambda member: _member(archive, member))
    except (zipfile.BadZipFile, OSError, ValueError):
        return ()


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the beginning of a member; no more is unpacked, so a zip bomb stays shut."""
    try:
        with archive.open(name) as member:
            return member.read(MEMBER_BYTES)
    except Exception:  # not there, locked, damaged or packed in a way that nobody knows: it tells nothing
        return b""
