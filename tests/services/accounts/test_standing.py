"""What somebody is to a procedure, after things have changed around them."""

from __future__ import annotations

import pytest

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.services.accounts.my_work import count_to_judge, guided_procedures
from bekwaam.services.accounts.people import give_role, take_role
from bekwaam.services.accounts.standing import at_procedure, find_procedure
from bekwaam.services.assessment.judging import judge
from bekwaam.services.assessment.queue import Queue
from bekwaam.services.errors import NotFound, Refused
from bekwaam.store.models import Procedure
from tests.cast import Cast, Point, finding, fresh, piece_refs


def test_whoever_lost_the_role_at_the_provider_has_nothing_in_its_procedures_any_more(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    noor = cast.assessors[0]
    take_role(cast.coordinator, cast.provider, noor, Role.ASSESSOR)
    take_role(cast.coordinator, cast.provider, cast.guide, Role.GUIDE)
    for person in (noor, cast.guide):
        with pytest.raises(NotFound):
            find_procedure(person, procedure.ref)
    with pytest.raises(Refused):
        judge(noor, procedure, "1.1", finding("vakbekwaam", piece_refs(procedure), said_by=noor, about="1.1"))
    assert (len(Queue(noor)), count_to_judge(noor), len(guided_procedures(cast.guide))) == (0, 0, 0)
    give_role(cast.coordinator, cast.provider, noor, Role.ASSESSOR)
    assert at_procedure(noor, fresh(procedure)).may(Action.JUDGE)
    assert (len(Queue(noor)), count_to_judge(noor)) == (1, 1)


def test_a_role_at_another_provider_does_not_keep_an_assignment_alive(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    noor = cast.assessors[0]
    give_role(None, cast.other_provider, noor, Role.ASSESSOR)
    take_role(cast.coordinator, cast.provider, noor, Role.ASSESSOR)
    assert not at_procedure(noor, procedure).may(Action.SEE_SNAPSHOT)
    assert len(Queue(noor)) == 0


@pytest.mark.parametrize("other", [Role.COORDINATOR, Role.AUDITOR])
def test_an_assessor_who_has_another_role_as_well_reads_no_log_before_the_reveal(
    cast: Cast, other: Role
) -> None:
    procedure = cast.bring_to(Point.HALF_JUDGED)
    bram = cast.assessors[1]
    give_role(cast.coordinator, cast.provider, bram, other)

    def verdict(found: Procedure) -> str:
        return at_procedure(bram, found).may(Action.SEE_LOG).reason

    assert verdict(procedure) == "needs_not_judging_blind"
    cast.judge_all(procedure, bram)
    assert verdict(fresh(procedure)) == ""
