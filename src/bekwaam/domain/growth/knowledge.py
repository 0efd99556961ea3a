"""What somebody knows of the body of knowledge, and when they look whether that still holds. Pure.

The body of knowledge is that of 000 annex 3 (six fields of knowledge) and 001 §6 (three kinds); other
frameworks with items of these kinds work the same. What somebody says of it is their own word at one moment,
beside their self-assessment and never mixed with it. Nobody has to know everything (000 annex 3), so nothing
is added up to a score. Terms after which to look again are proposals (:mod:`bekwaam.frameworks.review_term`).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bekwaam.domain.days import check_year
from bekwaam.domain.faults import Fault
from bekwaam.frameworks.model import Framework, Item
from bekwaam.frameworks.review_term import ReviewTerm
from bekwaam.wording import N_

KINDS: Final = ("knowledge_item", "knowledge_element")
SOON: Final = timedelta(days=30)
MAX_WHERE: Final = 2_000

_UNKNOWN: Final = N_("Choose how well you know this.")
_TOO_LONG: Final = N_("This is too long: 2,000 characters is the most.")
_PAST: Final = N_("This day has passed. Choose a day that is still to come, or leave it open.")


class Known(StrEnum):
    """How well somebody says that they know something."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


KNOWN_NAMES: Final[dict[Known, str]] = {
    Known.YES: N_("I know this"),
    Known.PARTLY: N_("I know part of this"),
    Known.NO: N_("I do not know this yet"),
}


class Fresh(StrEnum):
    """How the day stands on which somebody looks again whether what they know still holds."""

    NO_DAY = "no_day"
    FRESH = "fresh"
    SOON = "soon"
    PAST = "past"


FRESH_NAMES: Final[dict[Fresh, str]] = {
    Fresh.NO_DAY: N_("no day to look again"),
    Fresh.FRESH: N_("up to date"),
    Fresh.SOON: N_("look again soon"),
    Fresh.PAST: N_("out of date"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody last said of one item; ``known`` is None where they said nothing."""

    known: Known | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class State:
    """How one item stands on a day."""

    code: str
    known: Known | None
    fresh: Fresh
    review_on: date | None

    @property
    def said(self) -> bool:
        """Tell whether anything was said of it."""
        return self.known is not None


@dataclass(frozen=True, slots=True)
class Sum:
    """How many items of one field or kind of knowledge are known, and how many are to be looked at again.

    ``code`` is that of what they lie in, empty for items that lie in nothing. An item that is out of date
    counts among those that are known as well: that it is old does not mean that it is forgotten.
    """

    code: str
    yes: int
    partly: int
    no: int
    nothing: int
    past: int
    soon: int

    @property
    def total(self) -> int:
        """Return how many items there are."""
        return self.yes + self.partly + self.no + self.nothing


def knowledge_items(framework: Framework) -> tuple[Item, ...]:
    """Return the items of knowledge of a framework, in the order of the document; none where it has none."""
    return tuple(item for item in framework.items if item.kind in KINDS)


def fresh_of(review_on: date | None, today: date) -> Fresh:
    """Return how a day to look again stands: past from the day after it, soon in the thirty days before."""
    if review_on is None:
        return Fresh.NO_DAY
    if review_on < today:
        return Fresh.PAST
    return Fresh.SOON if review_on <= today + SOON else Fresh.FRESH


def states(framework: Framework, notes: Mapping[str, Note], today: date) -> tuple[State, ...]:
    """Return how every item stands, in the order of the document."""
    return tuple(
        state_of(item.code, notes.get(item.code, Note()), today) for item in knowledge_items(framework)
    )


def state_of(code: str, note: Note, today: date) -> State:
    """Return how one item stands. What is not known cannot be out of date."""
    if note.known is None or note.known is Known.NO:
        return State(code, note.known, Fresh.NO_DAY, None)
    return State(code, note.known, fresh_of(note.review_on, today), note.review_on)


def field_of(framework: Framework, code: str) -> str:
    """Return the code of the field or kind in which an item lies; empty where it lies in nothing."""
    return framework.by_code[code].parent or ""


def sums(framework: Framework, found: Iterable[State]) -> tuple[Sum, ...]:
    """Return the sums by field and kind, in the order in which these first stand in ``found``."""
    gathered: dict[str, list[State]] = {}
    for state in found:
        gathered.setdefault(field_of(framework, state.code), []).append(state)
    return tuple(_sum(code, inside) for code, inside in gathered.items())


def _sum(code: str, inside: list[State]) -> Sum:
    known = [state.known for state in inside]
    fresh = [state.fresh for state in inside]
    return Sum(
        code=code,
        yes=known.count(Known.YES),
        partly=known.count(Known.PARTLY),
        no=known.count(Known.NO),
        nothing=known.count(None),
        past=fresh.count(Fresh.PAST),
        soon=fresh.count(Fresh.SOON),
    )


def first_to_look(found: Iterable[State]) -> tuple[State, ...]:
    """Return what to look at first: what is out of date, the longest ago on top, then what is near."""
    due = [state for state in found if state.fresh in (Fresh.PAST, Fresh.SOON) and state.review_on]
    return tuple(sorted(due, key=lambda state: state.review_on or date.max))


def proposed(term: ReviewTerm, today: date, stood: date | None = None) -> date:
    """Return the day that a term proposes to look again, always after ``today``.

    ``stood`` is the day that stood there. Where that is near, the new one comes after it: who looks in
    December whether a law of 1 January still holds has looked at that day already.
    """
    if not term.days:
        return _months_later(today, term.months)
    after = stood if stood is not None and fresh_of(stood, today) is Fresh.SOON else today
    days = (date(year, month, day) for year in (after.year, after.year + 1) for month, day in term.days)
    return next(day for day in days if day > after)


def _months_later(today: date, months: int) -> date:
    years, month = divmod(today.month - 1 + months, 12)
    year, month = today.year + years, month + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def check_note(
    known: str, where: str, review_on: date | None, today: date, *, stood: date | None = None
) -> tuple[Fault, ...]:
    """Return what is wrong with what somebody says of an item; a day that ``stood`` there may have passed."""
    faults = [] if known in list(Known) else [Fault("known", "unknown", _UNKNOWN)]
    if len(where) > MAX_WHERE:
        faults.append(Fault("where", "too_long", _TOO_LONG))
    if review_on is not None and review_on != stood:
        past = (Fault("review_on", "past", _PAST),)
        faults += past if review_on < today else check_year("review_on", review_on, today)
    return tuple(faults)
