"""Opening a ZIP that a stranger sent, without doing what it asks."""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO, Final, cast

LONGEST_LIST: Final = 16 * 1024 * 1024
"""The most that the list of contents may take, in bytes."""
# All that Python's zipfile may raise on a file that somebody broke, by accident or on purpose.
BROKEN: Final = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, OverflowError)
_READABLE: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCKED: Final = 0x1


def open_zip(file: BinaryIO, longest_list: int = LONGEST_LIST) -> zipfile.ZipFile:
    """Open a ZIP for reading; raises one of ``BROKEN`` for what is none or has too long a list of contents.

    What is read from it afterwards is for the caller to bound.
    """
    bounded = _Bounded(file, longest_list)
    archive = zipfile.ZipFile(cast(BinaryIO, bounded))
    bounded.most = None
    return archive


def is_readable(info: zipfile.ZipInfo) -> bool:
    """Tell whether a file in a ZIP is neither locked nor packed in a way that we do not unpack."""
    return info.compress_type in _READABLE and not info.flag_bits & _LOCKED


class _Bounded:
    """A file of which, while it is opened, never more is read at once than ``most``.

    The library reads the whole list of contents and makes an object of every line of it: a hundred megabytes
    of nothing but names would take gigabytes.
    """

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file = file
        self.most: int | None = most
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        """Read on; raises BadZipFile for more than the list of contents may take."""
        if self.most is None:
            return self._file.read(size)
        found = self._file.read(self.most + 1 if size < 0 else min(size, self.most + 1))
        if len(found) > self.most:
            raise zipfile.BadZipFile("too long a list of members")
        return found
