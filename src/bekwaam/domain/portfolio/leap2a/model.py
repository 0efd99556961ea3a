"""A Leap2A portfolio as it was read: entries, what they say, and how they hang together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bekwaam.domain.faults import Fault


class NotReadable(Exception):
    """Nothing can be made of a file; ``fault`` says why, on the field "file"."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class When:
    """A day as somebody wrote it: ``said``, with the first and last day that it can mean, if any."""

    said: str
    first: date | None = None
    last: date | None = None

    @property
    def exact(self) -> bool:
        """Whether it means one day."""
        return self.first is not None and self.first == self.last


@dataclass(frozen=True, slots=True)
class Link:
    """A link of an entry: ``rel`` without its prefix, such as has_part, related or enclosure."""

    rel: str
    href: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``number`` is its place in the file, from 1; texts are plain, with paragraphs and lists.

    ``leap`` is its type in Leap2A (such as activity), ``mahara`` what Mahara calls it (such as blogpost;
    empty elsewhere). ``categories`` maps schemes to terms, ``tags`` are the words its owner gave it.
    """

    number: int
    id: str
    title: str
    leap: str
    mahara: str = ""
    text: str = ""
    summary: str = ""
    source: str = ""
    role: str = ""
    done: bool = False
    published: date | None = None
    dates: Mapping[str, When] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    categories: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Return all that it says: its summary, and its text where that is something else."""
        parts = [part for part in (self.summary, self.text) if part]
        return "\n\n".join(dict.fromkeys(parts))


@dataclass(frozen=True, slots=True)
class Leap:
    """A portfolio: which system wrote it, and its entries in the order of the file."""

    generator: str
    entries: tuple[Entry, ...]
