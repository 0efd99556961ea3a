"""Whether two people work, or worked, for the same employer, by the names that they filled in.

Names are compared without capitals, accents, punctuation and legal forms. What is equal then is one employer:
whoever shares it cannot judge. What is only near (one name inside the other, or a letter apart) is shown to
the coordinator to weigh, for two organisations may well have names that look alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.wording import N_

YEARS_BACK: Final = 5
MOST_EMPLOYERS: Final = 10
LONGEST_NAME: Final = 200
FIRST_YEAR: Final = 1950

_LEGAL: Final = "bv nv vof cv eenmanszaak maatschap holding groep group stichting st vereniging ver ltd gmbh"
_OTHER: Final = "inc cooperatie coop ua wa ba gemeente gem provincie foundation the de het een"
_FORMS: Final = frozenset(f"{_LEGAL} {_OTHER}".split())
_DOTTED: Final = re.compile(r"\b(?:[a-z]\.){2,}")
_NEAR_ENOUGH: Final = 0.86
_SHORTEST_NEAR: Final = 4


class Likeness(StrEnum):
    """How much two names of employers are alike."""

    EQUAL = "equal"
    NEAR = "near"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer as somebody named it; ``left_in`` is the year in which they left, None for now."""

    name: str
    left_in: int | None = None

    def counts(self, year: int) -> bool:
        """Tell whether it is of now or of the last five years, seen from ``year``."""
        return self.left_in is None or self.left_in >= year - YEARS_BACK


@dataclass(frozen=True, slots=True)
class Shared:
    """What two people share: the name of an ``equal`` employer, and one that is ``near``; empty for none."""

    equal: str = ""
    near: str = ""


def normalised(name: str) -> str:
    """Return a name in the shape in which names are compared; empty when nothing of it is left.

    A name that is nothing but a legal form keeps it: "De Stichting" is somebody's name too.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = _DOTTED.sub(lambda found: found.group().replace(".", ""), plain + " ")
    plain = plain.replace("&", " en ").replace("'", "").replace("\u2019", "")
    words = re.findall(r"[a-z0-9]+", plain)
    kept = [word for word in words if word not in _FORMS]
    return " ".join(kept or words)


def likeness(one: str, other: str) -> Likeness:
    """Return how much two names are alike; a name without letters or digits is like none."""
    a, b = normalised(one), normalised(other)
    if not a or not b:
        return Likeness.NONE
    if a == b or a.replace(" ", "") == b.replace(" ", ""):
        return Likeness.EQUAL
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) < _SHORTEST_NEAR:
        return Likeness.NONE
    inside = f" {shorter} " in f" {longer} "
    if inside or SequenceMatcher(None, a, b).ratio() >= _NEAR_ENOUGH:
        return Likeness.NEAR
    return Likeness.NONE


def shared(own: Iterable[Employer], others: Iterable[Employer], year: int) -> Shared:
    """Return what two lists of employers share, named as in ``others``; what is long ago does not count."""
    mine = [employer for employer in own if employer.counts(year)]
    theirs = [employer for employer in others if employer.counts(year)]
    found = [(likeness(a.name, b.name), b.name) for a in mine for b in theirs]
    equal = next((name for how, name in found if how is Likeness.EQUAL), "")
    near = next((name for how, name in found if how is Likeness.NEAR), "")
    return Shared(equal, near)


def check_employers(employers: tuple[Employer, ...], today: date) -> tuple[Fault, ...]:
    """Return what is wrong with somebody's list; a fault names its row, as "name_0" or "left_in_0"."""
    faults = []
    for at, employer in enumerate(employers):
        if not normalised(employer.name):
            faults.append(Fault(f"name_{at}", "empty", N_("Fill in the name of the employer.")))
        if len(employer.name) > LONGEST_NAME:
            too_long = N_("This is too long: {limit} characters is the most.")
            faults.append(Fault(f"name_{at}", "too_long", too_long, {"limit": LONGEST_NAME}))
        if employer.left_in is not None and not FIRST_YEAR <= employer.left_in <= today.year:
            message = N_("Fill in the year in which you left, such as {year}.")
            faults.append(Fault(f"left_in_{at}", "out_of_range", message, {"year": today.year}))
    if len(employers) > MOST_EMPLOYERS:
        message = N_("Name at most {most} employers.")
        faults.append(Fault("", "too_many", message, {"most": MOST_EMPLOYERS}))
    return tuple(faults)
