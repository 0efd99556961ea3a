"""The screens of the final judgements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.services.assessment.comparing import Status, compare
from bekwaam.services.assessment.consensus import propose_final, propose_where_agreed
from bekwaam.store.models import FinalAgreement, FinalJudgement, Person, Procedure, Provider
from tests.cast import Cast, Point, finding, piece_refs, standing_finals

LogIn = Callable[[Person], Client]


@pytest.fixture
def revealed(cast: Cast) -> Procedure:
    """The assessors differ on 1.2."""
    procedure = cast.bring_to(Point.HALF_JUDGED)
    cast.judge_all(procedure, cast.assessors[1], {"1.2": "not_shown"})
    return procedure


def overview(procedure: Procedure) -> str:
    return reverse("assessment:finals", args=[procedure.ref])


def page(procedure: Procedure, unit: str = "1.2") -> str:
    return reverse("assessment:final", args=[procedure.ref, unit])


def proposal(procedure: Procedure, **other: Any) -> dict[str, Any]:
    return {
        "do": "propose",
        "seen": 0,
        "stage": "vakbekwaam",
        "basis": piece_refs(procedure),
        "observed": "Samen bekeken.",
        "why": "Samen genoeg bevonden.",
        **other,
    }


def test_differences_come_first(cast: Cast, revealed: Procedure, log_in: LogIn) -> None:
    context = log_in(cast.assessors[0]).get(overview(revealed)).context
    assert [row.unit.code for row in context["differing"]] == ["1.2"]
    assert [row.unit.code for row in context["same"]] == ["1.1", "1.3"]
    assert context["to_propose"] == 2


def test_the_whole_way_to_settled(cast: Cast, revealed: Procedure, log_in: LogIn) -> None:
    noor, bram = log_in(cast.assessors[0]), log_in(cast.assessors[1])
    noor.post(overview(revealed), {"do": "propose"})
    to_agree = bram.get(overview(revealed)).context["to_agree"]
    assert len(to_agree) == 2
    bram.post(overview(revealed), {"do": "agree", "final": to_agree})

    assert noor.post(page(revealed), proposal(revealed, recommendation="Oefen nog."))["Location"] == overview(
        revealed
    )
    shown = bram.get(page(revealed))
    assert shown.context["status"] == "waits_for_you"
    assert "Oefen nog." in shown.content.decode()
    standing = shown.context["entry"].standing.key
    bram.post(page(revealed), {"do": "agree", "agree-final": standing, "agree-dissent": "Ik zag minder."})

    assert "Ik zag minder." in noor.get(page(revealed)).content.decode()
    context = noor.get(overview(revealed)).context
    assert context["agreed"] == 3
    assert len(context["lacking"]) == 1  # the interview
    cast.interview(revealed)
    complete = noor.get(overview(revealed))
    assert complete.context["complete"]
    assert reverse("certificates:outcome", args=[revealed.ref]) in complete.content.decode()


def test_only_proposals_in_line_with_what_all_found_are_agreed_in_one_go(
    cast: Cast, revealed: Procedure, log_in: LogIn
) -> None:
    noor = cast.assessors[0]
    pieces = piece_refs(revealed)
    propose_final(noor, revealed, "1.2", finding("vakbekwaam", pieces, said_by=noor, about="1.2"))
    propose_final(noor, revealed, "1.1", finding("not_shown", pieces, said_by=noor, about="1.1"))
    fine = propose_final(noor, revealed, "1.3", finding("vakbekwaam", pieces, said_by=noor, about="1.3"))
    assert log_in(cast.assessors[1]).get(overview(revealed)).context["to_agree"] == [fine.pk]


def test_agreeing_to_what_was_replaced_meanwhile_is_refused_and_the_dissent_kept(
    cast: Cast, revealed: Procedure, log_in: LogIn
) -> None:
    noor = cast.assessors[0]
    old = propose_final(
        noor, revealed, "1.2", finding("vakbekwaam", piece_refs(revealed), said_by=noor, about="1.2")
    )
    new = propose_final(
        noor, revealed, "1.2", finding("not_shown", piece_refs(revealed), said_by=noor, about="1.2")
    )
    response = log_in(cast.assessors[1]).post(
        page(revealed), {"do": "agree", "agree-final": old.pk, "agree-dissent": "Ik twijfel."}
    )
    body = response.content.decode()
    assert response.status_code == 422
    assert response.context["agree_form"].non_field_errors()
    assert "Ik twijfel." in body
    assert f'name="agree-final" value="{new.pk}"' in body
    assert not FinalAgreement.objects.filter(assessor=cast.assessors[1]).exists()


def test_agreeing_in_one_go_says_what_was_replaced(cast: Cast, revealed: Procedure, log_in: LogIn) -> None:
    noor = cast.assessors[0]
    propose_where_agreed(noor, revealed)
    listed = standing_finals(revealed)
    propose_final(
        noor, revealed, "1.1", finding("not_shown", piece_refs(revealed), said_by=noor, about="1.1")
    )
    response = log_in(cast.assessors[1]).post(
        overview(revealed), {"do": "agree", "final": [*listed, "x", "²", "9" * 40]}, follow=True
    )
    assert [message.level_tag for message in response.context["messages"]] == ["success", "warning"]
    assert compare(revealed).status("1.1", cast.assessors[1].pk) is Status.WAITS_FOR_YOU


def test_proposing_past_a_proposal_one_did_not_see_keeps_what_was_typed(
    cast: Cast, revealed: Procedure, log_in: LogIn
) -> None:
    noor, bram = log_in(cast.assessors[0]), log_in(cast.assessors[1])
    noor.post(page(revealed), proposal(revealed))
    response = bram.post(page(revealed), proposal(revealed, why="Mijn eigen woorden."))
    body = response.content.decode()
    assert response.status_code == 422
    assert "Mijn eigen woorden." in body
    assert "Samen genoeg bevonden." in body
    seen = FinalJudgement.objects.get().pk
    assert f'name="seen" value="{seen}"' in body
    bram.post(page(revealed), proposal(revealed, why="Mijn eigen woorden.", seen=seen))
    assert FinalJudgement.objects.count() == 2


def test_a_proposal_begins_with_ones_own_finding_and_then_with_the_one_that_stands(
    cast: Cast, revealed: Procedure, log_in: LogIn
) -> None:
    bram = log_in(cast.assessors[1])
    assert bram.get(page(revealed)).context["form"]["observed"].value() == "Bram Assessor las over 1.2."
    log_in(cast.assessors[0]).post(page(revealed), proposal(revealed))
    assert bram.get(page(revealed)).context["form"]["observed"].value() == "Samen bekeken."


def test_a_stage_must_be_chosen(cast: Cast, revealed: Procedure, log_in: LogIn) -> None:
    response = log_in(cast.assessors[0]).post(page(revealed), proposal(revealed, stage="meester"))
    assert response.status_code == 422
    assert "stage" in response.context["form"].errors


@pytest.mark.parametrize("key", ["", "x", "9" * 40, "-1", "123456789"])
def test_agreeing_to_what_never_was_changes_nothing(
    cast: Cast, revealed: Procedure, log_in: LogIn, key: str
) -> None:
    response = log_in(cast.assessors[1]).post(page(revealed), {"do": "agree", "agree-final": key})
    assert response.status_code in (404, 422)
    assert not FinalAgreement.objects.exists()


def test_a_leg_may_wait_and_is_named(cast: Cast, revealed: Procedure, log_in: LogIn) -> None:
    client = log_in(cast.assessors[0])
    client.post(page(revealed, "1.1"), proposal(revealed, why=""))
    row = next(row for row in client.get(overview(revealed)).context["rows"] if row.unit.code == "1.1")
    assert row.lacks


def test_where_they_differed_the_reason_is_asked_and_nothing_typed_is_lost(
    cast: Cast, revealed: Procedure, log_in: LogIn
) -> None:
    response = log_in(cast.assessors[0]).post(page(revealed), proposal(revealed, why=" "))
    assert response.status_code == 422
    assert "Jullie oordeelden hier eerst verschillend" in response.content.decode()
    assert "Samen bekeken." in response.content.decode()
    assert not FinalJudgement.objects.exists()


def test_nothing_changes_once_the_outcome_is_decided(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    client = log_in(cast.assessors[0])
    assert "<textarea" not in client.get(page(procedure)).content.decode()
    assert client.post(page(procedure), proposal(procedure)).status_code == 403
    assert client.post(overview(procedure), {"do": "propose"}).status_code == 403


def test_one_assessor_alone_settles_at_once(cast: Cast, log_in: LogIn) -> None:
    Provider.objects.filter(pk=cast.provider.pk).update(assessors_needed=1)
    cast.provider.refresh_from_db()
    procedure = cast.bring_to(Point.REVEALED, assessors=cast.assessors[:1])
    client = log_in(cast.assessors[0])
    assert client.get(overview(procedure)).context["alone"]
    client.post(overview(procedure), {"do": "propose"})
    assert client.get(overview(procedure)).context["agreed"] == 3


def test_three_assessors_all_have_their_say(cast: Cast, log_in: LogIn) -> None:
    Provider.objects.filter(pk=cast.provider.pk).update(assessors_needed=3)
    cast.provider.refresh_from_db()
    procedure = cast.bring_to(Point.REVEALED, assessors=cast.assessors)
    propose_where_agreed(cast.assessors[0], procedure)
    for assessor in cast.assessors[1:]:
        client = log_in(assessor)
        context = client.get(overview(procedure)).context
        assert context["agreed"] == 0
        assert len(context["rows"][0].stages) == 3
        client.post(overview(procedure), {"do": "agree", "final": context["to_agree"]})
    assert log_in(cast.assessors[0]).get(overview(procedure)).context["agreed"] == 3
