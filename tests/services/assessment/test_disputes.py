"""When two cannot agree: a third judges blind, and two of the three settle it."""

from __future__ import annotations

import pytest

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.services.accounts.standing import at_procedure
from bekwaam.services.assessment.comparing import Status, compare
from bekwaam.services.assessment.consensus import (
    agree_final,
    agree_to_all,
    propose_final,
    propose_where_agreed,
)
from bekwaam.services.assessment.disputes import cannot_agree, dissent_from
from bekwaam.services.assessment.judging import finish_judging, judge
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.certificates.deciding import decide_outcome, decision_now
from bekwaam.services.certificates.reads import read_outcome
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.procedures.assigning import assign, declare, replace_assessor
from bekwaam.store.models import Dispute, FinalJudgement, Person, Procedure, Provider
from tests.cast import Cast, Point, finding, fresh, piece_refs, standing_finals

WHY_NOT = "Ik lees het er niet in."


@pytest.fixture
def stuck(cast: Cast) -> Procedure:
    """A procedure of which Noor and Bram agree on all but 1.2, and said that they cannot agree on that."""
    procedure = cast.bring_to(Point.HALF_JUDGED)
    cast.judge_all(procedure, cast.assessors[1], {"1.2": "not_shown"})
    cast.agree_all(procedure, cast.assessors[:2])
    cannot_agree(cast.assessors[0], procedure, "1.2", "Bram leest er minder in dan er staat.")
    return fresh(procedure)


def judge_as_third(cast: Cast, procedure: Procedure, stage: str = "vakbekwaam") -> Person:
    """Let Fleur come in and judge what is disputed."""
    fleur = cast.assessors[2]
    assign(cast.coordinator, procedure, fleur, Role.ASSESSOR)
    declare(fleur, procedure, conflict=False)
    judge(fleur, procedure, "1.2", finding(stage, piece_refs(procedure), said_by=fleur, about="1.2"))
    finish_judging(fleur, procedure)
    return fleur


def propose(procedure: Procedure, who: Person, stage: str = "vakbekwaam") -> FinalJudgement:
    given = finding(stage, piece_refs(procedure), said_by=who, about="1.2")
    return propose_final(who, procedure, "1.2", given)


def reason(caught: pytest.ExceptionInfo[Refused]) -> str:
    return caught.value.verdict.reason


def test_only_an_assessor_of_here_says_so_with_a_reason_and_once(cast: Cast, stuck: Procedure) -> None:
    noor = cast.assessors[0]
    for who, unit, text, expected in (
        (cast.coordinator, "1.1", "x", "no_role"),
        (noor, "1.2", "x", "already_disputed"),
        (noor, "1.1", "x", "settled"),
    ):
        with pytest.raises(Refused) as caught:
            cannot_agree(who, stuck, unit, text)
        assert reason(caught) == expected
    with pytest.raises(NotFound):
        cannot_agree(noor, stuck, "9.9", "x")
    assert Dispute.objects.get().reason == "Bram leest er minder in dan er staat."


def test_before_that_nobody_is_assigned_besides(cast: Cast) -> None:
    procedure = cast.bring_to(Point.REVEALED)
    with pytest.raises(Refused) as caught:
        assign(cast.coordinator, procedure, cast.assessors[2], Role.ASSESSOR)
    assert reason(caught) == "has_assessors"


def test_a_third_sees_nothing_of_the_others_until_finished(cast: Cast, stuck: Procedure) -> None:
    fleur = cast.assessors[2]
    assign(cast.coordinator, stuck, fleur, Role.ASSESSOR)
    assert not at_procedure(fleur, stuck).may(Action.SEE_SNAPSHOT)
    declare(fleur, stuck, conflict=False)
    standing = at_procedure(fleur, fresh(stuck))
    assert standing.only == {"1.2"}
    assert standing.may(Action.JUDGE) and standing.may(Action.SEE_SNAPSHOT)
    for shut in (Action.SEE_BOTH_JUDGEMENTS, Action.AGREE_FINAL, Action.PREPARE_OUTCOME, Action.SEE_LOG):
        assert not standing.may(shut), shut

    given = finding("vakbekwaam", piece_refs(stuck), said_by=fleur, about="1.2")
    judge(fleur, stuck, "1.2", given)
    assert fleur.pk not in {o.assessor.key for o in compare(stuck).on("1.2").opinions}
    with pytest.raises(NotFound):
        judge(fleur, stuck, "1.1", given)
    finish_judging(fleur, stuck)

    assert at_procedure(fleur, fresh(stuck)).may(Action.SEE_BOTH_JUDGEMENTS)
    assert [o.assessor.name for o in compare(stuck).on("1.2").opinions] == [
        "Bram Assessor",
        "Noor Assessor",
        "Fleur Assessor",
    ]
    assert len(compare(stuck).on("1.1").opinions) == 2


def test_while_the_third_judges_that_unit_waits_and_the_rest_stands(cast: Cast, stuck: Procedure) -> None:
    fleur = cast.assessors[2]
    assign(cast.coordinator, stuck, fleur, Role.ASSESSOR)
    with pytest.raises(Refused) as caught:
        propose(stuck, cast.assessors[0])
    assert reason(caught) == "not_complete"
    assert compare(stuck).status("1.2", cast.assessors[0].pk) is Status.WAITS_FOR_JUDGING
    assert compare(stuck).agreed("1.1")


