"""Judging alone: all legs or nothing, corrections on top of each other, finishing, one to three assessors."""

from __future__ import annotations

import pytest

from bekwaam.services.assessment.findings import NOT_SHOWN, FindingInput
from bekwaam.services.assessment.judging import finish_judging, judge
from bekwaam.services.assessment.reads import judged_by, own_judgements
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.portfolio.handing_in import give_back, hand_in
from bekwaam.services.procedures.assigning import declare
from bekwaam.store.models import AuditEntry, Judgement, Procedure, Provider
from tests.cast import Cast, Point, finding, fresh, piece_refs


def given(procedure: Procedure, **other: object) -> FindingInput:
    values = {"stage": "vakbekwaam", "basis": piece_refs(procedure), "observed": "Gezien.", "why": "Genoeg."}
    return FindingInput(**{**values, **other})  # type: ignore[arg-type]


def test_a_correction_is_a_new_row_that_names_the_old_one(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    first = judge(cast.assessors[0], procedure, "1.1", given(procedure))
    second = judge(cast.assessors[0], procedure, "1.1", given(procedure, why="Bij nader inzien."))

    first.refresh_from_db()
    assert first.why == "Genoeg."
    assert second.replaces == first
    assert own_judgements(procedure, cast.assessors[0])["1.1"].finding.why == "Bij nader inzien."
    assert AuditEntry.objects.filter(code="judgement.made").count() == 2


@pytest.mark.parametrize(
    ("lacking", "field"),
    [
        ({"basis": []}, "basis"),
        ({"observed": " "}, "observed"),
        ({"why": ""}, "why"),
        ({"stage": ""}, "stage"),
    ],
)
def test_a_judgement_with_a_leg_missing_is_refused_whole(
    cast: Cast, lacking: dict[str, object], field: str
) -> None:
    procedure = cast.bring_to(Point.DECLARED)

    with pytest.raises(Invalid) as caught:
        judge(cast.assessors[0], procedure, "1.1", given(procedure, **lacking))

    assert {fault.name for fault in caught.value.faults} == {field}
    assert not Judgement.objects.exists()


def test_not_shown_may_rest_on_the_portfolio_as_a_whole(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    row = judge(cast.assessors[0], procedure, "1.1", given(procedure, stage=NOT_SHOWN, basis=["portfolio"]))
    assert (row.stage, row.evidence, row.instruments) == ("", [], ["portfolio"])


def test_evidence_of_another_dossier_cannot_be_named(cast: Cast) -> None:
    elsewhere = cast.bring_to(Point.DECLARED, candidate=cast.person("ander@example.org", "Ander"))
    procedure = cast.bring_to(Point.DECLARED)
    with pytest.raises(Invalid) as caught:
        judge(cast.assessors[0], procedure, "1.1", given(procedure, basis=piece_refs(elsewhere)))
    assert "unknown" in {fault.reason for fault in caught.value.faults}


def test_a_stage_that_is_not_open_cannot_be_given(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    with pytest.raises(Invalid):
        judge(cast.assessors[0], procedure, "1.1", given(procedure, stage="vakvolwassen"))


def test_a_unit_that_is_not_judged_here_does_not_exist(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    with pytest.raises(NotFound):
        judge(cast.assessors[0], procedure, "L1", given(procedure))


def test_nobody_judges_without_declaring_or_after_finishing(cast: Cast) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    with pytest.raises(Refused) as caught:
        judge(cast.assessors[0], procedure, "1.1", given(procedure))
    assert caught.value.verdict.reason == "needs_no_conflict"

    for assessor in cast.assessors[:2]:
        declare(assessor, procedure, conflict=False)
    cast.judge_all(procedure, cast.assessors[0])
    with pytest.raises(Refused) as caught:
        judge(cast.assessors[0], fresh(procedure), "1.1", given(procedure))
    assert caught.value.verdict.reason == "needs_not_finished_judging"


def test_finishing_names_what_is_still_open(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    judge(cast.assessors[0], procedure, "1.2", given(procedure))
    with pytest.raises(Refused) as caught:
        finish_judging(cast.assessors[0], procedure)
    assert caught.value.verdict.values["units"] == "1.1, 1.3"


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_last_of_as_many_assessors_as_the_provider_asks_reveals(cast: Cast, number: int) -> None:
    Provider.objects.filter(pk=cast.provider.pk).update(assessors_needed=number)
    cast.provider.refresh_from_db()
    judges = cast.assessors[:number]
    procedure = cast.bring_to(Point.DECLARED, assessors=judges)

    for assessor in judges:
        assert fresh(procedure).state == "judging"
        cast.judge_all(procedure, assessor)

    assert fresh(procedure).state == "deciding"


def test_a_portfolio_handed_in_again_is_judged_anew(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    judge(cast.assessors[0], procedure, "1.1", given(procedure))
    give_back(cast.coordinator, procedure, "Er ontbreekt een bestand.")
    hand_in(cast.candidate, fresh(procedure))

    assert judged_by(fresh(procedure), cast.assessors[0]) == frozenset()
    assert Judgement.objects.count() == 1


def test_own_judgements_are_those_of_one_person(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    pieces = piece_refs(procedure)
    for assessor in cast.assessors[:2]:
        judge(assessor, procedure, "1.1", finding("vakbekwaam", pieces, said_by=assessor, about="1.1"))
    own = own_judgements(procedure, cast.assessors[0])
    assert list(own) == ["1.1"]
    assert "Noor" in own["1.1"].finding.observed
