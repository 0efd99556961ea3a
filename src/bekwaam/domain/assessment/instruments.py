"""The instruments of a procedure: interview, workplace observation and practical test, as held.

A second instrument beside the portfolio is used in every procedure unless a provider's settings say
otherwise (design, *Field rules*). How identity was checked is recorded; a number of a document never is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bekwaam.domain.assessment.findings import SECOND_INSTRUMENTS, InstrumentKind
from bekwaam.wording import N_


class IdentityCheck(StrEnum):
    """How the candidate's identity was checked."""

    PASSPORT = "passport"
    IDENTITY_CARD = "identity_card"
    DRIVING_LICENCE = "driving_licence"
    RESIDENCE_PERMIT = "residence_permit"
    KNOWN = "known"


IDENTITY_NAMES: Final[dict[IdentityCheck, str]] = {
    IdentityCheck.PASSPORT: N_("Passport shown"),
    IdentityCheck.IDENTITY_CARD: N_("Identity card shown"),
    IdentityCheck.DRIVING_LICENCE: N_("Driving licence shown"),
    IdentityCheck.RESIDENCE_PERMIT: N_("Residence permit shown"),
    IdentityCheck.KNOWN: N_("Confirmed by a colleague or manager on the spot"),
}


class SessionField(StrEnum):
    """What is recorded of a session."""

    DATE = "date"
    PLACE = "place"
    PRESENT = "present"
    IDENTITY = "identity"
    IDENTITY_BY = "identity_by"


@dataclass(frozen=True, slots=True)
class Session:
    """One interview, observation or test that was held. ``present`` says who took part.

    ``identity_on`` is filled in where identity was checked on another day.
    """

    ref: str
    kind: InstrumentKind
    held_on: date | None
    place: str
    present: str
    identity: IdentityCheck | None
    identity_by: str
    identity_on: date | None = None

    def missing_fields(self) -> tuple[SessionField, ...]:
        """Return what was not recorded; a session with gaps does not count as held."""
        filled = {
            SessionField.DATE: self.held_on is not None,
            SessionField.PLACE: bool(self.place.strip()),
            SessionField.PRESENT: bool(self.present.strip()),
            SessionField.IDENTITY: self.identity is not None,
            SessionField.IDENTITY_BY: bool(self.identity_by.strip()),
        }
        return tuple(field for field, present in filled.items() if not present)


class InstrumentRule(StrEnum):
    """Which second instruments a provider asks for beside the portfolio."""

    ANY = "any"
    THESE = "these"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class InstrumentsAsked:
    """What has to be held before an outcome: one of the three, each of ``kinds``, or nothing.

    ``reason`` says why a provider does without.
    """

    rule: InstrumentRule = InstrumentRule.ANY
    kinds: tuple[InstrumentKind, ...] = ()
    reason: str = ""

    def lacks_any(self, sessions: tuple[Session, ...]) -> bool:
        """Tell whether one of the three is asked and none was held and fully recorded."""
        return self.rule is InstrumentRule.ANY and not _held(sessions)

    def lacking(self, sessions: tuple[Session, ...]) -> tuple[InstrumentKind, ...]:
        """Return the particular instruments that are asked and were not held and fully recorded."""
        if self.rule is not InstrumentRule.THESE:
            return ()
        held = _held(sessions)
        return tuple(kind for kind in InstrumentKind if kind in self.kinds and kind not in held)


USUALLY_ASKED: Final = InstrumentsAsked()


def _held(sessions: tuple[Session, ...]) -> frozenset[InstrumentKind]:
    """Return the second instruments that were held and fully recorded."""
    return frozenset(s.kind for s in sessions if s.kind in SECOND_INSTRUMENTS and not s.missing_fields())
