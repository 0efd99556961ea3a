"""The final judgements: proposing, replacing, agreeing, dissent; and what it takes to stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bekwaam.services.assessment.comparing import Status, compare
from bekwaam.services.assessment.consensus import (
    NO_PROPOSAL,
    agree_final,
    agree_to_all,
    propose_final,
    propose_where_agreed,
)
from bekwaam.services.assessment.judging import finish_judging, judge
from bekwaam.services.assessment.reads import sessions_of
from bekwaam.services.assessment.sessions import record_session
from bekwaam.services.certificates.deciding import decision_now
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.store.models import FinalJudgement, Procedure, Provider
from tests.cast import Cast, Point, finding, interview_input, piece_refs, standing_finals


@pytest.fixture
def revealed(cast: Cast) -> Procedure:
    """A procedure of which the assessors gave different stages on 1.2 and the same on the rest."""
    procedure = cast.bring_to(Point.HALF_JUDGED)
    cast.judge_all(procedure, cast.assessors[1], {"1.2": "not_shown"})
    return procedure


def test_both_judgements_stand_side_by_side_after_the_reveal(cast: Cast, revealed: Procedure) -> None:
    comparison = compare(revealed)
    assert [a.name for a in comparison.assessors] == ["Bram Assessor", "Noor Assessor"]
    assert comparison.on("1.2").differs
    assert not comparison.on("1.1").differs
    assert comparison.status("1.1", cast.assessors[0].pk) is Status.NONE


def test_a_proposal_waits_for_the_other_and_then_stands(cast: Cast, revealed: Procedure) -> None:
    noor, bram = cast.assessors[:2]
    pieces = piece_refs(revealed)
    final = propose_final(
        noor, revealed, "1.2", finding("vakbekwaam", pieces, said_by=noor, about="1.2"), seen=NO_PROPOSAL
    )
    assert compare(revealed).status("1.2", bram.pk) is Status.WAITS_FOR_YOU
    assert compare(revealed).status("1.2", noor.pk) is Status.WAITS_FOR_OTHERS

    agree_final(bram, revealed, final.pk, "Ik zag het maar een keer.")

    comparison = compare(revealed)
    assert comparison.status("1.2", bram.pk) is Status.AGREED
    standing = comparison.on("1.2").standing
    assert standing is not None
    assert [a.dissent for a in standing.agreements] == ["", "Ik zag het maar een keer."]


def test_agreeing_to_a_replaced_proposal_is_refused_with_a_sentence(cast: Cast, revealed: Procedure) -> None:
    noor, bram = cast.assessors[:2]
    pieces = piece_refs(revealed)
    old = propose_final(noor, revealed, "1.2", finding("vakbekwaam", pieces, said_by=noor, about="1.2"))
    new = propose_final(noor, revealed, "1.2", finding("not_shown", pieces, said_by=noor, about="1.2"))

    with pytest.raises(Invalid) as caught:
        agree_final(bram, revealed, old.pk)

    assert [fault.reason for fault in caught.value.faults] == ["stale"]
    comparison = compare(revealed)
    assert comparison.on("1.2").standing.key == new.pk  # type: ignore[union-attr]
    assert [proposal.key for proposal in comparison.on("1.2").earlier] == [old.pk]
    assert comparison.status("1.2", bram.pk) is Status.WAITS_FOR_YOU


def test_a_replaced_proposal_loses_its_agreements(cast: Cast, revealed: Procedure) -> None:
    noor, bram = cast.assessors[:2]
    cast.settle(revealed, "1.1", "vakbekwaam")
    assert compare(revealed).agreed("1.1")
    propose_final(
        bram, revealed, "1.1", finding("not_shown", piece_refs(revealed), said_by=bram, about="1.1")
    )
    assert not compare(revealed).agreed("1.1")
    assert compare(revealed).status("1.1", noor.pk) is Status.WAITS_FOR_YOU


def test_a_proposal_cannot_pass_over_one_that_was_not_read(cast: Cast, revealed: Procedure) -> None:
    noor, bram = cast.assessors[:2]
    given = finding("vakbekwaam", piece_refs(revealed), said_by=noor, about="1.2")
    propose_final(noor, revealed, "1.2", given, seen=NO_PROPOSAL)
    with pytest.raises(Invalid) as caught:
        propose_final(bram, revealed, "1.2", given, seen=NO_PROPOSAL)
    assert [fault.name for fault in caught.value.faults] == ["proposal"]
    assert FinalJudgement.objects.count() == 1


def test_a_proposal_of_another_procedure_does_not_exist(cast: Cast, revealed: Procedure) -> None:
    elsewhere = cast.bring_to(Point.AGREED, candidate=cast.person("ander@example.org", "Ander"))
    with pytest.raises(NotFound):
        agree_final(cast.assessors[0], revealed, standing_finals(elsewhere)[0])
    assert agree_to_all(cast.assessors[0], revealed, standing_finals(elsewhere)) == 0


def test_proposing_where_agreed_leaves_differences_alone(cast: Cast, revealed: Procedure) -> None:
    assert propose_where_agreed(cast.assessors[0], revealed) == 2
    assert compare(revealed).on("1.2").standing is None
    assert propose_where_agreed(cast.assessors[1], revealed) == 0


def test_who_was_an_assessor_once_has_no_say(cast: Cast, revealed: Procedure) -> None:
    with pytest.raises(Refused):
        propose_where_agreed(cast.assessors[2], revealed)


def test_a_judgement_follows_a_session_that_was_corrected(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    noor, bram = cast.assessors[:2]
    session = record_session(noor, procedure, interview_input())
    for assessor in (noor, bram):
        for unit in ("1.1", "1.2", "1.3"):
            basis = [session.ref, *piece_refs(procedure)]
            judge(
                assessor,
                procedure,
                unit,
                replace(finding("vakbekwaam", [], said_by=assessor, about=unit), basis=basis),
            )
    corrected = record_session(noor, procedure, replace(interview_input(), place="Assen"), session.ref)
    for assessor in (noor, bram):
        finish_judging(assessor, procedure)

    propose_where_agreed(noor, procedure)

    assert corrected.ref in compare(procedure).on("1.1").standing.finding.evidence  # type: ignore[union-attr]
    assert session.ref not in compare(procedure).on("1.1").standing.finding.evidence  # type: ignore[union-attr]
    assert sessions_of(procedure).current((session.ref,)) == (corrected.ref,)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_final_judgement_stands_when_every_assessor_agreed(cast: Cast, number: int) -> None:
    Provider.objects.filter(pk=cast.provider.pk).update(assessors_needed=number)
    cast.provider.refresh_from_db()
    judges = cast.assessors[:number]
    procedure = cast.bring_to(Point.REVEALED, assessors=judges)

    propose_where_agreed(judges[0], procedure)
    for waiting in judges[1:]:
        assert not compare(procedure).agreed_findings()
        agree_to_all(waiting, procedure, standing_finals(procedure))

    assert sorted(compare(procedure).agreed_findings()) == ["1.1", "1.2", "1.3"]
    cast.interview(procedure)
    assert decision_now(procedure).decidable


def test_a_leg_left_open_blocks_the_outcome_until_it_is_filled_in(cast: Cast, revealed: Procedure) -> None:
    noor, bram = cast.assessors[:2]
    given = replace(finding("vakbekwaam", piece_refs(revealed), said_by=noor, about="1.1"), why="")
    final = propose_final(noor, revealed, "1.1", given)
    agree_final(bram, revealed, final.pk)
    assert ("leg", "1.1", "why") in {(m.kind, m.subject, m.part) for m in decision_now(revealed).missing}


@pytest.mark.parametrize("why", ["", "   "])
def test_where_they_differed_a_proposal_without_a_reason_is_refused(
    cast: Cast, revealed: Procedure, why: str
) -> None:
    noor = cast.assessors[0]
    given = replace(finding("vakbekwaam", piece_refs(revealed), said_by=noor, about="1.2"), why=why)
    with pytest.raises(Invalid) as caught:
        propose_final(noor, revealed, "1.2", given)
    (fault,) = caught.value.faults
    assert (fault.name, fault.reason) == ("why", "differed")
    assert fault.text("nl") != fault.text("en")
    assert not FinalJudgement.objects.exists()
