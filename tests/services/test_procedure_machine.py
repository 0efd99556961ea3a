"""The whole procedure as a state machine: any order of any action by anybody, through the services.

Hypothesis tries courses that nobody would think of. Whatever happens: the state only moves along the
table, a refusal leaves no trace, nothing that was written is lost or changed, and the chain is whole.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.portfolio.evidence import EvidenceKind
from bekwaam.domain.procedures.scope import Purpose
from bekwaam.domain.procedures.states import FINISHED, MAIN_LINE, TRANSITIONS, UNDER_WAY, State
from bekwaam.services.accounts.people import register_person, register_provider
from bekwaam.services.assessment.consensus import agree_final, propose_final
from bekwaam.services.assessment.findings import FindingInput
from bekwaam.services.assessment.judging import finish_judging, judge, reveal
from bekwaam.services.assessment.sessions import SessionInput, record_session
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.certificates.deciding import decide_outcome
from bekwaam.services.certificates.issuing import issue
from bekwaam.services.certificates.reassessing import reassess
from bekwaam.services.clock import today
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.objections.handling import answer, not_take_up, take_up
from bekwaam.services.portfolio.evidence import EvidenceInput, add_evidence
from bekwaam.services.portfolio.handing_in import give_back, hand_in
from bekwaam.services.procedures.assigning import assign, declare, unassign
from bekwaam.services.procedures.course import close, give_consent, start_procedure, withdraw
from bekwaam.services.procedures.objecting import object_to, take_back
from bekwaam.store.models import (
    AuditEntry,
    Certificate,
    DecisionRecord,
    FinalJudgement,
    Judgement,
    Objection,
    Procedure,
)
from tests.standards import small_standard

pytestmark = [pytest.mark.database, pytest.mark.django_db]

UNITS = ("1.1", "1.2")
EDGES = {(source, row.target) for row in TRANSITIONS.values() for source in row.sources}
people = st.sampled_from(["candidate", "guide", "assessor", "second", "third", "coordinator", "auditor"])
handlers = st.sampled_from(["chair", "chair", "coordinator", "candidate", "assessor"])
stories = dict.fromkeys(("situation", "task", "action", "result", "reflection"), "tekst")


class ProcedureMachine(RuleBasedStateMachine):
    """Everybody does anything at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        provider = register_provider(None, "EVC Huis Machine")
        roles = {
            "guide": (Role.GUIDE, Role.ASSESSOR),
            "assessor": (Role.ASSESSOR,),
            "second": (Role.ASSESSOR, Role.GUIDE),
            "third": (Role.ASSESSOR,),
            "fourth": (Role.ASSESSOR,),
            "coordinator": (Role.COORDINATOR,),
            "chair": (Role.COORDINATOR,),
            "auditor": (Role.AUDITOR,),
        }
        self.cast = {
            name: register_person(None, provider, f"{name}@example.org", name, given)
            for name, given in roles.items()
        }
        self.procedure = start_procedure(
            self.cast["coordinator"],
            provider,
            candidate_email="candidate@example.org",
            candidate_name="candidate",
            standard=publish(None, small_standard(competences=2, needed=1)),
            purpose=Purpose.RECOGNITION,
        )
        self.cast["candidate"] = self.procedure.candidate
        self.state = State.INTAKE
        self.judgements: dict[int, dict[str, Any]] = {}
        self.certificates: dict[int, dict[str, Any]] = {}

    def teardown(self) -> None:
        """Undo everything this course wrote."""
        transaction.set_rollback(True)
        self.rollback.__exit__(None, None, None)

    @property
    def again(self) -> Procedure | None:
        """Return the newest procedure in which others judge an objection."""
        return Procedure.objects.filter(follows=self.procedure).last()

    def attempt(self, action: Any, who: str, *given: Any, on: Procedure | None = None, **named: Any) -> None:
        """Try something; when it is refused, nothing may have been written."""
        before = AuditEntry.objects.count()
        try:
            action(self.cast[who], Procedure.objects.get(pk=(on or self.procedure).pk), *given, **named)
        except (Refused, Invalid, NotFound):
            assert AuditEntry.objects.count() == before
        else:
            assert AuditEntry.objects.count() > before or action in (assign, agree_final, unassign)

    @rule(who=people)
    def consent(self, who: str) -> None:
        self.attempt(give_consent, who, "nl")

    @rule(who=people, whom=people, role=st.sampled_from([Role.GUIDE, Role.ASSESSOR]))
    def assigning(self, who: str, whom: str, role: Role) -> None:
        self.attempt(assign, who, self.cast[whom], role)

    @rule(whom=st.sampled_from(["assessor", "second"]))
    def assigning_sensibly(self, whom: str) -> None:
        self.attempt(assign, "coordinator", self.cast[whom], Role.ASSESSOR)

    @rule()
    def doing_what_comes_next(self) -> None:
        """Help a course along, or few would get past the intake."""
        match self.state:
            case State.INTAKE:
                self.attempt(give_consent, "candidate", "nl")
            case State.PORTFOLIO:
                for who in ("assessor", "second"):
                    self.attempt(assign, "coordinator", self.cast[who], Role.ASSESSOR)
                self.adding("candidate", {"1.1"})
                self.attempt(hand_in, "candidate")
            case State.JUDGING:
                for who in ("assessor", "second", "third"):
                    self.attempt(declare, who, conflict=False)
                self.recording("assessor")
                self.judging_everything()
            case State.DECIDING:
                for unit in UNITS:
                    self.attempt(propose_final, "assessor", unit, self.finding("vakbekwaam"))
                self.agreeing("second")
                self.attempt(decide_outcome, "coordinator")
                self.attempt(issue, "coordinator", "nl")
            case State.ISSUED:
                self.attempt(object_to, "candidate", ["1.2"], "Dit is niet gelezen.")
            case State.OBJECTION if self.again and hasattr(self.again, "decision"):
                self.attempt(answer, "chair", "Zo is het.", "nl")
            case State.OBJECTION:
                self.attempt(take_up, "chair")
                self.judging_again("vakbekwaam")

    @rule(stage=st.sampled_from(["vakbekwaam", "not_shown"]))
    def judging_again(self, stage: str) -> None:
        """Let others judge what was objected to, and decide, as far as they may."""
        again = self.again
        if again is None:
            return
        for whom in ("assessor", "guide", "third", "fourth"):
            self.attempt(assign, "chair", self.cast[whom], Role.ASSESSOR, on=again)
        for whom in ("third", "fourth"):
            self.attempt(declare, whom, conflict=False, on=again)
            self.attempt(judge, whom, "1.2", self.finding(stage), on=again)
            self.attempt(finish_judging, whom, on=again)
        self.attempt(propose_final, "third", "1.2", self.finding(stage), on=again)
        for final in FinalJudgement.objects.filter(procedure=again):
            self.attempt(agree_final, "fourth", final.pk, on=again)
        given = SessionInput("interview", today(), "Assen", "kandidaat", "passport", "assessor")
        self.attempt(record_session, "third", given, on=again)
        self.attempt(decide_outcome, "chair", on=again)

    @rule(
        who=st.sampled_from(["candidate", "candidate", "guide", "coordinator"]),
        grounds=st.sampled_from(["", "want"]),
    )
    def objecting(self, who: str, grounds: str) -> None:
        self.attempt(object_to, who, ["1.2"], grounds)

    @rule(who=st.sampled_from(["candidate", "chair"]))
    def taking_back(self, who: str) -> None:
        self.attempt(take_back, who)

    @rule(who=st.sampled_from(["candidate", "chair"]))
    def stopping_what_follows(self, who: str) -> None:
        if self.again:
            self.attempt(withdraw, who, "klaar", on=self.again)

    @rule(who=handlers)
    def taking_up(self, who: str) -> None:
        self.attempt(take_up, who)

    @rule(who=handlers)
    def not_taking_up(self, who: str) -> None:
        self.attempt(not_take_up, who, "te laat")

    @rule(who=handlers, text=st.sampled_from(["", "Zo is het."]))
    def answering(self, who: str, text: str) -> None:
        self.attempt(answer, who, text, "nl")

    @rule(who=st.sampled_from(["coordinator", "assessor"]))
    def reassessing(self, who: str) -> None:
        self.attempt(reassess, who, ["1.2"])  # nothing starts while the candidate can still object

    @rule(who=people, whom=people)
    def unassigning(self, who: str, whom: str) -> None:
        if who != "coordinator" or whom == "guide":
            self.attempt(unassign, who, self.cast[whom])

    @rule(who=people, conflict=st.sampled_from([False, False, False, True]))
    def declaring(self, who: str, conflict: bool) -> None:
        self.attempt(declare, who, conflict=conflict, explanation="familie")

    @rule(who=people, ties=st.sets(st.sampled_from(UNITS)))
    def adding(self, who: str, ties: set[str]) -> None:
        title = f"verhaal {AuditEntry.objects.count()}"  # the same piece twice would be one double click
        given = EvidenceInput(EvidenceKind.STORY, title, story=stories, ties=dict.fromkeys(ties, ""))
        self.attempt(add_evidence, who, given)

    @rule(who=st.sampled_from(["candidate", "candidate", "guide"]))
    def handing_in(self, who: str) -> None:
        self.attempt(hand_in, who)

    @rule(who=st.sampled_from(["coordinator", "candidate"]), reason=st.sampled_from(["", "te vroeg"]))
    def giving_back(self, who: str, reason: str) -> None:
        self.attempt(give_back, who, reason)

    @rule(who=people)
    def recording(self, who: str) -> None:
        given = SessionInput("interview", today(), "Assen", "kandidaat", "passport", "assessor")
        self.attempt(record_session, who, given)

    @rule(who=people, unit=st.sampled_from(UNITS), stage=st.sampled_from(["vakbekwaam", "not_shown", "x"]))
    def judging(self, who: str, unit: str, stage: str) -> None:
        self.attempt(judge, who, unit, self.finding(stage))

    @rule()
    def judging_everything(self) -> None:
        for who in ("assessor", "second"):
            for unit in UNITS:
                self.attempt(judge, who, unit, self.finding("vakbekwaam"))
            self.attempt(finish_judging, who)

    def finding(self, stage: str) -> FindingInput:
        snapshot = self.procedure.snapshots.last()
        refs = [piece.ref for piece in snapshot.items.all()] if snapshot else []
        return FindingInput(stage, refs, "gezien", "want")

    @rule(who=people)
    def finishing(self, who: str) -> None:
        self.attempt(finish_judging, who)

    @rule(who=people)
    def revealing(self, who: str) -> None:
        self.attempt(reveal, who)

    @rule(who=people, unit=st.sampled_from(UNITS), dissent=st.sampled_from(["", "ik twijfel"]))
    def proposing(self, who: str, unit: str, dissent: str) -> None:
        self.attempt(propose_final, who, unit, self.finding("vakbekwaam"), dissent=dissent)

    @rule(who=people)
    def agreeing(self, who: str) -> None:
        for final in FinalJudgement.objects.filter(procedure=self.procedure):
            self.attempt(agree_final, who, final.pk)

    @rule(who=people)
    def deciding(self, who: str) -> None:
        self.attempt(decide_outcome, who)

    @rule(who=people)
    def closing(self, who: str) -> None:
        self.attempt(close, who)

    @rule(who=st.sampled_from(["guide", "assessor", "auditor"]), reason=st.text(max_size=3))
    def withdrawing_by_others(self, who: str, reason: str) -> None:
        self.attempt(withdraw, who, reason)

    @invariant()
    def the_state_moves_along_the_table(self) -> None:
        now = State(Procedure.objects.get(pk=self.procedure.pk).state)
        if now is not self.state and (self.state, now) not in EDGES:
            assert self.state not in FINISHED  # one rule may take several steps, each along the line
            line = [*MAIN_LINE]
            assert line.index(now) > line.index(self.state)
        self.state = now
        event(f"reached {now}")
        if DecisionRecord.objects.filter(procedure=self.procedure).exists():
            event("reached an outcome")

    @invariant()
    def no_judgement_ever_changes(self) -> None:
        for row in Judgement.objects.all():
            assert self.judgements.setdefault(row.pk, row.committed()) == row.committed()
        assert Judgement.objects.count() == len(self.judgements)

    @invariant()
    def no_certificate_ever_changes_and_each_is_replaced_once(self) -> None:
        for row in Certificate.objects.select_related("file"):
            assert self.certificates.setdefault(row.pk, row.committed()) == row.committed()
        assert Certificate.objects.count() == len(self.certificates) <= 2

    @invariant()
    def an_objection_is_open_exactly_while_the_procedure_is_in_objection(self) -> None:
        waiting = Objection.objects.filter(procedure=self.procedure, answer=None).count()
        state = State(Procedure.objects.get(pk=self.procedure.pk).state)
        assert waiting == (state is State.OBJECTION)
        if self.again and State(self.again.state) in UNDER_WAY:
            assert waiting

    @invariant()
    def nobody_judges_again_who_judged_guided_or_decided(self) -> None:
        if self.again is None:
            return
        judges = set(self.again.assignments.filter(role=Role.ASSESSOR).values_list("person", flat=True))
        before = set(self.procedure.assignments.values_list("person", flat=True))
        assert not judges & before
        decided = DecisionRecord.objects.filter(procedure=self.again).values_list("decided_by", flat=True)
        assert set(decided) <= {self.cast["chair"].pk}

    @invariant()
    def nobody_is_both_guide_and_assessor(self) -> None:
        roles: dict[int, set[str]] = {}
        for assignment in self.procedure.assignments.all():
            roles.setdefault(assignment.person_id, set()).add(assignment.role)
        assert all(len(held) == 1 for held in roles.values())
        assert self.procedure.candidate_id not in roles

    @invariant()
    def the_chain_is_whole(self) -> None:
        assert walk_chain().whole
        assert not list(broken_contents())


def test_no_course_of_actions_breaks_a_guarantee() -> None:
    run_state_machine_as_test(
        ProcedureMachine,
        settings=settings(
            max_examples=20,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
