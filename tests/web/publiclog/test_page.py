"""The page about the log: what it is, how it stands, and nothing about people."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from bekwaam.domain.publiclog.kinds import KIND_NAMES
from bekwaam.services.publiclog.daily import log_audit_head
from bekwaam.services.signing.ring import did_of
from bekwaam.store.models import LogLeaf
from bekwaam.trust.entries import Kind, LogEntry
from tests.cast import Cast, make_cast
from tests.screens import Screens
from tests.services.publiclog.logging import MOMENT, logged

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def fill(cast: Cast) -> None:
    for number, kind in enumerate(Kind):
        if kind is not Kind.AUDIT_HEAD:
            logged(LogEntry(kind, f"uEi{number}" + "x" * 40, MOMENT, did_of(cast.provider)))
    log_audit_head()


def test_every_kind_of_leaf_has_a_name() -> None:
    assert set(KIND_NAMES) == set(Kind)


def test_the_page_tells_how_the_log_stands_and_what_came_last(cast: Cast) -> None:
    fill(cast)
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(reverse("publiclog:page"))
    shown = response.content.decode()
    assert len(captured) <= 5
    assert cast.provider.name in shown
    assert "Certificaat ingetrokken" in shown
    assert f'<dd class="numeric">{len(Kind)}</dd>' in shown
    for line in response.context["signed"].note.splitlines():
        assert line in shown.replace("&#x27;", "'")


def test_an_empty_log_has_a_page_too(db: None) -> None:
    response = Client().get(reverse("publiclog:page"))
    assert "bekwaam log watch" not in response.content.decode()


def test_a_line_that_was_changed_is_shown_as_such(cast: Cast) -> None:
    fill(cast)
    LogLeaf.objects.filter(index=2).update(data="{}")
    shown = Client().get(reverse("publiclog:page")).content.decode()
    assert shown.count("Deze regel is veranderd") == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_is_accessible_and_fits(context: BrowserContext, page: Page, live_server: Any) -> None:
    fill(make_cast())
    screens = Screens(context, page, live_server.url)
    screens.look_at([("publiclog:page", reverse("publiclog:page"))])
    assert not screens.faults, "\n".join(screens.faults)
