"""A portfolio sorted: each entry gets its place, and what gets none is named with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from bekwaam.domain.portfolio.evidence import check_evidence
from bekwaam.domain.portfolio.leap2a.bonds import Bonds
from bekwaam.domain.portfolio.leap2a.finds import Find, Left, Sorted, is_web
from bekwaam.domain.portfolio.leap2a.making import Maker, local_files, outside_files
from bekwaam.domain.portfolio.leap2a.model import Entry, Leap
from bekwaam.domain.portfolio.leap2a.places import LEFT_WHY, Way, way_of
from bekwaam.wording import N_, Language

EMPTY: Final = N_("There is nothing in it: no text and no file.")
_OUTSIDE: Final = N_("It points to something outside the export ({name}). We do not fetch that.")


def sort_leap(leap: Leap, today: date, language: Language) -> Sorted:
    """Give every entry of a portfolio its place. Words that we add are in ``language``."""
    sorter = _Sorter(leap, Maker(Bonds(leap), today, language))
    # What takes others along goes first, so that these are known to be taken by the time of their turn.
    late = {Way.PART, Way.FILE}
    for entry in sorted(leap.entries, key=lambda one: way_of(one) in late):
        sorter.place(entry)
    finds = [find for entry in leap.entries for find in sorter.finds.get(entry.number, [])]
    left = [one for entry in leap.entries for one in sorter.left.get(entry.number, [])]
    return Sorted(tuple(finds), tuple(left))


class _Sorter:
    def __init__(self, leap: Leap, maker: Maker) -> None:
        self.leap, self.maker = leap, maker
        self.finds: dict[int, list[Find]] = {}
        self.left: dict[int, list[Left]] = {}

    def place(self, entry: Entry) -> None:
        way = way_of(entry)
        if entry.number in self.maker.bonds.taken:
            return
        if way in LEFT_WHY:
            self._leave(entry, way.value, LEFT_WHY[way])
            if entry.mahara != "internal":
                return
        for href in outside_files(entry):
            self._leave(entry, "outside", _OUTSIDE, {"name": href[:200]})
        found = self._made(entry, way)
        self.finds[entry.number] = [find for find in found if self._sound(entry, find)]
        heading = way is Way.PART and entry.leap == "selection"
        if not found and not heading and entry.number not in self.left:
            self._leave(entry, "empty", EMPTY)

    def _made(self, entry: Entry, way: Way) -> list[Find]:
        make, files = self.maker, local_files(entry)
        makes = {Way.WORK: make.work, Way.DIPLOMA: make.diploma, Way.PRODUCT: make.product}
        if way in makes:
            return [*makes[way](entry), *make.files(_without_text(entry), files[1:])]
        pages = [link.href for link in entry.links if is_web(link.href) and link.rel != "self"]
        pages = [*filter(is_web, [entry.source]), *pages]
        if way is Way.FILE and files:
            return make.files(entry, files)
        if way is Way.FILE and pages:
            return make.page(entry, pages[0])
        told = make.plan(entry) if way is Way.PLAN else make.text(entry)
        if not entry.said and not (way is Way.PLAN and told):
            told = []  # only what we would put below it ourselves
        return [*told, *(make.files(_without_text(entry), files) if files else [])]

    def _sound(self, entry: Entry, find: Find) -> bool:
        """Tell whether a piece can come in; what is only not filled in yet does not stand in the way."""
        faults = check_evidence(find.kind, find.title, find.texts, has_file=True)
        wrong = [fault for fault in faults if fault.reason != "empty"]
        for fault in wrong[:1]:
            self._leave(entry, fault.reason, fault.message, fault.values)
        return not wrong

    def _leave(
        self, entry: Entry, reason: str, message: str, values: Mapping[str, Any] | None = None
    ) -> None:
        title = entry.title or f"#{entry.number}"
        self.left.setdefault(entry.number, []).append(Left(title, reason, message, values or {}))


def _without_text(entry: Entry) -> Entry:
    """Return an entry as it is for its files, when its text has a piece of its own."""
    return Entry(
        entry.number, entry.id, entry.title, entry.leap, published=entry.published, links=entry.links
    )
