"""The front page: an invitation for strangers, one's own work for everybody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.deliberation.steps import Phase
from bekwaam.services import clock
from bekwaam.services.procedures.assigning import assign, declare
from bekwaam.services.reflection.moving import start_deliberation
from bekwaam.services.teams.making import invite, make_team
from bekwaam.store.models import Deliberation
from tests.cast import Cast, Point
from tests.services.reflection.table import started

NEXT = {
    Point.STARTED: "portfolio:consent",
    Point.FILLED: "portfolio:dossier",
    Point.HANDED_IN: "portfolio:dossier",
    Point.REVEALED: "portfolio:dossier",
    Point.ISSUED: "certificates:outcome",
    Point.CLOSED: "certificates:outcome",
}


def test_strangers_see_what_bekwaam_is_with_the_wheel_and_one_way_in(db: None, client: Client) -> None:
    page = client.get("/").content.decode()
    assert "Laat zien wat je kunt als sociaal werker" in page
    assert 'class="wheel"' in page
    assert page.count("button--primary") == 1
    assert reverse("account_login") in page


def test_the_front_page_of_strangers_needs_no_database(
    db: None, client: Client, django_assert_num_queries
) -> None:
    with django_assert_num_queries(0):
        client.get("/")


@pytest.mark.parametrize(("point", "name"), NEXT.items())
def test_a_candidate_sees_the_next_step(cast: Cast, log_in, point: Point, name: str) -> None:
    procedure = cast.bring_to(point)
    page = log_in(cast.candidate).get("/").content.decode()
    assert f'href="{reverse(name, args=[procedure.ref])}"' in page


def test_a_candidate_sees_nobody_elses_procedure(cast: Cast, log_in) -> None:
    other = cast.person("ander@example.org", "Andere Kandidaat")
    procedure = cast.start(candidate=other)
    assert procedure.ref not in log_in(cast.candidate).get("/").content.decode()


def test_a_guide_sees_running_procedures_and_not_finished_ones(cast: Cast, log_in) -> None:
    running = cast.bring_to(Point.CONSENTED)
    closed = cast.bring_to(Point.CLOSED, candidate=cast.person("klaar@example.org", "Karin Klaar"))
    page = log_in(cast.guide).get("/").content.decode()
    assert reverse("portfolio:dossier", args=[running.ref]) in page
    assert closed.ref not in page


def test_an_assessor_sees_how_much_there_is_to_judge(cast: Cast, log_in) -> None:
    cast.bring_to(Point.HANDED_IN)
    page = log_in(cast.assessors[0]).get("/").content.decode()
    assert "Je bent assessor in 1 lopend traject." in page
    assert "niets voor je te beoordelen" in log_in(cast.assessors[2]).get("/").content.decode()


def test_a_coordinator_sees_only_the_own_provider(cast: Cast, log_in) -> None:
    cast.bring_to(Point.STARTED)
    page = log_in(cast.coordinator).get("/").content.decode()
    assert "1 lopend traject" in page
    assert cast.other_provider.name not in page


def test_an_operator_sees_every_provider(cast: Cast, log_in) -> None:
    page = log_in(cast.operator).get("/").content.decode()
    assert cast.provider.name in page
    assert cast.other_provider.name in page


def test_somebody_without_work_is_told_so(cast: Cast, log_in) -> None:
    person = cast.person("nieuw@example.org", "Nina Nieuw")
    assert "Er is nog niets voor je te doen" in log_in(person).get("/").content.decode()


def test_an_invitation_and_a_day_to_look_back_stand_on_it(cast: Cast, log_in) -> None:
    person = cast.person("nieuw@example.org", "Nina Nieuw")
    team = make_team(cast.coordinator, cast.provider, "Wijkteam Noord", cast.guide.email)
    invite(cast.guide, team.ref, person.email)
    page = log_in(person).get("/").content.decode()
    assert "Je bent uitgenodigd voor het team Wijkteam Noord" in page
    assert reverse("teams:share", args=[team.ref]) in page
    assert "Er is nog niets voor je te doen" not in page
    assert "Terugkijken op een beraad" not in page
    (seat,) = started(cast)
    Deliberation.objects.update(phase=Phase.WAITING.value, look_back_on=clock.today() + timedelta(days=14))
    guide = log_in(cast.guide)
    page = guide.get("/").content.decode()
    assert "Terugkijken op een beraad" in page and seat.deliberation.title in page
    Deliberation.objects.update(look_back_on=clock.today() + timedelta(days=15))
    assert "Terugkijken op een beraad" not in guide.get("/").content.decode()


def test_the_front_page_takes_as_many_queries_for_one_as_for_thirty(
    cast: Cast, log_in, django_assert_max_num_queries
) -> None:
    busy = cast.person("druk@example.org", "Daan Druk", Role.GUIDE, Role.ASSESSOR, Role.COORDINATOR)
    cast.start(candidate=busy)
    _guided_and_judged(cast, busy, 1)
    _waited_for(cast, busy, 1)
    client = log_in(busy)
    with django_assert_max_num_queries(12) as few:
        client.get("/")
    for _ in range(5):
        cast.start(candidate=busy)
    _guided_and_judged(cast, busy, 30)
    _waited_for(cast, busy, 5)
    with django_assert_max_num_queries(12) as many:
        page = client.get("/").content.decode()
    assert len(few) == len(many)
    assert "Pagina 1 van 2" in page


def _guided_and_judged(cast: Cast, person, number: int) -> None:
    for count in range(number):
        candidate = cast.person(f"k{number}-{count}@example.org", f"Kandidaat {number}-{count}")
        assign(cast.coordinator, cast.start(candidate=candidate), person, Role.GUIDE)
    candidate = cast.person(f"j{number}@example.org", f"Beoordeelde {number}")
    procedure = cast.start(candidate=candidate)
    assign(cast.coordinator, procedure, person, Role.ASSESSOR)
    declare(person, procedure, conflict=False)


def _waited_for(cast: Cast, person, number: int) -> None:
    for count in range(number):
        team = make_team(cast.coordinator, cast.provider, f"Team {number}-{count}", cast.guide.email)
        invite(cast.guide, team.ref, person.email)
        start_deliberation(person, f"Beraad {number}-{count}")
    Deliberation.objects.update(phase=Phase.WAITING.value, look_back_on=clock.today())
