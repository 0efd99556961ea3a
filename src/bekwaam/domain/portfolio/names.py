"""Whose names a document carries beside its text: who wrote, who changed, which organisation. Pure.

They are told to the owner and left in. Who made something can be what makes it evidence, a signed document
may not be altered, and a name of somebody else can be taken out where it was made. It is a search for the
places where word processors put names, not a reading of the whole document.

Office Open XML: ECMA-376 part 2 (core properties), part 1 (extended properties, comments). OpenDocument 1.3,
part 3 (metadata, annotations). PDF: ISO 32000-2, 14.3 (information dictionary, XMP).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.wording import N_


class NameRole(StrEnum):
    """As what somebody is named."""

    AUTHOR = "author"
    CHANGED = "changed"
    ORGANISATION = "organisation"
    COMMENT = "comment"


ROLE_NAMES: Final[dict[NameRole, str]] = {
    NameRole.AUTHOR: N_("made by"),
    NameRole.CHANGED: N_("last changed by"),
    NameRole.ORGANISATION: N_("organisation or manager"),
    NameRole.COMMENT: N_("comments or changes of"),
}

MOST_NAMES: Final = 10
MAX_NAME: Final = 120
# So much of a member of an office document is looked at, in bytes.
MEMBER_BYTES: Final = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a document, and as what it stands there."""

    role: NameRole
    name: str


def _element(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"<(?:[\w-]+:)?" + name.encode() + rb"(?:\s[^<>]*)?>([^<>]{1,1000})<")


def _attribute(element: str, name: str) -> re.Pattern[bytes]:
    pattern = rb"<(?:[\w-]+:)?%s\s[^<>]*?(?:[\w-]+:)?%s=\"([^\"<>]{1,1000})\""
    return re.compile(pattern % (element.encode(), name.encode()))


_CORE: Final = (
    (NameRole.AUTHOR, _element("creator")),
    (NameRole.CHANGED, _element("lastModifiedBy")),
)
_APP: Final = (
    (NameRole.ORGANISATION, _element("Company")),
    (NameRole.ORGANISATION, _element("Manager")),
)
_META: Final = (
    (NameRole.AUTHOR, _element("initial-creator")),
    (NameRole.CHANGED, _element("creator")),
)
# In which members of a zip-based document names stand.
_MEMBERS: Final[dict[str, tuple[tuple[NameRole, re.Pattern[bytes]], ...]]] = {
    "docProps/core.xml": _CORE,
    "docProps/app.xml": _APP,
    "meta.xml": _META,
    "word/comments.xml": ((NameRole.COMMENT, _attribute("comment", "author")),),
    "word/people.xml": ((NameRole.COMMENT, _attribute("person", "author")),),
    "xl/persons/person.xml": ((NameRole.COMMENT, _attribute("person", "displayName")),),
    "xl/comments1.xml": ((NameRole.COMMENT, _element("author")),),
    "ppt/commentAuthors.xml": ((NameRole.COMMENT, _attribute("cmAuthor", "name")),),
}


def names_in_office(member: Callable[[str], bytes]) -> tuple[Named, ...]:
    """Return whose names a zip-based document carries.

    ``member`` returns the first :data:`MEMBER_BYTES` of a member, empty for one that is not there.
    """
    found = []
    for name, places in _MEMBERS.items():
        content = member(name)
        for role, pattern in places:
            found += [Named(role, _text(text)) for text in pattern.findall(content)]
    return _tidy(found)


def _text(found: bytes) -> str:
    return html.unescape(found.decode("utf-8", errors="replace"))


_LITERAL: Final = rb"\(((?:[^()\\]|\\.){1,1000})\)"
_HEX: Final = rb"<([0-9A-Fa-f\s]{2,2000})>"
_INFO: Final = re.compile(rb"/Author\s*(?:" + _LITERAL + rb"|" + _HEX + rb")", re.DOTALL)
_XMP_AUTHOR: Final = re.compile(rb"<dc:creator[^<>]*>\s*<rdf:Seq>\s*<rdf:li[^<>]*>([^<>]{1,1000})<")
_OVERLAP: Final = 4096


def names_in_pdf(chunks: Iterable[bytes]) -> tuple[Named, ...]:
    """Return whose names a PDF carries, as far as they stand in it readably; it is read once."""
    found: list[Named] = []
    before = b""
    for chunk in chunks:
        window = before + chunk
        if b"/Encrypt" in window:  # what looks like a name is then noise
            return ()
        for literal, coded in _INFO.findall(window):
            raw = _unescaped(literal) if literal else bytes.fromhex(_even(coded))
            found.append(Named(NameRole.AUTHOR, _pdf_text(raw)))
        found += [Named(NameRole.AUTHOR, _text(text)) for text in _XMP_AUTHOR.findall(window)]
        found = list(_tidy(found))
        before = window[-_OVERLAP:]
    return _tidy(found)


def _even(coded: bytes) -> str:
    digits = b"".join(coded.split()).decode("ascii")
    return digits + "0" * (len(digits) % 2)


_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r\n": b""}


def _unescaped(literal: bytes) -> bytes:
    def one(match: re.Match[bytes]) -> bytes:
        code = match[1]
        return bytes([int(code, 8) & 255]) if code.isdigit() else _ESCAPED.get(code, code)

    return _ESCAPE.sub(one, literal)


# PDFDocEncoding (ISO 32000-2, annex D.3) where it differs from Latin-1.
_OWN_CODES: Final = str.maketrans(
    dict(zip(range(0x18, 0x20), "˘ˇˆ˙˝˛˚˜", strict=True))
    | dict(zip(range(0x80, 0x9F), "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž", strict=True))
    | {0xA0: "€"}
)


def _pdf_text(raw: bytes) -> str:
    """Return a text string: UTF-16 or UTF-8 where it says so, and otherwise PDF's own encoding."""
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", errors="replace")
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf-8", errors="replace")
    return raw.decode("latin-1").translate(_OWN_CODES)


def _tidy(found: Iterable[Named]) -> tuple[Named, ...]:
    """Return each name once, without what is unreadable (an encrypted file gives noise) or empty."""
    kept: dict[Named, None] = {}
    for one in found:
        name = " ".join(one.name.split())
        if name and name.isprintable() and "\ufffd" not in name and any(map(str.isalpha, name)):
            kept[Named(one.role, name[:MAX_NAME])] = None
    return tuple(kept)[:MOST_NAMES]
