"""What has to be done in a procedure now, by whom and by when, worked out from what was read of it."""

from __future__ import annotations

from bekwaam.domain.procedures.states import State
from bekwaam.domain.procedures.terms import Due, Judge, TermFacts, dues
from bekwaam.services import clock
from bekwaam.services.procedures.team import Team
from bekwaam.services.procedures.working import way_of
from bekwaam.store.models import Procedure


def dues_of(procedure: Procedure, team: Team, *, decided: bool) -> tuple[Due, ...]:
    """Return what has to be done now. No query where ``procedure`` was read with its way of working."""
    judges = tuple(Judge(worker.pk, worker.conflict, worker.finished) for worker in team.assessors)
    facts = TermFacts(
        state=State(procedure.state),
        due_on=procedure.due_on,
        has_guide=team.guide is not None,
        judges=judges,
        judges_needed=way_of(procedure).assessors,
        decided=decided,
        because_of_objection=procedure.is_rejudging,
    )
    return dues(facts, clock.today())
