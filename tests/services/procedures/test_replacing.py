"""An assessor who drops out halfway: what they judged stays and does not count; the next judges blind."""

from __future__ import annotations

import pytest

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.services.accounts.people import give_role, take_role
from bekwaam.services.accounts.standing import at_procedure
from bekwaam.services.assessment.comparing import Status, compare
from bekwaam.services.assessment.consensus import agree_final, agree_to_all, propose_final
from bekwaam.services.assessment.judging import finish_judging, judge, reveal
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.certificates.deciding import decide_outcome, decision_now
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.procedures.assigning import assign, declare, replace_assessor, unassign
from bekwaam.store.models import Judgement, Procedure, StepNote
from tests.cast import Cast, Point, finding, fresh, piece_refs, standing_finals, units

ILL = "Langdurig ziek."


@pytest.fixture
def agreed(cast: Cast) -> Procedure:
    """A procedure of which all final judgements are settled and the interview was held."""
    return cast.bring_to(Point.READY)


def test_in_the_judging_it_takes_a_reason(cast: Cast) -> None:
    procedure = cast.bring_to(Point.HALF_JUDGED)
    noor = cast.assessors[0]
    for attempt in (
        lambda: unassign(cast.coordinator, procedure, noor),
        lambda: replace_assessor(cast.coordinator, procedure, noor, "  "),
    ):
        with pytest.raises(Refused) as caught:
            attempt()
        assert caught.value.verdict.reason == "needs_reason"
    with pytest.raises(NotFound):
        replace_assessor(cast.coordinator, procedure, cast.assessors[2], ILL)
    with pytest.raises(Refused):
        replace_assessor(cast.assessors[1], procedure, noor, ILL)


def test_what_a_replaced_assessor_judged_stays_and_counts_for_nothing(cast: Cast) -> None:
    procedure = cast.bring_to(Point.HALF_JUDGED)
    noor, bram, fleur = cast.assessors
    replace_assessor(cast.coordinator, procedure, noor, ILL)
    assert StepNote.objects.get(procedure=procedure).text == ILL
    assert not at_procedure(noor, fresh(procedure)).may(Action.SEE_SNAPSHOT)
    cast.judge_all(procedure, bram)
    assert fresh(procedure).state == "judging"
    with pytest.raises(Refused):
        reveal(cast.coordinator, procedure)

    assign(cast.coordinator, procedure, fleur, Role.ASSESSOR)
    declare(fleur, procedure, conflict=False)
    cast.judge_all(procedure, fleur, {"1.2": "not_shown"})

    assert fresh(procedure).state == "deciding"
    entry = compare(fresh(procedure)).on("1.2")
    assert {o.assessor.key for o in entry.opinions} == {bram.pk, fleur.pk}
    assert [o.assessor.key for o in entry.former] == [noor.pk]
    assert Judgement.objects.filter(assessor=noor).count() == len(units(procedure))
    assert walk_chain().whole and not list(broken_contents())


def test_after_the_reveal_the_new_one_judges_blind_and_the_finals_wait(cast: Cast, agreed: Procedure) -> None:
    noor, bram, fleur = cast.assessors
    assert decision_now(agreed).decidable
    replace_assessor(cast.coordinator, agreed, bram, ILL)
    assert not decision_now(agreed).decidable
    assert compare(agreed).status("1.1", noor.pk) is Status.WAITS_FOR_JUDGING
    assign(cast.coordinator, agreed, fleur, Role.ASSESSOR)
    declare(fleur, agreed, conflict=False)
    standing = at_procedure(fleur, fresh(agreed))
    assert standing.only is None and standing.may(Action.JUDGE)
    for shut in (Action.SEE_BOTH_JUDGEMENTS, Action.AGREE_FINAL, Action.PREPARE_OUTCOME, Action.CANNOT_AGREE):
        assert not standing.may(shut), shut

    pieces = piece_refs(agreed)
    for unit in units(agreed):
        judge(fleur, agreed, unit, finding("vakbekwaam", pieces, said_by=fleur, about=unit))
        assert fleur.pk not in {o.assessor.key for o in compare(agreed).on(unit).opinions}
    with pytest.raises(Refused) as caught:
        propose_final(noor, agreed, "1.1", finding("vakbekwaam", pieces, said_by=noor, about="1.1"))
    assert caught.value.verdict.reason == "not_complete"
    assert agree_to_all(noor, agreed, standing_finals(agreed)) == 0
    finish_judging(fleur, agreed)

    assert fresh(agreed).state == "deciding"
    assert compare(agreed).status("1.1", fleur.pk) is Status.WAITS_FOR_YOU
    with pytest.raises(Refused):
        decide_outcome(cast.coordinator, agreed)
    assert agree_to_all(fleur, agreed, standing_finals(agreed)) == len(units(agreed))
    decide_outcome(cast.coordinator, agreed)
    assert walk_chain().whole and not list(broken_contents())


