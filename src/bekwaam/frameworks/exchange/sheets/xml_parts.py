"""Reads the parts of an XLSX file one piece at a time, so that nothing in it can fill the memory."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Final
from xml.parsers import expat

from bekwaam.frameworks.exchange.sheets.book import MAX_UNPACKED, Unreadable
from bekwaam.wording import N_

_PIECE: Final = 1 << 16
_DIRECTORY: Final = 1_000_000
# The longest piece that is no text: a tag with its attributes, a comment. The parser goes through it anew
# with everything that is fed to it, so that an endless one would take hours.
_LONGEST_TAG: Final = 1_000_000
_BROKEN: Final = N_(
    "This file is damaged: it starts as a spreadsheet, but cannot be read. Save it anew and try again."
)
_TOO_LARGE: Final = N_(
    "This file is small, but unpacks to more than {limit} MB. It is not opened. Save a smaller one."
)
_ODS: Final = N_("This is a file of LibreOffice (.ods). Save it as .xlsx (Excel 2007-365) and try again.")
_BINARY: Final = N_("This is a file in another form of Excel (.xlsb). Save it as .xlsx and try again.")
_NO_SHEET: Final = N_("This is not a spreadsheet. Save it from your spreadsheet program as .xlsx or .csv.")

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Chars = Callable[[str], None]


class _Forbidden(Exception):
    """The part declares a document type, and with it perhaps entities."""


class Parts:
    """The parts of one file. Reading them raises Unreadable where that cannot or may not be."""

    def __init__(self, data: bytes) -> None:
        self._left = MAX_UNPACKED
        at = data.rfind(b"PK\x05\x06")
        if at < 0 or len(data) < at + 22:
            raise Unreadable("damaged", _BROKEN)
        if struct.unpack_from("<I", data, at + 12)[0] > _DIRECTORY:
            raise Unreadable("too_large", _TOO_LARGE, limit=MAX_UNPACKED // 1_000_000)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise Unreadable("damaged", _BROKEN) from error
        self.names: Final = frozenset(self._zip.namelist())
        self._refuse_other_forms()

    def _refuse_other_forms(self) -> None:
        if "xl/workbook.bin" in self.names:
            raise Unreadable("other_excel", _BINARY)
        if "mimetype" in self.names and b"opendocument.spreadsheet" in self._start("mimetype"):
            raise Unreadable("open_document", _ODS)
        if "[Content_Types].xml" not in self.names or not any(n.startswith("xl/") for n in self.names):
            raise Unreadable("not_a_spreadsheet", _NO_SHEET)

    def _start(self, name: str) -> bytes:
        try:
            with self._zip.open(name) as part:
                return part.read(200)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError, OSError):
            return b""

    def read(self, name: str, start: Start, end: End | None = None, chars: Chars | None = None) -> None:
        """Go through a part; the names that are handed over are without their namespace."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        local: dict[str, str] = {}

        def started(tag: str, attributes: dict[str, str]) -> None:
            start(local.get(tag) or local.setdefault(tag, tag.rsplit(" ", 1)[-1]), attributes)

        def ended(tag: str) -> None:
            if end is not None:
                end(local.get(tag) or local.setdefault(tag, tag.rsplit(" ", 1)[-1]))

        parser.StartElementHandler = started
        parser.EndElementHandler = ended
        parser.CharacterDataHandler = chars
        parser.StartDoctypeDeclHandler = _refuse
        self._feed(name, parser)

    def _feed(self, name: str, parser: expat.XMLParserType) -> None:
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                message = N_("This file is locked with a password. Save it without one and try again.")
                raise Unreadable("encrypted", message)
            self._left -= info.file_size
            if self._left < 0:
                raise Unreadable("too_large", _TOO_LARGE, limit=MAX_UNPACKED // 1_000_000)
            with self._zip.open(info) as part:
                # Never more than the directory says: zipfile stops there by itself.
                fed = 0
                while piece := part.read(_PIECE):
                    parser.Parse(piece, False)
                    fed += len(piece)
                    if fed - max(parser.CurrentByteIndex, 0) > _LONGEST_TAG:
                        raise Unreadable("damaged", _BROKEN)
            parser.Parse(b"", True)
        except (KeyError, expat.ExpatError, _Forbidden) as error:
            raise Unreadable("damaged", _BROKEN) from error
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError) as error:
            raise Unreadable("damaged", _BROKEN) from error
        except (OSError, ValueError, OverflowError) as error:
            raise Unreadable("damaged", _BROKEN) from error

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to within this file: by id the kind of thing and the name of its part."""
        folder, base = posixpath.split(name)
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, attributes.get("Target", "")))
                kind = attributes.get("Type", "").rsplit("/", 1)[-1]
                found[attributes.get("Id", "")] = (kind, target.lstrip("/"))

        references = posixpath.join(folder, "_rels", base + ".rels")
        if references in self.names:
            self.read(references, start)
        return found


def _refuse(*declared: object) -> None:
    raise _Forbidden
