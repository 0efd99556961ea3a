"""The whole procedure as a state machine: any order of any action by anybody, through the services.

Hypothesis tries courses that nobody would think of. Whatever happens: the state only moves along the
table, a refusal leaves no trace, nothing that was written is lost or changed, nobody reads what is not for
them yet, and the chain is whole. The rules stand in ``machine/``, a mixin for each part of the procedure.

On PostgreSQL fewer courses are tried: what is asked here is about our rules, and the locks and types of a
database show in every course. ``BEKWAAM_THOROUGH=1`` tries many more, on either.
"""

from __future__ import annotations

import os

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.procedures.states import State
from bekwaam.services import ports
from bekwaam.services.assessment.judging import finish_judging
from bekwaam.services.certificates.deciding import decide_outcome
from bekwaam.services.certificates.facts import confirm_facts
from bekwaam.services.certificates.issuing import issue
from bekwaam.services.objections.handling import answer, take_up
from bekwaam.services.portfolio.handing_in import hand_in
from bekwaam.services.procedures.assigning import assign, declare
from bekwaam.services.procedures.course import give_consent
from bekwaam.services.procedures.objecting import object_to
from tests.cast import Cast
from tests.services.machine.base import make_world
from tests.services.machine.blindness import Blindness
from tests.services.machine.collecting import Collecting
from tests.services.machine.judging import Judging
from tests.services.machine.objecting import DISPUTED, Objecting
from tests.services.machine.settling import Settling

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.long]


class ProcedureMachine(Collecting, Judging, Settling, Objecting, Blindness):
    """Everybody does anything at any time."""

    @initialize(
        steps=st.sampled_from([0, 1, 2, 3, 3, 3, 5, 6]),
        scene=st.sampled_from(["", "stuck", "three", "replaced"]),
        whom=st.sampled_from(["third", "third", "guide"]),
        out=st.sampled_from(["second", "third", "nobody"]),
    )
    def beginning_somewhere(self, steps: int, scene: str, whom: str, out: str) -> None:
        """Begin anywhere on the way, or few courses would get far; perhaps where something went wrong."""
        for _ in range(steps):
            self.doing_what_comes_next()
            self.what_is_new_is_sound()
        if scene in ("stuck", "three"):
            self.calling_in_a_third(whom, say_so=True)
        if scene == "three":
            self.settling_with_three(whom, out)
        if scene == "replaced":
            self.replacing("second", whom)

    @rule()
    def doing_what_comes_next(self) -> None:
        """Help a course along."""
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
                self.recording("assessor", planned=False)
                self.judging_everything("assessor", ())
                self.judging_everything("second", ("1.2",))
                self.attempt(finish_judging, "third")
            case State.DECIDING:
                self.proposing_in_one_go("assessor")
                self.proposing("assessor", "1.2", "")
                self.agreeing("second")
                self.attempt(decide_outcome, "coordinator")
                self.attempt(confirm_facts, "candidate", "nl")
                self.attempt(issue, "coordinator", "nl")
            case State.ISSUED:
                self.attempt(object_to, "candidate", [DISPUTED], "Dit is niet gelezen.")
            case State.OBJECTION if self.again and hasattr(self.again, "decision"):
                self.attempt(answer, "chair", "Zo is het.", "nl")
            case State.OBJECTION:
                self.attempt(take_up, "chair")
                self.judging_again("vakbekwaam")


def test_no_course_of_actions_breaks_a_guarantee(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world(cast)
    # What a certificate looks like is proven elsewhere; here hundreds are issued.
    monkeypatch.setattr(ports, "certificate_paper", lambda: lambda document, *_: document.number.encode())
    run_state_machine_as_test(
        lambda: ProcedureMachine(world),
        settings=settings(
            max_examples=_courses(),
            stateful_step_count=42,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def _courses() -> int:
    if os.environ.get("BEKWAAM_THOROUGH"):
        return 400
    return 48 if connection.vendor == "sqlite" else 12
