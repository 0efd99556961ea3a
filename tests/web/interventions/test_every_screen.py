"""Every screen of interventions, wide and on a phone: accessible, not too wide, and few queries."""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from playwright.sync_api import BrowserContext, Page

from bekwaam.frameworks.library import load_builtin
from bekwaam.services.frameworks.versions import publish
from tests.cast import make_cast
from tests.rich_interventions import ADDRESSES, addresses, make_rich_interventions
from tests.screens import Screens

MOST_QUERIES: Final = 12


def test_no_screen_is_forgotten() -> None:
    listed = {line.split()[1].split("/")[0].split("?")[0] for line in ADDRESSES.strip().splitlines()}
    names = get_resolver().namespace_dict["interventions"][1].reverse_dict
    known = {f"interventions:{name}" for name in names if isinstance(name, str)}
    assert known == {row for row in listed if row.startswith("interventions:")}


@pytest.mark.django_db(transaction=True)
def test_no_screen_takes_many_queries_however_long_the_list() -> None:
    publish(None, load_builtin("wmo-competenties", "2012"))
    rich = make_rich_interventions(make_cast())
    counts = {}
    for who, row, address in addresses(rich):
        client = Client()
        client.force_login(getattr(rich, who), backend="allauth.account.auth_backends.AuthenticationBackend")
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, row
        counts[f"{who} {row}"] = len(captured)
    assert {row: count for row, count in counts.items() if count > MOST_QUERIES} == {}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_screen_is_accessible_and_fits(context: BrowserContext, page: Page, live_server: Any) -> None:
    publish(None, load_builtin("wmo-competenties", "2012"))
    rich = make_rich_interventions(make_cast())
    screens = Screens(context, page, live_server.url)
    for who, rows in groupby(addresses(rich), key=lambda one: one[0]):
        context.clear_cookies()
        screens.log_in(getattr(rich, who))
        screens.look_at((f"{who}-{row[:60]}", address) for _who, row, address in rows)
    assert not screens.faults, "\n".join(screens.faults)
