"""Puts what would be enough into sentences, in Dutch and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bekwaam.domain.assessment.whatif import Pick, WhatIf
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_, listed, say

# A sentence with more codes is not read; the page marks the units themselves.
_MOST_CODES: Final = 24


@dataclass(frozen=True, slots=True)
class WayText:
    """One way in sentences: what it takes, and (else empty) that some units serve twice."""

    lines: tuple[str, ...]
    together: str


@dataclass(frozen=True, slots=True)
class WhatIfText:
    """What would be enough: what is said above the ways, and each of the ways."""

    head: str
    ways: tuple[WayText, ...]


def tell_what_if(framework: Framework, told: WhatIf, language: str, most: int = 5) -> WhatIfText:
    """Return the sentences, of at most the ``most`` smallest ways."""
    if told.met:
        return WhatIfText(say(language, "With this the standard is met."), ())
    ways = told.ways[:most]
    if not ways:
        return WhatIfText(say(language, "By this rule nothing would be enough."), ())
    one, several = N_("This would be enough:"), N_("One of these would be enough:")
    head = say(language, one if len(ways) == 1 else several)
    texts = []
    for way in ways:
        lines = tuple(_line(framework, pick, language) for pick in way.picks)
        texts.append(WayText(lines, _together(tuple(way.example), language) if way.overlaps else ""))
    return WhatIfText(head, tuple(texts))


def _together(codes: tuple[str, ...], language: str) -> str:
    named = listed(language, list(codes))
    return say(language, "Some count for more than one part. With {codes} you would be there.", codes=named)


def _line(framework: Framework, pick: Pick, language: str) -> str:
    values = {"number": pick.number, "total": len(pick.units), "codes": _codes(pick, language)}
    if pick.stage:
        values["stage"] = framework.stage_by_code[pick.stage].title[language]
        if len(pick.units) == 1:
            text = say(language, "{codes} at {stage} or higher", **values)
        elif pick.number == len(pick.units):
            text = say(language, "all {number} of these at {stage} or higher: {codes}", **values)
        else:
            text = say(language, "{number} more of these {total} at {stage} or higher: {codes}", **values)
    elif len(pick.units) == 1:
        text = say(language, "{codes} shown as well", **values)
    elif pick.number == len(pick.units):
        text = say(language, "all {number} of these shown as well: {codes}", **values)
    else:
        text = say(language, "{number} more of these {total} shown: {codes}", **values)
    if pick.group:
        group = framework.by_code[pick.group]
        return f"{group.code} {group.name(language)}: {text}"
    return text


def _codes(pick: Pick, language: str) -> str:
    codes = list(pick.codes)
    if len(codes) <= _MOST_CODES:
        return ", ".join(codes)
    shown = ", ".join(codes[:_MOST_CODES])
    return say(language, "{codes} and {number} more", codes=shown, number=len(codes) - _MOST_CODES)
