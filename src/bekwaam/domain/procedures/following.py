"""A procedure that follows another one: what is judged anew, and why.

Source: a candidate who falls short may later be re-assessed on the missing parts only, earlier findings
carried forward by name; an objection leads to an independent re-assessment (design, *Field rules*).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.wording import N_


class Why(StrEnum):
    """What a new assessment is for."""

    OBJECTION = "objection"
    REASSESSMENT = "reassessment"


WHY_NAMES: Final[dict[Why, str]] = {
    Why.OBJECTION: N_("Judged again because of an objection"),
    Why.REASSESSMENT: N_("Judged again on what fell short"),
}


@dataclass(frozen=True, slots=True)
class ReassessmentFacts:
    """What is known when somebody is to be judged again on what fell short.

    ``issued`` tells whether there is a certificate to take over from: not where an objection changed nothing.
    ``superseded_by`` and ``running`` are numbers of procedures: of the one whose certificate replaced this
    one's, and of one that follows it and is under way (empty: none). ``objection_until`` is the last day for
    objecting where the candidate can still do so.
    """

    short: tuple[str, ...]
    issued: bool = True
    candidate_gone: bool = False
    superseded_by: str = ""
    running: str = ""
    objection_until: date | None = None


def check_reassessment(facts: ReassessmentFacts) -> Verdict:
    """Tell whether a re-assessment can start. Objecting comes first: two at once would contradict."""
    if facts.candidate_gone:
        return refused("candidate_gone", N_("The candidate had their account erased."))
    if not facts.issued:
        message = N_("No certificate was issued here. Start from the procedure before this one.")
        return refused("not_issued", message)
    if facts.superseded_by:
        message = N_("A newer outcome has replaced this one. Start from procedure {number}.")
        return refused("superseded", message, number=facts.superseded_by)
    if facts.running:
        message = N_("Procedure {number} already follows this one and is under way.")
        return refused("running", message, number=facts.running)
    if not facts.short:
        return refused("nothing_short", N_("Nothing fell short in this procedure."))
    if facts.objection_until is not None:
        message = N_("The candidate can still object, until the end of {day}. After that you can start.")
        return refused("may_object", message, day=f"{facts.objection_until:%d-%m-%Y}")
    return ALLOWED


def check_units(chosen: Collection[str], possible: Collection[str], name: str) -> tuple[Fault, ...]:
    """Return what is wrong with a choice of what is judged anew, as a fault of the field ``name``."""
    if not chosen:
        return (Fault(name, "empty", N_("Choose at least one.")),)
    if not set(chosen) <= set(possible):
        return (Fault(name, "unknown", N_("Choose from the list.")),)
    return ()
