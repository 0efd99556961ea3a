"""Blindness: who has not finished judging reads nobody else's judgement, and nobody reads theirs."""

from __future__ import annotations

from typing import Any

from hypothesis import event

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.procedures.states import State
from bekwaam.services.accounts.standing import at_procedure
from bekwaam.services.assessment.comparing import compare
from bekwaam.services.assessment.jottings import checks_of_all, desk_of
from bekwaam.services.assessment.queue import Queue
from bekwaam.services.assessment.reads import handed_in, own_judgements, sessions_of
from bekwaam.services.certificates.reads import read_outcome
from bekwaam.services.procedures.team import team
from bekwaam.services.signs.reads import own_signs_now, signs_of
from bekwaam.store.models import DecisionRecord, Dispute, Person, Procedure
from tests.services.machine.base import JUDGES, Base

SHUT = (
    Action.SEE_BOTH_JUDGEMENTS,
    Action.PREPARE_OUTCOME,
    Action.SEE_OUTCOME,
    Action.SEE_LOG,
    Action.SEE_JUDGING_SIGNS,
    Action.AGREE_FINAL,
    Action.CANNOT_AGREE,
)
TELLING = ("judgement.", "assignment.", "final.", "conflict.", "procedure.step", "outcome.")


class Blindness(Base):
    """Looks at every read service after each step that could have opened something."""

    def look(self) -> None:
        super().look()
        if self.state not in (State.JUDGING, State.DECIDING):
            return
        if any(code.startswith(TELLING) for code in self.news):
            self.nobody_looks_over_a_shoulder()

    def nobody_looks_over_a_shoulder(self) -> None:
        procedure = self.procedure
        blind = {w.pk for w in team(procedure).assessors if not (w.finished and w.conflict is False)}
        names = {self.cast[name].pk: name for name in JUDGES}
        for key in blind:
            self.insist_blind(procedure, self.cast[names[key]], names[key])
        if self.state is State.DECIDING:
            self.insist_unseen(procedure, {names[key] for key in blind})

    def insist_blind(self, procedure: Procedure, person: Person, name: str) -> None:
        """Insist that who is still judging finds nothing of anybody else in what they may read."""
        standing = at_procedure(person, procedure)
        for action in SHUT:
            assert not standing.may(action), (name, action)
        found: list[Any] = [
            handed_in(procedure),
            sessions_of(procedure),
            own_judgements(procedure, person),
            own_signs_now(procedure, person),
            signs_of(procedure, standing, person),
            desk_of(procedure, procedure.snapshots.last().pk, person),  # type: ignore[union-attr]
            Queue(person)[:5],
        ]
        for other in JUDGES:
            if other != name:
                assert f"door {other}>" not in repr(found), (name, other)

    def insist_unseen(self, procedure: Procedure, blind: set[str]) -> None:
        """Insist that whoever has finished finds nothing of who is still judging, but for final proposals."""
        comparison = compare(procedure)
        opinions = repr([entry.opinions for entry in comparison.units.values()])
        checks = repr(checks_of_all(procedure.snapshots.last().pk, comparison.panel.ready))  # type: ignore[union-attr]
        for name in blind:
            assert f"door {name}>" not in opinions + checks, name
        if Dispute.objects.filter(procedure=procedure).exists():
            event("could not agree")
        if comparison.panel.third:
            event("a third assessor came in")
        if any(entry.former for entry in comparison.units.values()):
            event("an assessor was replaced")
        if not DecisionRecord.objects.filter(procedure=procedure).exists():
            return
        event("reached an outcome")
        told = read_outcome(procedure)
        assert not blind
        assert set(told.finals) == set(told.stages)
        assert {u: final.finding.stage for u, final in told.finals.items()} == dict(told.stages)
