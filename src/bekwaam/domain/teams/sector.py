"""Numbers over the organisations that take part, from which no organisation can be read. Pure.

A number of the sector is made of numbers that were shown already, one of each organisation: never of people.
What has to be guarded here is the organisation. So, unit by unit:

* **Five.** There are five organisations or more, and none of them has more than half of the people.
* **Crowds.** Organisations that are in exactly the same of the reports form a crowd, and so do numbers (an
  organisation's own report) that are in exactly the same of them. Each crowd holds three organisations or
  more, none of which has more than half of its people: whoever knows their own number still sees two others
  together. Any adding and taking away of reports gives whole crowds, so never one organisation, and never
  what one organisation's new report changed.
* **Shares.** Told is a share in whole percents, of how many organisations; not of how many people.

An organisation that would stand apart is left out of a unit until more come, go or renew with it. Reports
from before :data:`REMEMBERED` are not looked at any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bekwaam.domain.teams.series import whole_percent
from bekwaam.domain.verdict import ALLOWED, Verdict, refused

FEWEST_TOGETHER: Final = 5
"""Numbers over fewer organisations than this are not made."""
FEWEST_IN_A_CROWD: Final = 3
FRESH: Final = timedelta(days=366)
"""An organisation's own report of longer ago does not count any more."""
REMEMBERED: Final = timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True)
class Part:
    """What one organisation brings to one unit: ``at`` of its ``people`` are at what is asked or above.

    ``report`` is which of its own reports says so.
    """

    organisation: str
    report: str
    people: int
    at: int


@dataclass(frozen=True, slots=True)
class SectorUnit:
    """One unit over organisations; never empty. Which these are stays inside the system."""

    unit: str
    parts: tuple[Part, ...]

    @property
    def percent(self) -> int:
        """Return how many of all people are at what is asked or above, in whole percents."""
        return whole_percent(sum(part.at for part in self.parts), sum(part.people for part in self.parts))

    @property
    def organisations(self) -> int:
        """Return over how many organisations it is."""
        return len(self.parts)


SectorNumbers = tuple[SectorUnit, ...]


def may_make(last: date | None, today: date) -> Verdict:
    """Tell whether a next report may be made: at most one a quarter of the year."""
    if last is not None and quarter(last) == quarter(today):
        return refused("this_quarter", "There is a report of this quarter already.")
    return ALLOWED


def quarter(day: date) -> tuple[int, int]:
    """Return the year and the quarter (1 to 4) that a day lies in."""
    return day.year, (day.month + 2) // 3


def sector(units: Mapping[str, Sequence[Part]], earlier: Iterable[SectorNumbers]) -> SectorNumbers:
    """Return what may be shown beside ``earlier`` reports, unit by unit; empty where that is nothing.

    Raises ValueError where an organisation brings two numbers to one unit, or one about nobody.
    """
    before: dict[str, list[tuple[Part, ...]]] = {}
    for numbers in earlier:
        for one in numbers:
            before.setdefault(one.unit, []).append(one.parts)
    found = []
    for unit, parts in units.items():
        if len({part.organisation for part in parts}) < len(parts):
            raise ValueError("an organisation brings two numbers to one unit")
        if any(part.people <= 0 for part in parts):
            raise ValueError("a number about nobody")
        chosen = together(parts, before.get(unit, ()))
        if chosen:
            found.append(SectorUnit(unit, chosen))
    return tuple(found)


def together(parts: Sequence[Part], before: Sequence[Sequence[Part]]) -> tuple[Part, ...]:
    """Return which of ``parts`` may be shown as one number beside those over ``before``; perhaps none."""
    chosen = {part.organisation: part for part in parts}
    while chosen:
        apart = _apart(chosen, before)
        if not apart:
            break
        for organisation in apart:
            del chosen[organisation]
    if len(chosen) < FEWEST_TOGETHER or _largest(list(chosen.values())) is not None:
        return ()
    return tuple(part for part in parts if part.organisation in chosen)


def _apart(chosen: Mapping[str, Part], before: Sequence[Sequence[Part]]) -> frozenset[str]:
    """Return organisations that have to be left out because a crowd is too small; empty where none is."""
    sets = [*before, tuple(chosen.values())]
    for by_report in (False, True):
        crowds = _crowds(sets, by_report)
        for seen, crowd in crowds.items():
            names = frozenset(part.organisation for part in crowd)
            largest = _largest(crowd)
            if len(crowd) >= FEWEST_IN_A_CROWD and largest is None:
                continue
            if len(before) in seen:  # it is in the new number itself
                return frozenset({largest.organisation}) if _spares(crowd, largest) and largest else names
            # It was left behind by those with whom it was in all numbers before: they wait for it.
            rest = crowds.get((*seen, len(before)), [])
            if rest:
                return frozenset(part.organisation for part in rest)
    return frozenset()


def _crowds(sets: Sequence[Sequence[Part]], by_report: bool) -> dict[tuple[int, ...], list[Part]]:
    """Return what is in exactly the same of ``sets``, organisations or their reports, by which these are.

    An organisation stands there with the newest number it brought.
    """
    signatures: dict[tuple[str, str], list[int]] = {}
    newest: dict[tuple[str, str], Part] = {}
    for place, parts in enumerate(sets):
        for part in parts:
            key = (part.organisation, part.report if by_report else "")
            signatures.setdefault(key, []).append(place)
            newest[key] = part
    crowds: dict[tuple[int, ...], list[Part]] = {}
    for key, places in signatures.items():
        crowds.setdefault(tuple(places), []).append(newest[key])
    return crowds


def _largest(parts: Sequence[Part]) -> Part | None:
    """Return the part with more than half of the people; None where none has."""
    half = sum(part.people for part in parts) / 2
    return next((part for part in parts if part.people > half), None)


def _spares(crowd: Sequence[Part], largest: Part | None) -> bool:
    """Tell whether the others of a crowd are enough without the one that is too large."""
    return largest is not None and len(crowd) > FEWEST_IN_A_CROWD
