"""Which files may be handed in, told by their content and not by their name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.wording import N_

MAX_BYTES: Final = 100 * 1024 * 1024
HEAD_BYTES: Final = 4096

# Bytes that must stand at a place, all of them: one way in which a kind of file begins.
Mark = tuple[tuple[int, bytes], ...]


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file: the names it goes by, its media type, and how its content is told.

    It begins as one of ``marks`` says. ``inside`` names a member that a zip-based file must hold,
    ``early`` bytes that stand somewhere in its head.
    """

    extensions: tuple[str, ...]
    media_type: str
    marks: tuple[Mark, ...]
    inside: str = ""
    early: bytes = b""

    def fits(self, head: bytes, holds: Callable[[str], bool]) -> bool:
        """Tell whether a file with this head is one of this kind."""
        begins = any(all(head[at : at + len(b)] == b for at, b in mark) for mark in self.marks)
        return begins and self.early in head and (not self.inside or holds(self.inside))


def _starts(*beginnings: bytes) -> tuple[Mark, ...]:
    return tuple(((0, beginning),) for beginning in beginnings)


def _brands(*brands: bytes) -> tuple[Mark, ...]:
    """Return the beginnings of files in boxes (ISO base media): the first box names a brand."""
    return tuple(((4, b"ftyp"), (8, brand)) for brand in brands)


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_ZIP = _starts(b"PK\x03\x04")
_MPEG_AUDIO = _starts(b"ID3", b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"\xff\xe3", b"\xff\xe2")
_MP4 = _brands(b"isom", b"iso", b"mp41", b"mp42", b"avc1", b"M4V", b"MSNV", b"dash", b"3gp")
_QUICKTIME = (*_brands(b"qt  "), *(((4, box),) for box in (b"moov", b"mdat", b"wide", b"free")))

FILE_TYPES: Final = (
    FileType(("pdf",), "application/pdf", _starts(b"%PDF-")),
    FileType(("jpg", "jpeg"), "image/jpeg", _starts(b"\xff\xd8\xff")),
    FileType(("png",), "image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    FileType(("webp",), "image/webp", (((0, b"RIFF"), (8, b"WEBP")),)),
    FileType(("docx",), _OFFICE + "wordprocessingml.document", _ZIP, "word/document.xml"),
    FileType(("xlsx",), _OFFICE + "spreadsheetml.sheet", _ZIP, "xl/workbook.xml"),
    FileType(("pptx",), _OFFICE + "presentationml.presentation", _ZIP, "ppt/presentation.xml"),
    FileType(("odt",), _OPEN + "text", _ZIP, "content.xml"),
    FileType(("ods",), _OPEN + "spreadsheet", _ZIP, "content.xml"),
    FileType(("odp",), _OPEN + "presentation", _ZIP, "content.xml"),
    FileType(("mp3",), "audio/mpeg", _MPEG_AUDIO),
    FileType(("m4a",), "audio/mp4", _brands(b"M4A", b"M4B", b"mp42", b"isom")),
    FileType(("wav",), "audio/wav", (((0, b"RIFF"), (8, b"WAVE")),)),
    FileType(("ogg", "oga", "opus"), "audio/ogg", _starts(b"OggS")),
    FileType(("mp4", "m4v"), "video/mp4", _MP4),
    FileType(("mov",), "video/quicktime", _QUICKTIME),
    FileType(("webm",), "video/webm", _starts(b"\x1a\x45\xdf\xa3"), early=b"webm"),
)
EXTENSIONS: Final = tuple(extension for known in FILE_TYPES for extension in known.extensions)
# Photos of some telephones; they say where they were taken, and we cannot take that out of them.
UNCLEANABLE: Final = ("heic", "heif")


def check_upload(
    name: str, size: int, head: bytes, holds: Callable[[str], bool]
) -> tuple[FileType | None, Verdict]:
    """Tell what a received file is and whether it may be used.

    ``head`` is its first :data:`HEAD_BYTES` bytes (or fewer), ``size`` its length in bytes; ``holds``
    tells whether a zip-based file has a member of that name, and is only asked of those.
    """
    if size > MAX_BYTES:
        return None, refused(
            "too_large",
            N_("{name} is {size} MB. A file can be {limit} MB at most. Make it smaller or split it."),
            name=name,
            size=-(-size // (1024 * 1024)),
            limit=MAX_BYTES // (1024 * 1024),
        )
    if size == 0:
        return None, refused("empty", N_("{name} is empty. Choose another file."), name=name)
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if extension in UNCLEANABLE:
        message = N_("{name} may tell where it was taken, and we cannot take that out. Save it as JPEG.")
        return None, refused("uncleanable", message, name=name)
    known = next((t for t in FILE_TYPES if extension in t.extensions), None)
    if known is None:
        return None, refused(
            "unknown_type",
            N_("{name} is of a kind we cannot use. These can: {kinds}."),
            name=name,
            kinds=", ".join(EXTENSIONS),
        )
    if not known.fits(head, holds):
        return None, refused(
            "not_what_it_says",
            N_("{name} ends in .{extension}, but its content is something else. Save it again and retry."),
            name=name,
            extension=extension,
        )
    return known, ALLOWED
