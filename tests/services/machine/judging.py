"""Rules of the judging: sessions planned and held, notes, signs, judgements, finishing, replacing."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.assessment.findings import InstrumentKind
from bekwaam.domain.assessment.planning import Plan
from bekwaam.services import clock
from bekwaam.services.assessment.jottings import Check, NoteInput, keep_checks, write_note
from bekwaam.services.assessment.judging import finish_judging, judge, reveal
from bekwaam.services.assessment.planning import cancel_session, plan_session
from bekwaam.services.assessment.sessions import SessionInput, record_session
from bekwaam.services.procedures.assigning import assign, declare, replace_assessor
from bekwaam.services.signs.looking import look_into
from bekwaam.store.models import FoundSign, PlannedSession
from tests.services.machine.base import UNITS, Base, judges, people


class Judging(Base):
    """What is done while assessors judge, and tried at any other time."""

    @rule(who=people)
    def planning(self, who: str) -> None:
        at = clock.now() + timedelta(days=7)
        self.attempt(plan_session, who, Plan(InstrumentKind.INTERVIEW, at, "Assen", "", "kandidaat", ""))

    @rule(who=people, reason=st.sampled_from(["", "ziek"]))
    def cancelling(self, who: str, reason: str) -> None:
        plan = PlannedSession.objects.filter(procedure=self.ref).last()
        self.attempt(cancel_session, who, plan.ref if plan else "geen", reason)

    @rule(who=people, planned=st.booleans())
    def recording(self, who: str, planned: bool) -> None:
        plan = PlannedSession.objects.filter(procedure=self.ref).last() if planned else None
        given = SessionInput(
            "interview",
            clock.today(),
            "Assen",
            "kandidaat",
            "passport",
            "assessor",
            plan=plan.ref if plan else "",
        )
        self.attempt(record_session, who, given)

    @rule(who=people, unit=st.sampled_from(UNITS))
    def noting(self, who: str, unit: str) -> None:
        before = self.length()
        self.attempt(write_note, who, unit, NoteInput(f"<gezien door {who}>"))
        remark = Check(remark=f"<gezien door {who}>")
        self.attempt(keep_checks, who, dict.fromkeys(self.pieces, remark), {})
        assert self.length() == before  # notes are nobody else's business, also not of the chain

    @rule(who=people)
    def looking_into_a_sign(self, who: str) -> None:
        sign = FoundSign.objects.filter(procedure=self.ref).last()
        self.attempt(look_into, who, sign.ref if sign else "geen", "bekeken")

    @rule(who=people, unit=st.sampled_from(UNITS), stage=st.sampled_from(["vakbekwaam", "not_shown", "x"]))
    def judging(self, who: str, unit: str, stage: str) -> None:
        self.attempt(judge, who, unit, self.finding(who, stage))

    @rule(who=judges, differs=st.sampled_from([(), ("1.2",)]))
    def judging_everything(self, who: str, differs: tuple[str, ...]) -> None:
        for unit in UNITS:
            stage = "not_shown" if unit in differs else "vakbekwaam"
            self.attempt(judge, who, unit, self.finding(who, stage))
        self.attempt(finish_judging, who)

    @rule(who=people)
    def finishing(self, who: str) -> None:
        self.attempt(finish_judging, who)

    @rule(who=people)
    def revealing(self, who: str) -> None:
        self.attempt(reveal, who)

    @rule(who=people, whom=judges, reason=st.sampled_from(["ziek", ""]))
    def replacing_by_anybody(self, who: str, whom: str, reason: str) -> None:
        self.attempt(replace_assessor, who, self.cast[whom], reason)

    @rule(whom=st.sampled_from(["assessor", "second"]), then=st.sampled_from(["third", "guide", "assessor"]))
    def replacing(self, whom: str, then: str) -> None:
        if self.attempt(replace_assessor, "coordinator", self.cast[whom], "ziek"):
            self.attempt(assign, "coordinator", self.cast[then], Role.ASSESSOR)
            self.attempt(declare, then, conflict=False)
            self.judging_everything(then, ())
