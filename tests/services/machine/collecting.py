"""Rules up to the judging: people, consent, evidence, handing in and giving back."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.portfolio.evidence import EvidenceKind
from bekwaam.services.portfolio.evidence import EvidenceInput, add_evidence
from bekwaam.services.portfolio.handing_in import give_back, hand_in
from bekwaam.services.procedures.assigning import assign, declare, unassign
from bekwaam.services.procedures.course import close, give_consent, withdraw
from tests.services.machine.base import UNITS, Base, people

STORY = dict.fromkeys(("situation", "task", "action", "result", "reflection"), "tekst")


class Collecting(Base):
    """What everybody does before, and at any other time."""

    @rule(who=people)
    def consent(self, who: str) -> None:
        self.attempt(give_consent, who, "nl")

    @rule(who=people, whom=people, role=st.sampled_from([Role.GUIDE, Role.ASSESSOR]))
    def assigning(self, who: str, whom: str, role: Role) -> None:
        self.attempt(assign, who, self.cast[whom], role)

    @rule(who=people, whom=people)
    def unassigning(self, who: str, whom: str) -> None:
        if who != "coordinator" or whom == "guide":
            self.attempt(unassign, who, self.cast[whom])

    @rule(who=people, conflict=st.sampled_from([False, False, False, True]))
    def declaring(self, who: str, conflict: bool) -> None:
        self.attempt(declare, who, conflict=conflict, explanation="familie")

    @rule(who=people, ties=st.sets(st.sampled_from(UNITS)))
    def adding(self, who: str, ties: set[str]) -> None:
        title = f"verhaal {self.length()}"  # the same piece twice would be one double click
        given = EvidenceInput(EvidenceKind.STORY, title, story=STORY, ties=dict.fromkeys(ties, ""))
        self.attempt(add_evidence, who, given)

    @rule(who=st.sampled_from(["candidate", "candidate", "guide"]))
    def handing_in(self, who: str) -> None:
        self.attempt(hand_in, who)

    @rule(who=st.sampled_from(["coordinator", "candidate"]), reason=st.sampled_from(["", "te vroeg"]))
    def giving_back(self, who: str, reason: str) -> None:
        self.attempt(give_back, who, reason)

    @rule(who=people)
    def closing(self, who: str) -> None:
        self.attempt(close, who)

    @rule(who=st.sampled_from(["guide", "assessor", "auditor"]), reason=st.text(max_size=3))
    def withdrawing_by_others(self, who: str, reason: str) -> None:
        self.attempt(withdraw, who, reason)
