"""A ZIP file that is made while it is sent: no more of it is in memory than the piece that goes out next."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone

from bekwaam.domain.takeout.names import gains_by_packing
from bekwaam.services import ports
from bekwaam.services.takeout.shelf import Packed

_CHUNK: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """A text of the package: a page, its stylesheet, the document."""

    path: str
    content: bytes


class _Outgoing(io.RawIOBase):
    """Takes what the archive writes, until it is sent."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Keep what is written until it is taken."""
        self._waiting.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """Return what was written since the last time."""
        found, self._waiting = b"".join(self._waiting), []
        return found


def zipped(pages: Iterable[Page], files: Iterable[Packed], at: datetime) -> Iterator[bytes]:
    """Yield a ZIP file of ``pages`` and ``files``, in that order, all dated ``at``; texts are packed.

    Raises FileNotFoundError where a file is gone by the time it is its turn: what was sent is then visibly
    not whole.
    """
    target = _Outgoing()
    stamp = timezone.localtime(at).timetuple()[:6]
    with zipfile.ZipFile(target, "w", allowZip64=True) as archive:
        for page in pages:
            info = _info(page.path, stamp, packed=True)
            info.file_size = len(page.content)
            with archive.open(info, "w") as member:
                member.write(page.content)
            yield target.take()
        for file in files:
            info = _info(file.path, stamp, packed=gains_by_packing(file.media_type))
            info.file_size = file.size
            with archive.open(info, "w") as member, ports.files().open(file.key) as source:
                while chunk := source.read(_CHUNK):
                    member.write(chunk)
                    yield target.take()
    yield target.take()


def _info(path: str, stamp: tuple[int, ...], *, packed: bool) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, stamp)  # type: ignore[arg-type]
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    info.external_attr = 0o644 << 16
    return info
