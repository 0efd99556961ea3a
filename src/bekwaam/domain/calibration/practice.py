"""Practice dossiers: what has to be there before one goes out, and who sees what when."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.wording import N_

LONGEST_TITLE: Final = 120
LONGEST_TEXT: Final = 20_000
MOST_PIECES: Final = 12
NOT_SHOWN: Final = "not_shown"


@dataclass(frozen=True, slots=True)
class PracticeInput:
    """What somebody filled in about one unit: the three legs, reduced.

    ``stage`` is a stage's code, ``not_shown``, or empty; ``evidence`` references of pieces.
    """

    stage: str = ""
    evidence: Sequence[str] = ()
    why: str = ""


def check_head(title: str, closes_on: date, today: date) -> tuple[Fault, ...]:
    """Return what is wrong with the title and the closing date."""
    faults = list(_text("title", title, LONGEST_TITLE, N_("Give the dossier a title.")))
    if closes_on <= today:
        faults.append(Fault("closes_on", "past", N_("Choose a day after today.")))
    return tuple(faults)


def check_piece(title: str, text: str, pieces: int) -> tuple[Fault, ...]:
    """Return what is wrong with a piece that is added to ``pieces`` others."""
    faults = list(_text("title", title, LONGEST_TITLE, N_("Give this piece a title.")))
    faults += _text("text", text, LONGEST_TEXT, N_("Write what the assessors are to read."))
    if pieces >= MOST_PIECES:
        faults.append(Fault("title", "many", N_("A practice dossier has at most 12 pieces.")))
    return tuple(faults)


def _text(name: str, text: str, longest: int, empty: str) -> tuple[Fault, ...]:
    if not text.strip():
        return (Fault(name, "empty", empty),)
    if len(text) > longest:
        return (
            Fault(name, "long", N_("This is too long: {most} characters is the most."), {"most": longest}),
        )
    return ()


def check_release(
    pieces: int, units: Collection[str], known: Collection[str], read: bool, closes_on: date, today: date
) -> tuple[Fault, ...]:
    """Return what keeps a practice dossier from going out.

    ``units`` are to be judged, of those ``known`` in the standard; ``read`` is the coordinator's word that
    nobody can be recognised in it.
    """
    faults = []
    if not pieces:
        faults.append(Fault("", "no_pieces", N_("Add at least one piece first.")))
    if not units or not set(units) <= set(known):
        faults.append(Fault("units", "none", N_("Choose at least one competence that is judged.")))
    if not read:
        message = N_("Read all of it through, and say that nobody can be recognised in it.")
        faults.append(Fault("read", "unread", message))
    if closes_on <= today:
        message = N_("The closing date has passed. Make a new practice dossier.")
        faults.append(Fault("", "past", message))
    return tuple(faults)


def check_judgement(
    unit: str, given: PracticeInput, stages: Collection[str], pieces: Collection[str]
) -> tuple[Fault, ...]:
    """Return which legs are missing, each by the field ``leg-unit``.

    What was not shown may rest on no piece at all: that there was none is the judgement.
    """
    faults = []
    if given.stage != NOT_SHOWN and given.stage not in stages:
        message = N_("Choose a stage, or that it was not shown.")
        faults.append(Fault(f"stage-{unit}", "unknown", message))
    unknown = not set(given.evidence) <= set(pieces)
    if unknown or (not given.evidence and given.stage != NOT_SHOWN):
        faults.append(Fault(f"evidence-{unit}", "none", N_("Choose the pieces that this rests on.")))
    empty = N_("Write down why that does or does not suffice.")
    return (*faults, *_text(f"why-{unit}", given.why, LONGEST_TEXT, empty))


def may_judge(released: bool, finished: bool, closes_on: date, today: date) -> Verdict:
    """Tell whether an assessor can still judge; the closing date itself counts."""
    if not released:
        return refused("not_released", N_("This practice dossier has not been released yet."))
    if finished:
        return refused("finished", N_("You have finished judging. Your judgements are fixed."))
    if closes_on < today:
        return refused("closed", N_("The closing date has passed: judging is no longer possible."))
    return ALLOWED


def may_compare(judges: bool, finished: bool, closes_on: date, today: date) -> Verdict:
    """Tell whether somebody may see what others gave.

    Whoever ``judges`` stays blind until they finished, or until nobody can judge any more; also when they
    are coordinator too.
    """
    if judges and not finished and closes_on >= today:
        message = N_("You judge this yourself: what others gave opens once you have finished.")
        return refused("blind", message)
    return ALLOWED


def spread(ranks: Sequence[int], labels: Mapping[int, str]) -> tuple[tuple[str, int], ...]:
    """Return how often each stage was given, in the order of the stages; ``labels`` names each rank."""
    return tuple((labels[rank], ranks.count(rank)) for rank in sorted(labels))
