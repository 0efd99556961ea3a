"""How the entries of a portfolio hang together: what is part of what, who employed, which files belong."""

from __future__ import annotations

from collections.abc import Iterable

from bekwaam.domain.portfolio.leap2a.model import Entry, Leap
from bekwaam.domain.portfolio.leap2a.places import Way, way_of


class Bonds:
    """The entries by their identifiers, and who is tied to whom.

    A tie counts from both ends: Mahara writes most of them twice, other systems once. ``taken`` holds the
    numbers of entries that go along with another one.
    """

    def __init__(self, leap: Leap) -> None:
        self.entries = leap.entries
        self.taken: set[int] = set()
        by_id = {entry.id: entry for entry in reversed(leap.entries) if entry.id}  # the first of a name
        self._near: dict[int, dict[int, Entry]] = {entry.number: {} for entry in leap.entries}
        for entry in leap.entries:
            for link in entry.links:
                other = by_id.get(link.href)
                if other is not None and other.number != entry.number:
                    self._near[entry.number].setdefault(other.number, other)
                    self._near[other.number].setdefault(entry.number, entry)

    def near(self, entry: Entry) -> Iterable[Entry]:
        """Return what an entry is tied to, in the order of the file."""
        found = self._near[entry.number]
        return [found[number] for number in sorted(found)]

    def take(self, entry: Entry, *, leap: str) -> list[Entry]:
        """Return what is tied to an entry and of a type in Leap2A; those go along with it."""
        found = [other for other in self.near(entry) if other.leap == leap]
        self.taken.update(other.number for other in found)
        return found

    def tasks(self, entry: Entry) -> list[Entry]:
        """Return the tasks of a plan; they go along with it."""
        found = [other for other in self.near(entry) if other.mahara == "task"]
        self.taken.update(other.number for other in found)
        return found

    def journal(self, entry: Entry) -> str:
        """Return the name of the journal that an entry is in; empty where it is in none."""
        found = (
            other.title
            for other in self.near(entry)
            if other.mahara == "blog" or other.categories.get("selection_type", "").lower() == "blog"
        )
        return next(found, "")

    def files(self, entry: Entry) -> list[Entry]:
        """Return the files that belong to an entry."""
        return [other for other in self.near(entry) if way_of(other) is Way.FILE]
