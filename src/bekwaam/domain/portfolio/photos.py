"""Takes out of a photo what it tells beside the picture: where and when it was taken, with which device.

The picture itself is left as it is, byte for byte; nothing is drawn anew. Only how the camera was held
stays, for otherwise a photo would lie on its side. What is not a whole picture raises :class:`Broken`.

JPEG: ISO/IEC 10918-1 (markers) and Exif 2.3 (orientation). PNG: the W3C's PNG specification (chunks).
WebP: Google's container specification (RIFF chunks, and the flags that announce them).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final


class Broken(ValueError):
    """The file is not a whole picture of its kind."""


def without_metadata(media_type: str, content: bytes) -> bytes:
    """Return a picture without what it tells beside itself. Other kinds of file come back as they are."""
    match media_type:
        case "image/jpeg":
            return _jpeg(content)
        case "image/png":
            return _png(content)
        case "image/webp":
            return _webp(content)
    return content


_SOS, _EOI, _APP0, _APP1, _APP2, _APP14, _APP15, _COM = 0xDA, 0xD9, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_EXIF: Final = b"Exif\x00\x00"
_COLOURS: Final = b"ICC_PROFILE\x00"
_ORIENTATION: Final = 0x0112
_UPRIGHT: Final = 1


def _jpeg(content: bytes) -> bytes:
    """Keep what the picture needs: tables, scans, colour profile, Adobe's mark. Stop at its end.

    What stands after the end goes too: telephones put further pictures there, with details of their own.
    """
    kept, orientation = [b"\xff\xd8"], _UPRIGHT
    for marker, part in _segments(content):
        if marker == _APP1 and part[4:].startswith(_EXIF):
            orientation = _orientation(part[4 + len(_EXIF) :])
        elif not _tells(marker, part):
            kept.append(part)
    if orientation != _UPRIGHT:
        kept.insert(2 if kept[1][1] == _APP0 else 1, _only_orientation(orientation))
    return b"".join(kept)


def _tells(marker: int, part: bytes) -> bool:
    if marker in (_APP0, _APP14):
        return False
    if marker == _APP2:
        return not part[4:].startswith(_COLOURS)
    return marker == _COM or _APP1 <= marker <= _APP15


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the parts of a JPEG by marker, each scan with its data, the end of the picture last."""
    at = 2
    while True:
        if len(content) < at + 2 or content[at] != 0xFF:
            raise Broken
        marker = content[at + 1]
        if marker == 0xFF:  # a filler
            at += 1
            continue
        if marker == _EOI:
            yield marker, content[at : at + 2]
            return
        if len(content) < at + 4:
            raise Broken
        end = at + 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
        if marker == _SOS:
            end = _end_of_scan(content, end)
        if end > len(content) or end < at + 4:
            raise Broken
        yield marker, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where the next marker stands; within a scan, FF00 is a byte and FFD0-FFD7 are restarts."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise Broken
        following = content[at + 1]
        if following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        elif following == 0xFF:
            at += 1
        else:
            return at


def _orientation(tiff: bytes) -> int:
    """Return how the camera was held, from 1 to 8; 1 where it is not said, or not readably."""
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        at = struct.unpack(order + "I", tiff[4:8])[0]
        (count,) = struct.unpack(order + "H", tiff[at : at + 2])
        for entry in range(at + 2, at + 2 + 12 * count, 12):
            tag, _kind, _number, value = struct.unpack(order + "HHIH", tiff[entry : entry + 10])
            if tag == _ORIENTATION and 1 <= value <= 8:
                return int(value)
    except (KeyError, struct.error):
        pass
    return _UPRIGHT


def _only_orientation(orientation: int) -> bytes:
    tiff = b"MM\x00\x2a\x00\x00\x00\x08\x00\x01" + struct.pack(">HHIHH", _ORIENTATION, 3, 1, orientation, 0)
    body = _EXIF + tiff + b"\x00\x00\x00\x00"
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


_PNG_START: Final = b"\x89PNG\r\n\x1a\n"
_PNG_TELLS: Final = (b"tEXt", b"zTXt", b"iTXt", b"tIME")


def _png(content: bytes) -> bytes:
    """Leave out texts and times, and of Exif all but how the camera was held; stop at the end."""
    kept, at = [_PNG_START], len(_PNG_START)
    while True:
        head = content[at : at + 8]
        if len(head) < 8:
            raise Broken
        length, name = struct.unpack(">I4s", head)
        chunk = content[at : at + length + 12]
        if len(chunk) < length + 12:
            raise Broken
        if name == b"eXIf":
            orientation = _orientation(chunk[8:-4])
            if orientation != _UPRIGHT:
                kept.append(_chunk(b"eXIf", _only_orientation(orientation)[4 + len(_EXIF) :]))
        elif name not in _PNG_TELLS:
            kept.append(chunk)
        if name == b"IEND":
            return b"".join(kept)
        at += length + 12


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


_WEBP_HAS_EXIF, _WEBP_HAS_XMP = 0x08, 0x04


def _webp(content: bytes) -> bytes:
    """Leave out XMP, and of Exif all but how the camera was held; the flags follow."""
    end = 8 + struct.unpack("<I", content[4:8])[0] if len(content) >= 12 else 0
    if end > len(content) or end < 12:
        raise Broken
    kept: list[bytes] = []
    at, exif = 12, b""
    while at < end:
        if end < at + 8:
            raise Broken
        name, length = struct.unpack("<4sI", content[at : at + 8])
        following = at + 8 + length + length % 2
        if following > end:
            raise Broken
        body = content[at + 8 : at + 8 + length]
        if name == b"EXIF":
            orientation = _orientation(body.removeprefix(_EXIF))
            if orientation != _UPRIGHT:
                exif = _only_orientation(orientation)[4 + len(_EXIF) :]
        elif name != b"XMP ":
            kept.append(content[at:following])
        at = following
    if exif:
        kept.append(b"EXIF" + struct.pack("<I", len(exif)) + exif + b"\x00" * (len(exif) % 2))
    if kept and kept[0][:4] == b"VP8X" and len(kept[0]) > 8:
        flags = kept[0][8] & ~(_WEBP_HAS_EXIF | _WEBP_HAS_XMP) | (_WEBP_HAS_EXIF if exif else 0)
        kept[0] = kept[0][:8] + bytes([flags]) + kept[0][9:]
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
