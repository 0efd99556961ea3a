"""What a goal of a team needs. Pure.

A team's goal is the lead's to set; what members read of it is about the team and about nobody in it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.domain.growth.plan import MAX_WORDS, MOST_UNITS, check_by, check_words
from bekwaam.domain.growth.rating import rated_units
from bekwaam.domain.growth.ways import Way
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_

MOST_OPEN: Final = 40
"""How many goals a team has open at once: more than that nobody works on."""


def check_team_goal(
    framework: Framework,
    codes: Collection[str],
    words: str,
    way: str,
    doing: str,
    by: date | None,
    today: date,
    *,
    by_before: date | None = None,
) -> tuple[Fault, ...]:
    """Return what is wrong with a goal of a team; a day that stood there before may have passed.

    The kind of activity may be left open; what no document names has to be told.
    """
    faults = []
    known = {item.code for item in rated_units(framework)}
    if not codes or not set(codes) <= known:
        faults.append(Fault("codes", "unknown", N_("Choose at least one part to work on.")))
    elif len(codes) > MOST_UNITS:
        faults.append(Fault("codes", "many", N_("Choose eight parts at most; the rest can be another goal.")))
    faults += check_words("words", words, N_("Say what the team wants to be able to do."))
    if way and way not in list(Way):
        faults.append(Fault("way", "unknown", N_("Choose what you are going to do.")))
    if way == Way.OTHER or len(doing) > MAX_WORDS:
        faults += check_words("doing", doing, N_("Say what you are going to do."))
    return (*faults, *check_by(by, by_before, today))
