"""What goes wrong at the worst moment, and what somebody with other plans would try."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.urls import get_resolver

from bekwaam.domain.accounts.access import ACCESS, Action, Role
from bekwaam.services import clock
from bekwaam.services.accounts.people import give_role
from bekwaam.services.accounts.standing import at_procedure
from bekwaam.services.assessment.disputes import cannot_agree
from bekwaam.services.assessment.judging import finish_judging, judge
from bekwaam.services.assessment.sessions import record_session
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, Refused
from bekwaam.services.procedures.assigning import assign, declare, replace_assessor
from bekwaam.store.models import (
    Assignment,
    ConflictDeclaration,
    Dispute,
    FinalAgreement,
    FinalJudgement,
    Judgement,
    JudgingFinished,
    Person,
    Procedure,
)
from tests.cast import Cast, Point, finding, fresh, interview_input, make_cast, piece_refs, units
from tests.services.test_at_once import at_once


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
class TestAtOnce:
    """Two people, the same moment: both get an answer, and there is one truth."""

    def test_two_assessors_who_finish_at_once_are_revealed_once(self) -> None:
        cast = make_cast()
        procedure = cast.bring_to(Point.DECLARED)
        pieces = piece_refs(procedure)
        for person in cast.assessors[:2]:
            for unit in units(procedure):
                judge(person, procedure, unit, finding("vakbekwaam", pieces, said_by=person, about=unit))
        answers = at_once(*(lambda who=who: finish_judging(who, procedure) for who in cast.assessors[:2]))
        assert answers == ["done", "done"]
        assert fresh(procedure).state == "deciding"
        assert JudgingFinished.objects.count() == 2
        assert walk_chain().whole and not list(broken_contents())

    def test_who_sends_a_judgement_twice_at_once_replaces_their_own(self) -> None:
        cast = make_cast()
        procedure = cast.bring_to(Point.DECLARED)
        noor = cast.assessors[0]
        given = finding("vakbekwaam", piece_refs(procedure), said_by=noor, about="1.1")
        at_once(*[lambda: judge(noor, procedure, "1.1", given)] * 3)
        assert Judgement.objects.filter(replaced_by=None).count() == 1
        assert Judgement.objects.count() == 3
        assert walk_chain().whole

    def test_both_say_at_once_that_they_cannot_agree_and_one_third_comes(self) -> None:
        cast = make_cast()
        procedure = cast.bring_to(Point.REVEALED)
        second = cast.person("vierde@example.org", "Vierde", Role.ASSESSOR)
        said = at_once(
            *(lambda who=who: cannot_agree(who, procedure, "1.2", "x") for who in cast.assessors[:2])
        )
        assert said == ["done", "refused"]
        assert Dispute.objects.count() == 1
        came = at_once(
            *(
                lambda who=who: assign(cast.coordinator, procedure, who, Role.ASSESSOR)
                for who in (cast.assessors[2], second)
            )
        )
        assert came == ["done", "refused"]
        assert Assignment.objects.filter(third=True).count() == 1
        assert walk_chain().whole and not list(broken_contents())

    def test_an_assessor_replaced_while_finishing_leaves_no_half_reveal(self) -> None:
        cast = make_cast()
        procedure = cast.bring_to(Point.HALF_JUDGED)
        bram = cast.assessors[1]
        for unit in units(procedure):
            given = finding("vakbekwaam", piece_refs(procedure), said_by=bram, about=unit)
            judge(bram, procedure, unit, given)
        at_once(
            lambda: finish_judging(bram, procedure),
            lambda: replace_assessor(cast.coordinator, procedure, bram, "Ziek."),
        )
        running = Assignment.objects.filter(procedure=procedure, role=Role.ASSESSOR, until=None).count()
        finished = JudgingFinished.objects.filter(assessor=bram).exists()
        assert running == 1
        assert fresh(procedure).state == ("deciding" if finished else "judging")
        assert walk_chain().whole and not list(broken_contents())


@pytest.mark.parametrize("point", [Point.HALF_JUDGED, Point.AGREED])
def test_a_judgement_changed_behind_the_programs_back_is_found(cast: Cast, point: Point) -> None:
    procedure = cast.bring_to(point)
    row = Judgement.objects.filter(procedure=procedure).first()
    assert row is not None
    Judgement.objects.filter(pk=row.pk).update(stage="")
    assert {(found.table, found.row) for found in broken_contents()} == {("Judgement", row.pk)}


def test_so_is_every_other_row_that_tells_who_judged_and_how(cast: Cast) -> None:
    procedure = cast.bring_to(Point.AGREED)
    cast.settle(procedure, "1.1", "vakbekwaam")
    other = FinalJudgement.objects.filter(procedure=procedure, unit="1.2").first()
    assert other is not None
    FinalAgreement.objects.filter(final=other).update(against=True)
    Assignment.objects.filter(procedure=procedure, person=cast.assessors[0]).update(third=True)
    ConflictDeclaration.objects.filter(assignment__person=cast.assessors[1]).update(conflict=True)
    FinalJudgement.objects.filter(pk=other.pk).update(why="Anders.")
    found = {broken.table for broken in broken_contents()}
    assert found == {"FinalAgreement", "Assignment", "ConflictDeclaration", "FinalJudgement"}


def test_a_dispute_taken_away_or_lifted_in_secret_is_found(cast: Cast) -> None:
    procedure = cast.bring_to(Point.REVEALED)
    dispute = cannot_agree(cast.assessors[0], procedure, "1.2", "We zien het anders.")
    Dispute.objects.filter(pk=dispute.pk).update(lifted_at=clock.now())
    assert [found.fault for found in broken_contents()] == ["changed"]
    Dispute.objects.all().delete()
    assert [found.fault for found in broken_contents()] == ["gone"]


def test_there_is_no_door_beside_the_screens() -> None:
    assert not apps.is_installed("django.contrib.admin")
    written = [str(pattern.pattern) for pattern in get_resolver().url_patterns]
    assert not [pattern for pattern in written if "admin" in pattern]


def test_no_submitted_judgement_is_changed_or_taken_back_by_any_service(cast: Cast) -> None:
    procedure = cast.bring_to(Point.HALF_JUDGED)
    noor = cast.assessors[0]
    given = finding("not_shown", piece_refs(procedure), said_by=noor, about="1.1")
    before = {row.pk: row.committed() for row in Judgement.objects.filter(assessor=noor)}
    for attempt in (lambda: judge(noor, procedure, "1.1", given), lambda: finish_judging(noor, procedure)):
        with pytest.raises(Refused) as caught:
            attempt()
        assert caught.value.verdict.reason == "needs_not_finished_judging"
    assert {row.pk: row.committed() for row in Judgement.objects.filter(assessor=noor)} == before


def test_a_coordinator_judges_only_where_assigned_and_then_sees_no_more_than_others(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    given = finding("vakbekwaam", piece_refs(procedure), said_by=cast.coordinator, about="1.1")
    with pytest.raises(Refused):
        judge(cast.coordinator, procedure, "1.1", given)
    assert Role.COORDINATOR not in ACCESS[Action.JUDGE].roles
    give_role(cast.operator, cast.provider, cast.coordinator, Role.ASSESSOR)
    with pytest.raises(Refused):
        judge(cast.coordinator, procedure, "1.1", given)
    replace_assessor(cast.coordinator, procedure, cast.assessors[1], "Ziek.")
    assign(cast.coordinator, procedure, cast.coordinator, Role.ASSESSOR)
    declare(cast.coordinator, procedure, conflict=False)
    judge(cast.coordinator, procedure, "1.1", given)
    standing = at_procedure(cast.coordinator, fresh(procedure))
    for shut in (Action.SEE_LOG, Action.SEE_JUDGING_SIGNS, Action.SEE_AUDIT, Action.SEE_BOTH_JUDGEMENTS):
        assert not standing.may(shut), shut


@pytest.mark.parametrize(
    ("now", "day", "future"),
    [
        (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), date(2026, 7, 1), True),
        (datetime(2026, 6, 30, 22, 1, tzinfo=UTC), date(2026, 7, 1), False),
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2027, 1, 1), True),
        (datetime(2026, 12, 31, 23, 1, tzinfo=UTC), date(2027, 1, 1), False),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25), False),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 26), True),
    ],
)
def test_today_is_today_in_the_netherlands(cast: Cast, now: datetime, day: date, future: bool) -> None:
    procedure: Procedure = cast.bring_to(Point.DECLARED)
    noor: Person = cast.assessors[0]
    given = replace(interview_input(), held_on=day)
    if not future:
        with clock.at(now):
            record_session(noor, procedure, given)
        return
    with clock.at(now), pytest.raises(Invalid) as caught:
        record_session(noor, procedure, given)
    assert [fault.reason for fault in caught.value.faults] == ["future"]