def test_once_decided_nobody_comes_or_goes(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    for attempt in (
        lambda: replace_assessor(cast.coordinator, procedure, cast.assessors[0], ILL),
        lambda: assign(cast.coordinator, procedure, cast.assessors[2], Role.ASSESSOR),
        lambda: declare(cast.assessors[0], procedure, conflict=True, explanation="familie"),
    ):
        with pytest.raises(Refused) as caught:
            attempt()
        assert caught.value.verdict.reason == "needs_outcome_open"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUDITOR])
def test_who_could_see_the_judgements_cannot_come_in_after_the_reveal(
    cast: Cast, agreed: Procedure, role: Role
) -> None:
    fleur = cast.assessors[2]
    give_role(cast.coordinator, cast.provider, fleur, role)
    replace_assessor(cast.coordinator, agreed, cast.assessors[1], ILL)
    with pytest.raises(Refused) as caught:
        assign(cast.coordinator, agreed, fleur, Role.ASSESSOR)
    assert caught.value.verdict.reason == "saw_judgements"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUDITOR])
def test_who_gets_such_a_role_while_judging_still_sees_nothing(
    cast: Cast, agreed: Procedure, role: Role
) -> None:
    fleur = cast.assessors[2]
    replace_assessor(cast.coordinator, agreed, cast.assessors[1], ILL)
    assign(cast.coordinator, agreed, fleur, Role.ASSESSOR)
    declare(fleur, agreed, conflict=False)
    give_role(cast.coordinator, cast.provider, fleur, role)
    standing = at_procedure(fleur, fresh(agreed))
    for shut in (Action.SEE_BOTH_JUDGEMENTS, Action.PREPARE_OUTCOME, Action.SEE_LOG, Action.SEE_AUDIT):
        assert not standing.may(shut), shut


def test_a_conflict_that_comes_to_light_after_the_reveal_holds_everything_up(
    cast: Cast, agreed: Procedure
) -> None:
    bram = cast.assessors[1]
    declare(bram, agreed, conflict=True, explanation="Zij werd mijn buurvrouw.")
    assert not decision_now(agreed).decidable
    assert not at_procedure(bram, fresh(agreed)).may(Action.SEE_BOTH_JUDGEMENTS)


def test_who_comes_back_finds_the_blind_judgements_as_they_were(cast: Cast, agreed: Procedure) -> None:
    bram = cast.assessors[1]
    replace_assessor(cast.coordinator, agreed, bram, ILL)
    assign(cast.coordinator, agreed, bram, Role.ASSESSOR)
    declare(bram, agreed, conflict=False)
    assert not at_procedure(bram, fresh(agreed)).may(Action.JUDGE)
    assert decision_now(agreed).decidable


def test_a_role_that_is_taken_away_halfway_shuts_the_dossier(cast: Cast) -> None:
    procedure = cast.bring_to(Point.HALF_JUDGED)
    bram = cast.assessors[1]
    take_role(cast.coordinator, cast.provider, bram, Role.ASSESSOR)
    with pytest.raises(Refused):
        judge(bram, procedure, "1.1", finding("vakbekwaam", piece_refs(procedure), said_by=bram, about="1.1"))
    with pytest.raises(Refused):
        reveal(cast.coordinator, procedure)
    replace_assessor(cast.coordinator, procedure, bram, "Werkt hier niet meer.")
    assign(cast.coordinator, procedure, cast.assessors[2], Role.ASSESSOR)


def test_a_proposal_of_a_replaced_assessor_needs_the_new_one_to_agree(cast: Cast, agreed: Procedure) -> None:
    noor, bram, fleur = cast.assessors
    replace_assessor(cast.coordinator, agreed, noor, ILL)  # it was Noor who proposed everything
    assign(cast.coordinator, agreed, fleur, Role.ASSESSOR)
    declare(fleur, agreed, conflict=False)
    cast.judge_all(agreed, fleur)
    final = compare(agreed).on("1.1").standing
    assert final is not None and final.proposed_by.key == noor.pk
    assert not compare(agreed).agreed("1.1")
    agree_final(fleur, agreed, final.key)
    assert compare(agreed).agreed("1.1")
    assert compare(agreed).waiting_for("1.2") == ("Fleur Assessor",)
    assert bram.pk in compare(agreed).panel.judges
