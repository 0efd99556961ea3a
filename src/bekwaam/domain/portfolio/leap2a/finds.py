"""What a portfolio of another system turns out to hold: pieces that can come along, and what cannot."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from urllib.parse import unquote

from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.portfolio.leap2a.model import Entry
from bekwaam.wording import say

_SCHEME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_COUNTED: Final = re.compile(r"^\d+-(?=.)")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the export: where it is in it, and what it is called."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Find:
    """A piece that can come along. ``key`` names it within its export.

    ``texts`` holds fields of its kind; those that nobody filled in elsewhere are not in it.
    """

    key: str
    kind: EvidenceKind
    title: str
    texts: Mapping[str, str]
    dated_on: date | None = None
    until: date | None = None
    file: FoundFile | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """Something that does not come along, and why."""

    title: str
    reason: str
    message: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Return why, in ``language``."""
        return say(language, self.message, **self.values)


@dataclass(frozen=True, slots=True)
class Sorted:
    """A portfolio sorted, in the order of its export."""

    finds: tuple[Find, ...]
    left: tuple[Left, ...]


def is_web(href: str) -> bool:
    """Tell whether an address is one of the web."""
    return href.lower().startswith(("http://", "https://"))


def is_outside(href: str) -> bool:
    """Tell whether an address points anywhere but to a file of the export itself."""
    path = unquote(path_of(href))
    return bool(_SCHEME.match(href)) or path.startswith("/") or ".." in path.split("/") or "\x00" in path


def path_of(href: str) -> str:
    """Return the address of a file of the export as a path in it."""
    return href.replace("\\", "/").removeprefix("./")


def file_name(path: str, entry: Entry) -> str:
    """Return what a file is called: as its owner named it, or as the export did without its number.

    Mahara puts a number before every name, so that two of the same name do not get in each other's way.
    """
    written = unquote(path).rpartition("/")[2]
    bare = _COUNTED.sub("", written)
    ending = bare.rpartition(".")[2].lower()
    title = entry.title.replace("/", "_")
    return title if title.lower().endswith(f".{ending}") else bare
