"""Rules of the final judgements: proposing, agreeing, not agreeing, a third assessor, and the outcome."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.procedures.states import State
from bekwaam.services.assessment.consensus import (
    agree_final,
    agree_to_all,
    propose_final,
    propose_where_agreed,
)
from bekwaam.services.assessment.disputes import cannot_agree, dissent_from
from bekwaam.services.assessment.judging import finish_judging, judge
from bekwaam.services.certificates.deciding import decide_outcome
from bekwaam.services.procedures.assigning import assign, declare
from bekwaam.store.models import FinalJudgement
from tests.services.machine.base import UNITS, Base, people


class Settling(Base):
    """What is done once the judgements are revealed, and tried at any other time."""

    def standing(self) -> list[int]:
        """Return the proposals that stand, by key."""
        rows = FinalJudgement.objects.filter(procedure=self.ref, replaced_by=None)
        return list(rows.values_list("pk", flat=True))

    @rule(who=people, unit=st.sampled_from(UNITS), dissent=st.sampled_from(["", "ik twijfel"]))
    def proposing(self, who: str, unit: str, dissent: str) -> None:
        self.attempt(propose_final, who, unit, self.finding(who, "vakbekwaam"), dissent=dissent)

    @rule(who=people)
    def proposing_in_one_go(self, who: str) -> None:
        self.attempt(propose_where_agreed, who)

    @rule(who=people)
    def agreeing(self, who: str) -> None:
        for final in FinalJudgement.objects.filter(procedure=self.ref).values_list("pk", flat=True):
            if not self.attempt(agree_final, who, final):
                break

    @rule(who=people)
    def agreeing_in_one_go(self, who: str) -> None:
        self.attempt(agree_to_all, who, self.standing())

    @rule(who=people, unit=st.sampled_from(UNITS), reason=st.sampled_from(["we zien het anders", ""]))
    def not_agreeing(self, who: str, unit: str, reason: str) -> None:
        self.attempt(cannot_agree, who, unit, reason)

    @rule(whom=st.sampled_from(["third", "guide"]), say_so=st.booleans())
    def calling_in_a_third(self, whom: str, say_so: bool) -> None:
        if say_so and self.state is State.DECIDING:
            self.attempt(cannot_agree, "assessor", "1.2", "we zien het anders")
        if self.attempt(assign, "coordinator", self.cast[whom], Role.ASSESSOR):
            self.attempt(declare, whom, conflict=False)

    @rule(whom=st.sampled_from(["third", "guide"]), stays_out=st.sampled_from(["second", "third"]))
    def settling_with_three(self, whom: str, stays_out: str) -> None:
        if self.state is not State.DECIDING:
            return
        self.attempt(judge, whom, "1.2", self.finding(whom, "not_shown"))
        self.attempt(finish_judging, whom)
        if not self.attempt(propose_final, "assessor", "1.2", self.finding("assessor", "vakbekwaam")):
            return
        final = self.standing()[-1]
        for who in ("second", whom):
            if who == stays_out:
                self.attempt(dissent_from, who, final, "ik zie het anders")
            else:
                self.attempt(agree_final, who, final)

    @rule(who=people, text=st.sampled_from(["ik zie het anders", ""]))
    def dissenting(self, who: str, text: str) -> None:
        for final in self.standing()[:2]:
            self.attempt(dissent_from, who, final, text)

    @rule(who=people)
    def deciding(self, who: str) -> None:
        self.attempt(decide_outcome, who)
