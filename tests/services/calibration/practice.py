"""Practice dossiers for tests."""

from __future__ import annotations

from datetime import timedelta

from bekwaam.domain.calibration.practice import NOT_SHOWN, PracticeInput
from bekwaam.services import clock
from bekwaam.services.calibration.practising import (
    add_piece,
    judge_practice,
    make_practice,
    release_practice,
)
from bekwaam.store.models import Person, PracticeDossier
from tests.cast import Cast

UNITS = ("1.1", "1.2", "1.3")
STAGES = (NOT_SHOWN, "startbekwaam", "vakbekwaam", "vakvolwassen")


def drafted(cast: Cast, title: str = "Oefening", days: int = 7) -> PracticeDossier:
    """Make a practice dossier with one piece, not released yet."""
    closes = clock.today() + timedelta(days=days)
    dossier = make_practice(cast.coordinator, cast.provider, cast.standard, title, closes)
    add_piece(cast.coordinator, cast.provider, dossier.ref, "Verslag", "Een verzonnen verslag.")
    return dossier


def released(cast: Cast, title: str = "Oefening", days: int = 7) -> PracticeDossier:
    """Make a practice dossier and release it on three competences."""
    dossier = drafted(cast, title, days)
    return release_practice(cast.coordinator, cast.provider, dossier.ref, UNITS, read=True)


def given(dossier: PracticeDossier, ranks: str) -> dict[str, PracticeInput]:
    """Return judgements with these ranks, one digit per unit."""
    piece = dossier.pieces.get().ref
    return {
        unit: PracticeInput(STAGES[int(rank)], [piece] if rank != "0" else [], f"Reden bij {unit}")
        for unit, rank in zip(UNITS, ranks, strict=True)
    }


def judged(cast: Cast, dossier: PracticeDossier, *ranks: str) -> None:
    """Let the first assessors judge, each with their own ranks."""
    for assessor, row in zip(cast.assessors, ranks, strict=False):
        judged_by(cast, assessor, dossier, row)


def judged_by(cast: Cast, assessor: Person, dossier: PracticeDossier, ranks: str) -> None:
    """Let somebody judge."""
    judge_practice(assessor, cast.provider, dossier.ref, given(dossier, ranks))
