"""Somebody's agenda: what the rule says of them and nothing else, in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.procedures.terms import DueKind, Hand
from bekwaam.services import clock
from bekwaam.services.accounts.people import take_role
from bekwaam.services.agenda.reads import Entry, agenda, every_due
from bekwaam.services.assessment.planning import cancel_session, plan_session
from bekwaam.services.assessment.sessions import record_session
from bekwaam.services.procedures.assigning import assign, declare, replace_assessor
from bekwaam.services.procedures.course import withdraw
from bekwaam.store.models import Person, Procedure
from tests.cast import Cast, Point, interview_input
from tests.services.assessment.test_planning import plan

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def listed(person: Person) -> list[Entry]:
    return list(agenda(person)[0:99])


def kinds(person: Person) -> list[DueKind]:
    return [entry.due.kind for entry in listed(person) if entry.due]


@pytest.mark.parametrize("point", Point)
def test_everybody_finds_exactly_what_the_rule_says_of_them(cast: Cast, point: Point) -> None:
    procedure = cast.bring_to(point)
    expected: dict[int, set[DueKind]] = {}
    for _, due in every_due(Procedure.objects.filter(pk=procedure.pk)):
        who = {Hand.CANDIDATE: cast.candidate.pk, Hand.COORDINATOR: cast.coordinator.pk}
        expected.setdefault(due.person or who[due.hand], set()).add(due.kind)
    people = (cast.candidate, cast.coordinator, cast.guide, *cast.assessors, cast.auditor, cast.outsider)
    for person in people:
        found = kinds(person)
        assert set(found) == expected.get(person.pk, set()), person.name
        assert len(agenda(person)) == len(found)


def test_who_has_a_conflict_has_nothing_to_judge_and_the_coordinator_somebody_to_find(cast: Cast) -> None:
    procedure, noor = cast.bring_to(Point.HANDED_IN), cast.assessors[0]
    assert kinds(noor) == [DueKind.DECLARE] and kinds(cast.coordinator) == []
    declare(noor, procedure, conflict=True, explanation="Mijn buurvrouw.")
    assert kinds(noor) == [] and kinds(cast.coordinator) == [DueKind.ASSIGN]
    replace_assessor(cast.coordinator, procedure, noor, "Haar buurvrouw.")
    assert kinds(cast.coordinator) == [DueKind.ASSIGN]
    assign(cast.coordinator, procedure, cast.assessors[2], Role.ASSESSOR)
    assert kinds(cast.coordinator) == [] and kinds(cast.assessors[2]) == [DueKind.DECLARE]


def test_whose_role_was_taken_has_nothing_to_do_any_more(cast: Cast) -> None:
    cast.bring_to(Point.DECLARED)
    take_role(cast.coordinator, cast.provider, cast.assessors[0], Role.ASSESSOR)
    assert kinds(cast.assessors[0]) == []


def test_a_coordinator_who_is_candidate_is_only_that_in_their_own_procedure(cast: Cast) -> None:
    busy = cast.person("dubbel@example.org", "Dora Dubbel", Role.COORDINATOR)
    cast.start(candidate=busy)
    (entry,) = listed(busy)
    assert (entry.due.kind if entry.due else None, entry.candidate) == (DueKind.CONSENT, "")


def test_appointments_are_for_who_takes_part_until_they_are_over(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    noor = cast.assessors[0]
    first = plan_session(cast.coordinator, procedure, plan())
    moved = replace(plan(), place="Deventer")
    second = plan_session(noor, procedure, moved, replaces=first.ref, reason="De zaal was bezet.")
    for person in (cast.candidate, cast.guide, noor, cast.assessors[1]):
        assert [entry.place for entry in listed(person) if entry.kind] == ["Deventer"], person.name
    for person in (cast.coordinator, cast.assessors[2], cast.outsider):
        assert not [entry for entry in listed(person) if entry.kind]
    with clock.at(second.starts_at + timedelta(minutes=30)):
        assert [entry.kind for entry in listed(cast.candidate)]  # today still stands there today
    with clock.at(second.starts_at + timedelta(days=1)):
        assert not listed(cast.candidate)
    record_session(noor, procedure, replace(interview_input(), plan=second.ref))
    assert not listed(cast.candidate)


@pytest.mark.parametrize("how", ["cancelled", "withdrawn"])
def test_what_does_not_take_place_is_not_there(cast: Cast, how: str) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    made = plan_session(cast.coordinator, procedure, plan())
    if how == "cancelled":
        cancel_session(cast.coordinator, procedure, made.ref, "Ziek.")
        assert kinds(cast.assessors[0]) == [DueKind.JUDGE]
    else:
        withdraw(cast.candidate, procedure, "Ik stop.")
        assert not listed(cast.assessors[0])
    assert not listed(cast.candidate)


def test_what_is_overdue_stands_first_and_what_is_done_on_a_day_before_its_appointments(cast: Cast) -> None:
    noor = cast.assessors[0]
    procedure = cast.bring_to(Point.DECLARED)
    other = cast.bring_to(Point.DECLARED, candidate=cast.person("twee@example.org", "Tineke Twee"))
    today = clock.today()
    Procedure.objects.filter(pk=procedure.pk).update(due_on=today + timedelta(days=7))
    Procedure.objects.filter(pk=other.pk).update(due_on=today - timedelta(days=1))
    plan_session(noor, procedure, plan())
    first, second, third = listed(noor)
    assert (first.overdue, first.number) == (True, other.number)
    assert second.due is not None and not second.overdue and third.kind is not None
    assert second.on == third.on


def test_a_page_takes_as_many_queries_for_one_as_for_many(cast: Cast, django_assert_num_queries: Any) -> None:
    cast.start()

    def read() -> None:
        with django_assert_num_queries(5):
            found = agenda(cast.coordinator)
            assert len(found) and found[0:25]

    read()
    for number in range(4):
        cast.start(candidate=cast.person(f"k{number}@example.org", f"Kandidaat {number}"))
    read()
