"""The agenda on screen, the secret link, what a calendar program gets, and when people are reminded."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.config.secrets_filter import SecretsFilter
from bekwaam.services import clock
from bekwaam.services.agenda.links import make_link
from bekwaam.services.assessment.planning import plan_session
from bekwaam.store.models import Procedure
from tests.cast import Cast, Point, fresh
from tests.services.assessment.test_planning import plan

pytestmark = [pytest.mark.database, pytest.mark.django_db]
AGENDA, LINK = "/agenda/", "/agenda/koppelen/"


def page(client: Client, url: str = AGENDA) -> str:
    return client.get(url).content.decode()


def test_the_agenda_goes_by_week_with_what_is_overdue_on_top(cast: Cast, log_in: Any) -> None:
    noor = cast.assessors[0]
    procedure = cast.bring_to(Point.DECLARED)
    late = cast.bring_to(Point.DECLARED, candidate=cast.person("laat@example.org", "Lia Laat"))
    Procedure.objects.filter(pk=late.pk).update(due_on=clock.today() - timedelta(days=2))
    plan_session(noor, procedure, plan())
    shown = page(log_in(noor))
    places = [
        shown.index(text) for text in ("Te laat</h2>", "Lia Laat", "Volgende week</h2>", "Afspraak</span>")
    ]
    assert places == sorted(places)
    assert "Week van" in shown and "Samira Kandidaat" in shown and "Zwolle" in shown
    assert f'href="{reverse("assessment:plans", args=[procedure.ref])}"' in shown


def test_who_has_nothing_to_do_reads_so(cast: Cast, log_in: Any) -> None:
    assert "Er wacht niets op jou" in page(log_in(cast.assessors[2]))


def test_a_long_agenda_has_pages_and_no_more_queries(
    cast: Cast, log_in: Any, django_assert_max_num_queries: Any
) -> None:
    first = cast.start()
    client = log_in(cast.coordinator)
    with django_assert_max_num_queries(10) as few:
        client.get(AGENDA)
    for number in range(26):
        Procedure.objects.create(
            **{
                field.attname: getattr(first, field.attname)
                for field in Procedure._meta.concrete_fields
                if field.attname not in ("id", "ref", "number")
            },
            number=f"x{number}",
        )
    with django_assert_max_num_queries(10) as many:
        shown = page(client)
    assert len(few) == len(many)
    assert "Pagina 1 van 2" in shown and shown.count('class="agenda__entry"') == 25


def address_on(client: Client, **given: str) -> str:
    shown = client.post(LINK, {"make": "1", **given}).content.decode()
    found = re.search(r'value="(http[^"]+\.ics)"', shown)
    assert found is not None
    return found[1]


def test_a_link_is_shown_once_works_without_logging_in_and_can_be_withdrawn(cast: Cast, log_in: Any) -> None:
    cast.bring_to(Point.FILLED)
    client, stranger = log_in(cast.candidate), Client()
    address = address_on(client)
    path = address.removeprefix("http://127.0.0.1:8000")
    again = page(client, LINK)
    assert path not in again and "Er is een link sinds" in again
    answer = stranger.get(path)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VCALENDAR" in answer.content
    newer = address_on(client, with_names="on").removeprefix("http://127.0.0.1:8000")
    assert stranger.get(path).status_code == 404 and stranger.get(newer).status_code == 200
    client.post(LINK, {"withdraw": "1"})
    assert stranger.get(newer).status_code == 404
    assert "Er is een link sinds" not in page(client, LINK)


def test_the_answer_stays_out_of_caches_search_engines_and_referrers_and_tells_nothing_apart(
    cast: Cast,
) -> None:
    secret = make_link(cast.guide)
    answers = [Client().get(f"/agenda/{one}.ics") for one in (secret, "nooit", "x" * 3000, "é")]
    for answer in answers:
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"] and "noindex" in answer["X-Robots-Tag"]
        assert not answer.cookies
    wrong = answers[1:]
    assert {answer.status_code for answer in wrong} == {404} and {answer.content for answer in wrong} == {b""}
    assert Client().post(f"/agenda/{secret}.ics").status_code == 405


def test_the_feed_takes_nine_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    plan_session(cast.coordinator, cast.bring_to(Point.DECLARED), plan())
    secret = make_link(cast.assessors[0])
    with django_assert_max_num_queries(9):
        Client().get(f"/agenda/{secret}.ics")


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ("Not Found: /agenda/gEh31m_x-y.ics", "Not Found: /agenda/….ics"),
        ("GET /referent/gEh31m/bestand/ 404", "GET /referent/…/bestand/ 404"),
        ("GET /gedeeld/gEh31m_x-y/ 404", "GET /gedeeld/…/ 404"),
        ("GET /controleren/veel/gEh31m_x-y/rapport.csv 404", "GET /controleren/veel/…/rapport.csv 404"),
        ("/account/nieuw/gEh31m/", "/account/nieuw/…/"),
        ("/account/password/reset/key/1-gEh31m/", "/account/password/reset/key/…/"),
        ("/agenda/koppelen/ and /account/nieuw/mail/", "/agenda/koppelen/ and /account/nieuw/mail/"),
    ],
)
def test_no_secret_of_an_address_comes_into_the_log(said: str, logged: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("x", said), None)
    assert SecretsFilter().filter(record)
    assert record.getMessage() == f"x: {logged}"


def test_a_coordinator_settles_when_people_are_reminded(cast: Cast, log_in: Any) -> None:
    url = reverse("agenda:reminders", args=[cast.provider.ref])
    client = log_in(cast.coordinator)
    wrong = client.post(url, {"on": "on", "first": "3", "last": "5"})
    assert wrong.status_code == 422 and "kies minder dagen dan hierboven" in wrong.content.decode()
    answer = client.post(url, {"first": "10", "last": "2"})
    workings = reverse("procedures:workings", args=[cast.provider.ref])
    assert answer.headers["Location"] == workings
    provider = fresh(cast.start()).provider
    assert (provider.remind_on, provider.remind_first, provider.remind_last) == (False, 10, 2)
    client.post(url, {"on": "on", "first": "10", "last": "2"})
    assert "10 en 2 dagen voor de laatste dag" in page(client, workings)
