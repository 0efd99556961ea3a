"""Dossiers with stories that were told before, here and elsewhere."""

from __future__ import annotations

from datetime import date

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.portfolio.evidence import EvidenceKind
from bekwaam.domain.procedures.scope import Purpose
from bekwaam.services.accounts.people import register_person
from bekwaam.services.portfolio.evidence import EvidenceInput, add_evidence
from bekwaam.services.portfolio.handing_in import hand_in
from bekwaam.services.procedures.course import give_consent, start_procedure
from bekwaam.store.models import Person, Procedure
from tests.cast import Cast, Point, fresh
from tests.domain.signs.stories import TEXTS, in_fields


def told(text: str, title: str = "Verhaal", day: date = date(2025, 3, 14)) -> EvidenceInput:
    """Return ``text`` as a STARR story that is tied to a competence."""
    return EvidenceInput(
        kind=EvidenceKind.STORY,
        title=title,
        dated_on=day,
        context="Wijkteam",
        story=in_fields(text),
        ties={"1.1": "Hier doe ik het."},
    )


def with_stories(cast: Cast, who: Person, *texts: str, point: Point = Point.HANDED_IN) -> Procedure:
    """Return a procedure at the cast's provider in which ``who`` handed in these stories."""
    procedure = cast.bring_to(Point.CONSENTED, candidate=who)
    for number, text in enumerate(texts, start=1):
        add_evidence(who, fresh(procedure), told(text, f"Verhaal {number}"))
    return cast.bring_on(procedure, point, since=Point.FILLED)


def elsewhere(cast: Cast, who: Person, *texts: str) -> Procedure:
    """Return a procedure at the other provider in which ``who`` handed in these stories."""
    procedure = start_procedure(
        cast.outsider,
        cast.other_provider,
        candidate_email=who.email,
        candidate_name=who.name,
        standard=cast.standard,
        purpose=Purpose.RECOGNITION,
    )
    give_consent(who, procedure, "nl")
    for text in texts:
        add_evidence(who, fresh(procedure), told(text))
    hand_in(who, fresh(procedure))
    return fresh(procedure)


def other_person(cast: Cast, name: str = "Ander") -> Person:
    """Return somebody else, known at the other provider."""
    email = f"{name.lower()}@example.org"
    return register_person(cast.outsider, cast.other_provider, email, name, (Role.GUIDE,))


ONE, TWO, THREE = (text for text in TEXTS[:3])
