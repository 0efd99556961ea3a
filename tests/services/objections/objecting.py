"""Objections to test with: an issued outcome that fell short, and people to judge it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bekwaam.domain.accounts.access import Role
from bekwaam.services.assessment.consensus import agree_to_all, propose_where_agreed
from bekwaam.services.assessment.sessions import record_session
from bekwaam.services.certificates.deciding import decide_outcome
from bekwaam.services.objections.handling import take_up
from bekwaam.services.procedures.assigning import assign, declare
from bekwaam.services.procedures.objecting import object_to
from bekwaam.store.models import Person, Procedure
from tests.cast import Cast, Point, fresh, interview_input, standing_finals
from tests.remembering import chain_head, remembered

GROUNDS = "Het verhaal over de hal laat dit wel zien."


@dataclass
class Others:
    """Who was not involved: a second coordinator and two more assessors."""

    coordinator: Person
    judges: tuple[Person, Person]


def make_others(cast: Cast) -> Others:
    """Register them at the provider."""
    return Others(
        coordinator=cast.person("tweede@example.org", "Tara Coördinator", Role.COORDINATOR),
        judges=(cast.assessors[2], cast.person("joris@example.org", "Joris Assessor", Role.ASSESSOR)),
    )


def objected(cast: Cast, units: tuple[str, ...] = ("1.2", "1.3"), **how: object) -> tuple[Procedure, Others]:
    """Return an issued procedure of which ``units`` were not shown, and were objected to."""
    stages = dict.fromkeys(units, "not_shown")

    def walk() -> tuple[Procedure, Others]:
        procedure = cast.bring_to(Point.ISSUED, stages=stages, **how)  # type: ignore[arg-type]
        others = make_others(cast)
        object_to(procedure.candidate, procedure, units, GROUNDS)
        return fresh(procedure), others

    return remembered(("objected", units, tuple(sorted(how))), walk, beginning=chain_head())


def judge_again(
    cast: Cast, again: Procedure, others: Others, stages: Mapping[str, str], *, decide: bool = True
) -> Procedure:
    """Let others judge anew, agree, and the second coordinator decide."""
    for judge in others.judges:
        assign(others.coordinator, again, judge, Role.ASSESSOR)
        declare(judge, again, conflict=False)
    for judge in others.judges:
        cast.judge_all(again, judge, stages)
    propose_where_agreed(others.judges[0], again)
    agree_to_all(others.judges[1], again, standing_finals(again))
    record_session(others.judges[0], again, interview_input())
    if decide:
        decide_outcome(others.coordinator, again)
    return fresh(again)


def decided_again(cast: Cast, stages: Mapping[str, str]) -> tuple[Procedure, Procedure, Others]:
    """Return an objected procedure, the one in which others decided again, and who they are."""
    procedure, others = objected(cast)

    def walk() -> Procedure:
        again = take_up(others.coordinator, procedure)
        return judge_again(cast, again, others, stages)

    again = remembered(("decided again", tuple(sorted(stages.items()))), walk, beginning=chain_head())
    return procedure, again, others
