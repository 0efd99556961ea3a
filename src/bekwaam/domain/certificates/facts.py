"""The right to have facts corrected before the certificate is issued.

After the decision and before issuing, the candidate sees the draft of the certificate. Within a term they
may say that its facts are right, or ask for one to be corrected: a name, a day, a place, the title of a
piece, or what the text of a finding says. What was judged does not change this way: a stage is not a fact,
and for whoever does not agree with it there is objection. Source for the right itself: GDPR, article 16. The
usual term of seven days is our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bekwaam.domain.assessment.findings import Finding
from bekwaam.domain.assessment.instruments import Session
from bekwaam.domain.faults import Fault
from bekwaam.domain.procedures.states import Need
from bekwaam.wording import N_

LONGEST_WISH: Final = 1000
LONGEST_WHY: Final = 1000
MOST_REQUESTS: Final = 60


class Place(StrEnum):
    """Where on the certificate a fact stands; ``about`` beside it says of which session, piece or unit."""

    CANDIDATE = "candidate"
    PROVIDER_PLACE = "provider_place"
    ASSESSOR = "assessor"
    SESSION_DAY = "session_day"
    SESSION_PLACE = "session_place"
    SESSION_PRESENT = "session_present"
    PIECE_TITLE = "piece_title"
    PIECE_DAY = "piece_day"
    OBSERVED = "observed"
    WHY = "why"


PLACE_NAMES: Final[dict[Place, str]] = {
    Place.CANDIDATE: N_("Name of the candidate"),
    Place.PROVIDER_PLACE: N_("Place of the provider"),
    Place.ASSESSOR: N_("Name of an assessor"),
    Place.SESSION_DAY: N_("Day on which it was held"),
    Place.SESSION_PLACE: N_("Where it was held"),
    Place.SESSION_PRESENT: N_("Who took part"),
    Place.PIECE_TITLE: N_("Title of the evidence"),
    Place.PIECE_DAY: N_("Day of the evidence"),
    Place.OBSERVED: N_("What the assessors saw, heard or read"),
    Place.WHY: N_("Why it suffices or not"),
}

DAYS: Final = frozenset({Place.SESSION_DAY, Place.PIECE_DAY})
# What the assessors wrote: only they put another text in its place, with who and why.
OF_ASSESSORS: Final = frozenset({Place.OBSERVED, Place.WHY})
_LONGEST: Final[Mapping[Place, int]] = {
    Place.SESSION_PRESENT: 500,
    Place.OBSERVED: 20_000,
    Place.WHY: 20_000,
}
_LONGEST_LINE: Final = 200


@dataclass(frozen=True, slots=True)
class Spot:
    """One fact of the certificate: where it stands, and of what (empty for what there is one of)."""

    place: Place
    about: str = ""

    @property
    def key(self) -> str:
        """Return it as one word, for addresses and forms."""
        return f"{self.place}:{self.about}" if self.about else str(self.place)


def spot_of(key: str) -> Spot | None:
    """Return the spot that ``key`` names; None for one that cannot be."""
    place, _, about = key.partition(":")
    return Spot(Place(place), about) if place in set(Place) else None


Corrections = Mapping[Spot, str]


@dataclass(frozen=True, slots=True)
class Fact:
    """What the draft says at one spot; a day is written as 2025-03-14, empty where there is none."""

    spot: Spot
    says: str


def last_day(decided_on: date, days: int) -> date:
    """Return the last day on which the candidate can ask for a correction; it counts whole."""
    return decided_on + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Checking:
    """How far the candidate is with the facts: requests in all and open, whether they said it is right."""

    last_day: date
    confirmed: bool = False
    asked: int = 0
    unanswered: int = 0

    def over(self, today: date) -> bool:
        """Tell whether the term is over."""
        return today > self.last_day

    def may_ask(self, today: date) -> bool:
        """Tell whether a correction can still be asked for."""
        return not self.confirmed and not self.over(today) and self.asked < MOST_REQUESTS

    def needs(self, today: date) -> frozenset[Need]:
        """Return which needs of issuing hold: all answered, and said to be right or the term over."""
        holds = set()
        if not self.unanswered:
            holds.add(Need.FACTS_ANSWERED)
        if self.confirmed or self.over(today):
            holds.add(Need.FACTS_CHECKED)
        return frozenset(holds)


def wish_faults(wanted: str) -> tuple[Fault, ...]:
    """Return what is wrong with the words in which a correction is asked for."""
    if not wanted.strip():
        return (Fault("wanted", "empty", N_("Write down what it should be.")),)
    return _too_long("wanted", wanted, LONGEST_WISH)


def answer_faults(place: Place, *, corrected: bool, text: str, why: str) -> tuple[Fault, ...]:
    """Return what is wrong with an answer.

    A correction needs what it becomes, and a reason where it is the assessors' own text; a refusal needs a
    reason.
    """
    faults: list[Fault] = []
    if corrected:
        faults += _text_faults(place, text)
    if not why.strip() and (not corrected or place in OF_ASSESSORS):
        faults.append(Fault("why", "empty", N_("Write down why, so that the candidate understands it.")))
    return (*faults, *_too_long("why", why, LONGEST_WHY))


def _text_faults(place: Place, text: str) -> tuple[Fault, ...]:
    if not text.strip():
        return (Fault("text", "empty", N_("Fill in what the certificate will say.")),)
    if place in DAYS:
        try:
            date.fromisoformat(text.strip())
        except ValueError:
            return (Fault("text", "no_date", N_("Choose a date.")),)
    return _too_long("text", text, _LONGEST.get(place, _LONGEST_LINE))


def _too_long(name: str, text: str, most: int) -> tuple[Fault, ...]:
    if len(text) <= most:
        return ()
    return (
        Fault(name, "too_long", N_("This is too long: {limit} characters is the most."), {"limit": most}),
    )


def corrected_session(session: Session, corrections: Corrections) -> Session:
    """Return a session with what was corrected of it."""
    day = corrections.get(Spot(Place.SESSION_DAY, session.ref))
    return replace(
        session,
        held_on=date.fromisoformat(day) if day else session.held_on,
        place=corrections.get(Spot(Place.SESSION_PLACE, session.ref), session.place),
        present=corrections.get(Spot(Place.SESSION_PRESENT, session.ref), session.present),
    )


def corrected_finding(finding: Finding, corrections: Corrections) -> Finding:
    """Return a finding with the texts that its assessors corrected; its stage and its basis never change."""
    return replace(
        finding,
        observed=corrections.get(Spot(Place.OBSERVED, finding.unit), finding.observed),
        why=corrections.get(Spot(Place.WHY, finding.unit), finding.why),
    )
