"""What stands between an assessor and judging a candidate freely, and what the program knows better.

An assessor declares for each candidate. Where the program has it on record that they guided the candidate,
were a referee in the candidate's dossier or work(ed) for the same employer, it takes no word that there is no
conflict.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.wording import N_


class ConflictReason(StrEnum):
    """Why somebody cannot judge freely."""

    EMPLOYER = "employer"
    FAMILY = "family"
    TAUGHT = "taught"
    GUIDED = "guided"
    OTHER = "other"


CONFLICT_NAMES: Final[dict[ConflictReason, str]] = {
    ConflictReason.EMPLOYER: N_("I am or was employer, manager or close colleague"),
    ConflictReason.FAMILY: N_("We are family, partners or friends"),
    ConflictReason.TAUGHT: N_("I taught, trained or coached the candidate"),
    ConflictReason.GUIDED: N_("I guided the candidate in this or an earlier procedure"),
    ConflictReason.OTHER: N_("Something else"),
}


def check_conflict(reasons: Collection[str], explanation: str) -> tuple[Fault, ...]:
    """Return what is wrong with a declared conflict: a reason is enough, and *something else* needs words."""
    if any(reason not in set(ConflictReason) for reason in reasons):
        return (Fault("reasons", "unknown", N_("Choose from the reasons.")),)
    needs_words = not reasons or ConflictReason.OTHER in reasons
    if needs_words and not explanation.strip():
        return (Fault("explanation", "empty", N_("Say in a few words what the conflict is.")),)
    return ()


def check_no_conflict(
    *, guided: bool, was_referee: bool, was_involved: bool = False, same_employer: str = ""
) -> Verdict:
    """Tell whether somebody can declare that there is no conflict, by what is on record.

    ``was_involved`` counts where an objection is judged: they judged or decided before, what is disputed now.
    ``same_employer`` is the name of an employer of both; empty where none is known.
    """
    if guided:
        return refused("was_guide", N_("Whoever guided a candidate cannot judge that candidate."))
    if was_referee:
        return refused("was_referee", N_("Whoever is a referee for a candidate cannot judge that candidate."))
    if was_involved:
        message = N_("Whoever judged or decided before cannot judge what the objection is about.")
        return refused("was_involved", message)
    if same_employer:
        message = N_("Works or worked for an employer of the candidate: {employer}.")
        return refused("same_employer", message, employer=same_employer)
    return ALLOWED
