"""Rules of what comes after the outcome: the facts, the certificate, an objection and judging anew."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.procedures.states import UNDER_WAY, State
from bekwaam.services.assessment.consensus import agree_final, propose_final
from bekwaam.services.assessment.findings import FindingInput
from bekwaam.services.assessment.judging import finish_judging, judge
from bekwaam.services.assessment.sessions import SessionInput, record_session
from bekwaam.services.certificates.deciding import decide_outcome
from bekwaam.services.certificates.facts import confirm_facts
from bekwaam.services.certificates.issuing import issue
from bekwaam.services.certificates.reassessing import reassess
from bekwaam.services.clock import today
from bekwaam.services.objections.handling import answer, not_take_up, take_up
from bekwaam.services.procedures.assigning import assign, declare
from bekwaam.services.procedures.course import withdraw
from bekwaam.services.procedures.objecting import object_to, take_back
from bekwaam.store.models import Certificate, DecisionRecord, FinalJudgement, Objection, Procedure
from tests.services.machine.base import Base, people

DISPUTED = "1.2"
handlers = st.sampled_from(["chair", "chair", "coordinator", "candidate", "assessor"])


class Objecting(Base):
    """What is done with an outcome, and tried at any other time."""

    def __init__(self, world: Any) -> None:
        super().__init__(world)
        self.certificates: dict[int, dict[str, Any]] = {}

    @property
    def again(self) -> Procedure | None:
        """Return the newest procedure in which others judge an objection."""
        return Procedure.objects.filter(follows=self.ref).last()

    @rule(who=people)
    def finding_the_facts_right(self, who: str) -> None:
        self.attempt(confirm_facts, who, "nl")

    @rule(who=st.sampled_from(["coordinator", "coordinator", "chair", "candidate", "assessor"]))
    def issuing(self, who: str) -> None:
        self.attempt(issue, who, "nl")

    @rule(
        who=st.sampled_from(["candidate", "candidate", "guide", "coordinator"]),
        grounds=st.sampled_from(["", "want"]),
    )
    def objecting(self, who: str, grounds: str) -> None:
        self.attempt(object_to, who, [DISPUTED], grounds)

    @rule(stage=st.sampled_from(["vakbekwaam", "not_shown"]))
    def judging_again(self, stage: str) -> None:
        """Let others judge what was objected to, and decide, as far as they may."""
        again = self.again
        if again is None:
            return
        snapshot = again.snapshots.last()
        refs = [piece.ref for piece in snapshot.items.all()] if snapshot else []
        finding = FindingInput(stage, refs, "<opnieuw gezien>", "<opnieuw>")
        for whom in ("assessor", "guide", "fourth", "fifth"):
            self.attempt(assign, "chair", self.cast[whom], Role.ASSESSOR, on=again)
        for whom in ("fourth", "fifth"):
            self.attempt(declare, whom, conflict=False, on=again)
            self.attempt(judge, whom, DISPUTED, finding, on=again)
            self.attempt(finish_judging, whom, on=again)
        self.attempt(propose_final, "fourth", DISPUTED, finding, on=again)
        for final in FinalJudgement.objects.filter(procedure=again):
            self.attempt(agree_final, "fifth", final.pk, on=again)
        held = SessionInput("interview", today(), "Assen", "kandidaat", "passport", "assessor")
        self.attempt(record_session, "fourth", held, on=again)
        self.attempt(decide_outcome, "chair", on=again)

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
        self.attempt(reassess, who, [DISPUTED])  # nothing starts while the candidate can still object

    def look(self) -> None:
        """Look at certificates and objections as well."""
        super().look()
        self.no_certificate_changes_and_each_is_replaced_once()
        if self.state in {State.ISSUED, State.OBJECTION, State.CLOSED}:
            self.an_objection_is_open_exactly_while_the_procedure_is_in_objection()
            self.nobody_judges_again_who_judged_guided_or_decided()

    def no_certificate_changes_and_each_is_replaced_once(self) -> None:
        rows = Certificate.objects.select_related("file").filter(procedure__candidate=self.cast["candidate"])
        for row in rows:
            assert self.certificates.setdefault(row.pk, row.committed()) == row.committed()
        assert len(rows) == len(self.certificates) <= 2

    def an_objection_is_open_exactly_while_the_procedure_is_in_objection(self) -> None:
        waiting = Objection.objects.filter(procedure=self.ref, answer=None).count()
        assert waiting == (self.state is State.OBJECTION)
        if self.again and State(self.again.state) in UNDER_WAY:
            assert waiting

    def nobody_judges_again_who_judged_guided_or_decided(self) -> None:
        again = self.again
        if again is None:
            return
        judges = set(again.assignments.filter(role=Role.ASSESSOR).values_list("person", flat=True))
        before = set(self.procedure.assignments.values_list("person", flat=True))
        assert not judges & before
        first = DecisionRecord.objects.get(procedure=self.ref).decided_by_id
        assert first not in DecisionRecord.objects.filter(procedure=again).values_list(
            "decided_by", flat=True
        )