def test_two_of_three_settle_it_with_the_dissent_on_record(cast: Cast, stuck: Procedure) -> None:
    noor, bram, fleur = *cast.assessors[:2], judge_as_third(cast, stuck)
    cast.interview(stuck)
    final = propose(stuck, noor)
    agree_final(fleur, stuck, final.pk)
    assert compare(stuck).status("1.2", bram.pk) is Status.WAITS_FOR_YOU
    assert not decision_now(stuck).decidable
    with pytest.raises(Refused) as caught:
        dissent_from(bram, stuck, final.pk, " ")
    assert reason(caught) == "needs_dissent"

    dissent_from(bram, stuck, final.pk, WHY_NOT)

    assert compare(stuck).agreed("1.2")
    decide_outcome(cast.coordinator, stuck)
    told = read_outcome(fresh(stuck)).finals["1.2"]
    assert (told.disputed, told.third, told.against) == (True, True, (WHY_NOT,))
    assert not read_outcome(fresh(stuck)).finals["1.1"].disputed
    assert walk_chain().whole and not list(broken_contents())


def test_one_of_three_settles_nothing(cast: Cast, stuck: Procedure) -> None:
    noor, bram, fleur = *cast.assessors[:2], judge_as_third(cast, stuck, "not_shown")
    final = propose(stuck, noor)
    for who in (bram, fleur):
        dissent_from(who, stuck, final.pk, WHY_NOT)
    assert not compare(stuck).agreed("1.2")
    other = propose(stuck, bram, "not_shown")
    agree_final(fleur, stuck, other.pk)
    dissent_from(noor, stuck, other.pk, WHY_NOT)
    assert compare(stuck).agreed("1.2")


def test_a_third_has_no_say_on_the_rest_and_nothing_goes_in_one_go(cast: Cast, stuck: Procedure) -> None:
    fleur = judge_as_third(cast, stuck)
    given = finding("vakbekwaam", piece_refs(stuck), said_by=fleur, about="1.1")
    with pytest.raises(Refused) as caught:
        propose_final(fleur, stuck, "1.1", given)
    assert reason(caught) == "no_say"
    propose(stuck, cast.assessors[0])
    assert agree_to_all(fleur, stuck, standing_finals(stuck)) == 0
    assert propose_where_agreed(fleur, stuck) == 0
    with pytest.raises(Refused) as caught:
        cannot_agree(cast.assessors[0], stuck, "1.3", "x")
    assert reason(caught) in ("settled", "third_finished")


def test_who_agree_after_all_need_no_third(cast: Cast, stuck: Procedure) -> None:
    noor, bram = cast.assessors[:2]
    final = propose(stuck, noor)
    agree_final(bram, stuck, final.pk)
    assert compare(stuck).agreed("1.2")
    assert not Dispute.objects.filter(lifted_at=None).exists()
    with pytest.raises(Refused):
        assign(cast.coordinator, stuck, cast.assessors[2], Role.ASSESSOR)
    assert walk_chain().whole and not list(broken_contents())


def test_a_third_who_is_replaced_leaves_the_place_open_for_another(cast: Cast, stuck: Procedure) -> None:
    fleur = judge_as_third(cast, stuck)
    replace_assessor(cast.coordinator, stuck, fleur, "Ziek geworden.")
    with pytest.raises(Refused) as caught:
        assign(cast.coordinator, stuck, fleur, Role.ASSESSOR)
    assert reason(caught) == "saw_judgements"
    other = cast.person("vierde@example.org", "Vier de", Role.ASSESSOR)
    assert assign(cast.coordinator, stuck, other, Role.ASSESSOR).third
    assert [o.assessor.key for o in compare(stuck).on("1.2").former] == [fleur.pk]


def test_of_three_assessors_two_settle_it(cast: Cast) -> None:
    Provider.objects.filter(pk=cast.provider.pk).update(assessors_needed=3)
    cast.provider.refresh_from_db()
    noor, bram, fleur = cast.assessors
    procedure = cast.bring_to(Point.REVEALED, assessors=cast.assessors)
    final = propose(procedure, noor)
    agree_final(bram, procedure, final.pk)
    with pytest.raises(Refused) as caught:
        dissent_from(fleur, procedure, final.pk, WHY_NOT)
    assert reason(caught) == "no_majority"
    cannot_agree(fleur, procedure, "1.2", "We blijven anders kijken.")
    assert not compare(procedure).panel.wants_third
    dissent_from(fleur, procedure, final.pk, WHY_NOT)
    assert compare(procedure).agreed("1.2")


def test_with_one_assessor_there_is_nothing_to_disagree_on(cast: Cast) -> None:
    Provider.objects.filter(pk=cast.provider.pk).update(assessors_needed=1)
    cast.provider.refresh_from_db()
    procedure = cast.bring_to(Point.REVEALED, assessors=cast.assessors[:1])
    with pytest.raises(Refused) as caught:
        cannot_agree(cast.assessors[0], procedure, "1.2", "x")
    assert reason(caught) == "alone"
