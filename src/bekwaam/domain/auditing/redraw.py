"""Draws a sample again from its exported file and tells whether everything in it agrees. Pure.

What the file cannot prove by itself is that its two entries stand in the audit chain: for that their hashes
are held against the log, or against a head of the chain that was noted elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from bekwaam.domain.auditing.sampling import criteria_from, draw, fingerprint, list_hash, seed_of, size_of
from bekwaam.domain.events import Event
from bekwaam.trust.chain import link_hash
from bekwaam.wording import N_

FORMAT: Final = "bekwaam-sample/1"


class Point(StrEnum):
    """What is looked at, in this order."""

    ENTRIES = "entries"
    ORDER = "order"
    CRITERIA = "criteria"
    FINGERPRINT = "fingerprint"
    SEED = "seed"
    LIST = "list"
    NUMBER = "number"
    SAMPLE = "sample"


POINT_NAMES: Final[dict[Point, tuple[str, str]]] = {
    Point.ENTRIES: (
        N_("Both entries of the chain carry the hash of their own content."),
        N_("An entry of the chain does not carry the hash of its own content."),
    ),
    Point.ORDER: (
        N_("The announcement stands in the chain before the draw, by the same person."),
        N_("The announcement does not stand before the draw, or somebody else made it."),
    ),
    Point.CRITERIA: (
        N_("What was drawn from is what was announced."),
        N_("What was drawn from is not what was announced."),
    ),
    Point.FINGERPRINT: (
        N_("The program's half is the one that was announced."),
        N_("The program's half is not the one that was announced."),
    ),
    Point.SEED: (
        N_("The seed follows from both halves."),
        N_("The seed does not follow from both halves."),
    ),
    Point.LIST: (
        N_("The list is the one of which the hash stands in the chain."),
        N_("The list is not the one of which the hash stands in the chain."),
    ),
    Point.NUMBER: (
        N_("As many were drawn as was announced."),
        N_("Another number was drawn than was announced."),
    ),
    Point.SAMPLE: (
        N_("Drawn again, the same dossiers come out in the same order."),
        N_("Drawn again, other dossiers come out."),
    ),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and whether it agrees."""

    point: Point
    good: bool

    @property
    def message(self) -> str:
        """Return what was found as an English msgid."""
        return POINT_NAMES[self.point][0 if self.good else 1]


@dataclass(frozen=True, slots=True)
class Redrawn:
    """The sample as drawn again, with what was looked at."""

    drawn: tuple[str, ...]
    checks: tuple[Check, ...]

    @property
    def good(self) -> bool:
        """Tell whether everything agrees."""
        return all(check.good for check in self.checks)


def redraw(exported: Mapping[str, Any]) -> Redrawn:
    """Draw the sample of an exported file again and look at all that can be checked without a database.

    Raises ValueError for what is no such file.
    """
    try:
        return _redraw(exported)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(str(error)) from error


def _redraw(exported: Mapping[str, Any]) -> Redrawn:
    if exported["format"] != FORMAT:
        raise ValueError("format")
    announced, done = exported["entries"]["announced"], exported["entries"]["drawn"]
    told, found = announced["payload"], done["payload"]
    refs = [str(ref) for ref in exported["list"]]
    criteria = criteria_from(exported["criteria"])
    seed = seed_of(exported["program_half"], exported["own_half"])
    wanted = draw(seed, refs, size_of(criteria, len(set(refs))))
    digest = list_hash(refs)
    checks = {
        Point.ENTRIES: _carries_its_hash(announced) and _carries_its_hash(done),
        Point.ORDER: _in_order(announced, done),
        Point.CRITERIA: told["criteria"] == exported["criteria"] == criteria.plain(),
        Point.FINGERPRINT: fingerprint(exported["program_half"]) == told["fingerprint"]
        and found["program_half"] == exported["program_half"],
        Point.SEED: seed == found["seed"] == exported["seed"],
        Point.LIST: digest == found["list_sha256"] == exported["list_sha256"]
        and len(refs) == len(set(refs)) == found["total"],
        Point.NUMBER: len(found["drawn"]) == len(wanted),
        Point.SAMPLE: list(wanted) == found["drawn"] == exported["sample"],
    }
    return Redrawn(wanted, tuple(Check(point, bool(checks[point])) for point in Point))


def _carries_its_hash(entry: Mapping[str, Any]) -> bool:
    names = ("sequence", "at", "actor", "code", "subject", "payload", "previous")
    return str(entry["hash"]) == link_hash(**{name: entry[name] for name in names})


def _in_order(announced: Mapping[str, Any], done: Mapping[str, Any]) -> bool:
    codes = (announced["code"], done["code"])
    same = all(announced[key] == done[key] for key in ("actor", "subject"))
    named = announced["payload"]["sample"] == done["payload"]["sample"]
    later = announced["sequence"] < done["sequence"] and announced["at"] <= done["at"]
    return codes == (Event.SAMPLE_ANNOUNCED.value, Event.SAMPLE_DRAWN.value) and same and named and later
