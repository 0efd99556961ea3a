"""The screens about last days and mail, wide and on a phone: accessible, and not too wide."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from bekwaam.domain.mail.kinds import MailKind, Outcome
from bekwaam.services import clock
from bekwaam.services.assessment.planning import plan_session
from bekwaam.store.models import Person, Procedure, SentMail
from tests.browser import PHONE, WIDE, insist_sound
from tests.cast import Cast, Point, make_cast
from tests.services.assessment.test_planning import plan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _filled(cast: Cast) -> Procedure:
    procedure = cast.bring_to(Point.DECLARED)
    plan_session(cast.coordinator, procedure, plan())
    late = cast.start(candidate=cast.person("laat@example.org", "Lia van der Late-Langenaam"))
    Procedure.objects.filter(pk=late.pk).update(due_on=clock.today() - timedelta(days=3))
    for number, outcome in enumerate(Outcome):
        SentMail.objects.create(
            person=cast.guide if number else None,
            provider=cast.provider,
            procedure=procedure,
            kind=MailKind.PROCEDURE,
            subject=f"Je begeleidt traject {procedure.number}",
            language="nl",
            outcome=outcome,
            sent_at=clock.now(),
        )
    return procedure


def _log_in(context: BrowserContext, address: str, person: Person) -> None:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


def _look(page: Page, name: str) -> None:
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        insist_sound(page, f"{name} at {size['width']}")
        if folder := os.environ.get("SCREENS"):
            page.screenshot(path=Path(folder) / f"{name}_{size['width']}.png", full_page=True)


def test_every_screen_fits_and_is_accessible_and_a_link_is_shown(
    context: BrowserContext, page: Page, live_server: Any
) -> None:
    cast = make_cast()
    procedure = _filled(cast)
    at_provider = [cast.provider.ref]
    looked_at = {
        cast.coordinator: {
            "agenda_coordinator": reverse("agenda:agenda"),
            "reminders": reverse("agenda:reminders", args=at_provider),
            "mail": reverse("mail:of_provider", args=at_provider),
            "mail_procedure": reverse("mail:of_procedure", args=[procedure.ref]),
            "overview": reverse("procedures:overview", args=at_provider),
            "procedure": reverse("procedures:procedure", args=[procedure.ref]),
            "workings": reverse("procedures:workings", args=at_provider),
        },
        cast.operator: {"mail_all": reverse("mail:everything"), "work_operator": "/"},
        cast.assessors[0]: {"agenda": reverse("agenda:agenda"), "work": "/"},
        cast.assessors[2]: {"agenda_empty": reverse("agenda:agenda")},
    }
    for person, addresses in looked_at.items():
        _log_in(context, live_server.url, person)
        for name, address in addresses.items():
            page.goto(live_server.url + address)
            _look(page, name)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto(live_server.url + reverse("agenda:link"))
    page.get_by_role("button", name="Maak een link").click()
    address = page.get_by_label("Geheime link").input_value()
    assert address.endswith(".ics")
    _look(page, "link")
    page.get_by_role("button", name="Trek de link in").click()
    page.get_by_text("De link werkt niet meer").wait_for()
    _look(page, "link_none")
