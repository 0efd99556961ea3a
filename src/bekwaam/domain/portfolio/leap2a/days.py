"""Days as people and systems write them, in Dutch and English: "2015", "maart 2012", "01/09/2015"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

from bekwaam.domain.portfolio.leap2a.model import When

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[t ].*)?)?$")
_NUMBERS: Final = re.compile(r"(?:(\d{1,2})[-/. ]+)?(\d{1,2})[-/. ]+(\d{4})$")
_NAMED: Final = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th|e)?\.? +)?([a-z]+)\.? +(?:(\d{1,2}),? +)?(\d{4})$")
_YEARS: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "januari", "january"),
            ("feb", "februari", "february"),
            ("mrt", "maa", "mar", "maart", "march"),
            ("apr", "april"),
            ("mei", "may"),
            ("jun", "juni", "june"),
            ("jul", "juli", "july"),
            ("aug", "augustus", "august"),
            ("sep", "sept", "september"),
            ("okt", "oct", "oktober", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}


def when(written: str) -> When:
    """Read a day. What cannot be read, or is no day (31 February), keeps its words only.

    Numbers are read the Dutch way, day before month, unless only the other way gives a day.
    """
    said = " ".join(written.split())
    year, month, day = _parts(said.lower())
    if not year or not 1900 <= year <= 2200:
        return When(said)
    try:
        if day:
            found = date(year, month, day)
            return When(said, found, found)
        if month:
            return When(said, date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return When(said, date(year, 1, 1), date(year, 12, 31))
    except ValueError:  # what calendar raises is one too
        return When(said)


def _parts(said: str) -> tuple[int, int, int]:
    """Return year, month and day, 0 for what is not said."""
    if match := _ISO.match(said):
        return int(match[1]), int(match[2]), int(match[3] or 0)
    if match := _NUMBERS.match(said):
        day, month = int(match[1] or 0), int(match[2])
        return (int(match[3]), day, month) if month > 12 and day else (int(match[3]), month, day)
    if (match := _NAMED.match(said)) and match[2] in _MONTHS:
        return int(match[4]), _MONTHS[match[2]], int(match[1] or match[3] or 0)
    years = set(_YEARS.findall(said))  # "summer 2016" is at least some day of that year
    return (int(years.pop()), 0, 0) if len(years) == 1 else (0, 0, 0)
