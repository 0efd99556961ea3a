"""The calendar behind a secret address: whose it is, what stands in it, and when it is no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest

from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.agenda.feed import feed
from bekwaam.services.agenda.links import make_link, shared, withdraw_link
from bekwaam.services.assessment.planning import cancel_session, plan_session
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.growth.activities import ActivityInput, finish_activity, plan_activity
from bekwaam.services.growth.goals import GoalInput, close_goal, set_goal
from bekwaam.services.growth.knowledge import KnowledgeInput, say_knowledge
from bekwaam.store.models import AgendaLink, AuditEntry, Person, PlanGoal
from tests.cast import Cast, Point
from tests.services.assessment.test_planning import plan
from tests.services.erasing.people import erase

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def events(secret: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(feed(secret)).walk("VEVENT"))


def test_last_days_and_appointments_stand_in_it_without_a_name(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    noor = cast.assessors[0]
    made = plan_session(noor, procedure, plan())
    secret = make_link(noor)
    meeting, last_day = events(secret)
    assert meeting["DTSTART"].dt == made.starts_at.replace(microsecond=0)
    assert last_day["DTSTART"].dt == procedure.due_on
    assert str(last_day["SUMMARY"]) == f"Laatste dag: Beoordeel het portfolio: kandidaat {procedure.number}"
    written = feed(secret).decode().replace("\r\n ", "")
    for text in ("Samira", "Bel aan", "Bram", cast.candidate.email):
        assert text not in written
    assert f"/traject/{procedure.ref}/" in written


def test_names_stand_in_it_only_for_who_asked(cast: Cast) -> None:
    cast.bring_to(Point.DECLARED)
    secret = make_link(cast.assessors[0], with_names=True)
    assert "Samira Kandidaat" in str(events(secret)[0]["SUMMARY"])


def test_a_candidate_reads_which_provider_it_is(cast: Cast) -> None:
    cast.bring_to(Point.FILLED)
    (event,) = events(make_link(cast.candidate))
    assert str(event["SUMMARY"]) == "Laatste dag: Lever je portfolio in (EVC Huis Noord)"


def test_a_change_keeps_its_place_and_what_was_called_off_stays_a_while(cast: Cast) -> None:
    procedure, noor = cast.bring_to(Point.DECLARED), cast.assessors[0]
    first = plan_session(noor, procedure, plan())
    secret = make_link(noor)
    before = events(secret)[0]
    moved = replace(plan(), starts_at=first.starts_at + timedelta(days=1))
    second = plan_session(noor, procedure, moved, replaces=first.ref, reason="Ziek.")
    after = events(secret)[0]
    assert before["UID"] == after["UID"] and (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    cancel_session(noor, procedure, second.ref, "Toch niet.")
    gone = events(secret)[0]
    assert (gone["UID"], gone["SEQUENCE"], str(gone["STATUS"])) == (before["UID"], 2, "CANCELLED")
    with clock.at(second.starts_at + timedelta(days=31)):
        assert [str(event["UID"]) for event in events(secret)] == [str(events(secret)[-1]["UID"])]


@pytest.mark.parametrize("end", ["renewed", "withdrawn", "closed", "erased", "never"])
def test_an_address_that_is_no_more_gives_nothing(cast: Cast, end: str) -> None:
    person = cast.person("een@example.org", "Els Een")
    secret = make_link(person)
    assert events(secret) == []
    if end == "renewed":
        assert events(make_link(person)) == []
    elif end == "withdrawn":
        withdraw_link(person)
        withdraw_link(person)
    elif end == "closed":
        Person.objects.filter(pk=person.pk).update(is_active=False)
    elif end == "erased":
        erase(person)
        assert not AgendaLink.objects.exists()
    else:
        secret = "nooit-gemaakt"
    with pytest.raises(NotFound):
        feed(secret)


def test_the_secret_itself_is_kept_nowhere_and_making_it_is_on_record(cast: Cast) -> None:
    secret = make_link(cast.guide, with_names=True)
    kept = str(AgendaLink.objects.values()) + str(AuditEntry.objects.values_list("payload"))
    assert secret not in kept
    found = shared(cast.guide)
    assert found is not None and found.with_names
    withdraw_link(cast.guide)
    assert shared(cast.guide) is None
    codes = AuditEntry.objects.filter(code__startswith="person.agenda").values_list("code", flat=True)
    assert list(codes) == ["person.agenda_shared", "person.agenda_withdrawn"]


def test_nobody_elses_work_stands_in_it(cast: Cast) -> None:
    plan_session(cast.coordinator, cast.bring_to(Point.DECLARED), plan())
    for person in (cast.assessors[2], cast.outsider, cast.auditor):
        assert events(make_link(person)) == []


def test_the_number_of_queries_does_not_grow(cast: Cast, django_assert_num_queries: Any) -> None:
    noor = cast.assessors[0]
    secret = make_link(noor)

    def add(name: str) -> None:
        procedure = cast.bring_to(Point.DECLARED, candidate=cast.person(f"{name}@example.org", name))
        plan_session(noor, procedure, plan())

    add("een")
    with django_assert_num_queries(9):
        feed(secret)
    add("twee")
    with django_assert_num_queries(9):
        assert len(events(secret)) == 4


def test_the_days_of_a_plan_stand_in_it_without_what_was_written(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    secret = make_link(cast.candidate)
    later = clock.today() + timedelta(days=60)
    for number in range(3):
        given = GoalInput(("1.1",), "vakbekwaam", f"Mijn geheime woorden {number}", later)
        goal = set_goal(cast.candidate, cast.standard, given)
        plan_activity(cast.candidate, goal.ref, ActivityInput("supervision", "Bij Nel", later))
        done = plan_activity(cast.candidate, goal.ref, ActivityInput("guidance", "", later))
        finish_activity(cast.candidate, done.ref, clock.today())
    close_goal(cast.candidate, goal.ref)
    with django_assert_num_queries(8):
        content = feed(secret).decode().replace("\r\n ", "")
    assert content.count(f"DTSTART;VALUE=DATE:{later:%Y%m%d}") == 4
    assert content.count("Ontwikkelplan: Supervisie (1.1 ") == content.count("Ontwikkelplan: Doel (1.1 ") == 2
    assert "geheime" not in content and "Nel" not in content


def test_the_days_to_look_again_stand_in_it_once_a_day_without_what_was_written(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    secret = make_link(cast.candidate)
    body = publish(None, load_builtin("kennis-sociaal-werk"))
    first, later = clock.today() + timedelta(days=5), clock.today() + timedelta(days=60)
    say_knowledge(cast.candidate, body, "K1.4", KnowledgeInput("yes", "Bij Nel", first))
    for number in range(1, 8):
        say_knowledge(cast.candidate, body, f"K3.{number}", KnowledgeInput("partly", "Bij Nel", later))
    with django_assert_num_queries(7):
        content = feed(secret).decode().replace("\r\n ", "")
    near, far = events(secret)
    assert str(near["SUMMARY"]) == "Klopt dit nog? K1.4 Rechten"
    assert "K3.4 Werken vanuit zelfregie en nog 3" in str(far["SUMMARY"])
    assert (near["DTSTART"].dt, far["DTSTART"].dt) == (first, later)
    assert "Nel" not in content and "/kennis/" in content
    uid = str(near["UID"])
    say_knowledge(cast.candidate, body, "E2.1", KnowledgeInput("yes", "", first))
    assert str(events(secret)[0]["UID"]) == uid
    assert str(events(secret)[0]["SUMMARY"]) == "Klopt dit nog? E2.1 Wetten en regels en K1.4 Rechten"


def test_a_day_at_the_end_of_time_stops_no_calendar(cast: Cast) -> None:
    goal = set_goal(cast.candidate, cast.standard, GoalInput(("1.1",), "vakbekwaam", "Doorvragen."))
    PlanGoal.objects.filter(ref=goal.ref).update(by=date.max)
    (event,) = events(make_link(cast.candidate))
    assert event["DTSTART"].dt == date.max
