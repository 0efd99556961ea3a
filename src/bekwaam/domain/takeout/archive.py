"""Whether a ZIP file may be opened at all, told from its list of members alone.

Nothing is ever unpacked to a path that the file names. The limits keep a file that is small on the way in
from becoming endless inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.uploads import MAX_BYTES
from bekwaam.domain.takeout.document import DOCUMENT
from bekwaam.domain.takeout.names import is_safe
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.wording import N_

MAX_PACKAGE: Final = 2 * 1024**3
MAX_DOCUMENT: Final = 50 * 1024**2
MAX_MEMBERS: Final = 20_000
# Text packs well, a hundred times at most in practice; what grows more is made to grow.
MAX_GROWTH: Final = 200
_SMALL: Final = 1024**2
_MB: Final = 1024**2
FIELD: Final = "file"

EMPTY: Final = N_("This file is empty. Choose the ZIP file that you took along.")
NO_ZIP: Final = N_("This is no ZIP file, or it was cut off on the way. Choose the file that you took along.")
FOREIGN: Final = N_(
    "This ZIP file has no {name} in it, so it is no portfolio of Bekwaam. Choose the file as you took it "
    "along, without packing it anew."
)
_EVIL: Final = N_('In this ZIP file is something at "{path}", outside its own folder. We do not open it.')
_BOMB: Final = N_("This ZIP file becomes far too big once it is open. We do not open it.")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a ZIP file: what it is called, how big it is (open and packed, in bytes), and how packed."""

    path: str
    size: int
    packed: int
    readable: bool


def check_package(name: str, size: int) -> Verdict:
    """Tell whether a package of this name and size (bytes) may begin to come in."""
    if size == 0:
        return refused("empty", EMPTY)
    if size > MAX_PACKAGE:
        message = N_("{name} is {size} MB. A portfolio can be {limit} MB at most.")
        return refused("too_large", message, name=name, size=-(-size // _MB), limit=MAX_PACKAGE // _MB)
    if not name.lower().endswith(".zip"):
        return refused(
            "not_zip", N_("{name} is no ZIP file. Choose the file that you took along."), name=name
        )
    return ALLOWED


def check_members(members: Sequence[Member]) -> tuple[Fault, ...]:
    """Return why a ZIP file is not opened; nothing when it may be."""
    paths = [member.path for member in members]
    evil = next((path for path in paths if not is_safe(path)), None)
    if evil is not None:
        shown = evil.encode("ascii", "backslashreplace").decode()[:80]
        return (Fault(FIELD, "evil_path", _EVIL, {"path": shown}),)
    if _too_much(members):
        return (Fault(FIELD, "bomb", _BOMB),)
    if len(set(paths)) != len(paths):
        message = N_("In this ZIP file two files have the same name, so we cannot tell which one is meant.")
        return (Fault(FIELD, "twice", message),)
    if DOCUMENT not in paths:
        return (Fault(FIELD, "foreign", FOREIGN, {"name": DOCUMENT}),)
    if any(not member.readable for member in members):
        message = N_("This ZIP file is locked or packed in a way that we do not read. Pack nothing anew.")
        return (Fault(FIELD, "unreadable", message),)
    return ()


def _too_much(members: Sequence[Member]) -> bool:
    if len(members) > MAX_MEMBERS or _total(members) > MAX_PACKAGE + MAX_DOCUMENT:
        return True
    return any(
        member.size > (MAX_DOCUMENT if member.path == DOCUMENT else MAX_BYTES)
        or (member.size > _SMALL and member.size > MAX_GROWTH * max(member.packed, 1))
        for member in members
    )


def _total(members: Iterable[Member]) -> int:
    return sum(member.size for member in members)
