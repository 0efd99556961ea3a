"""Every screen of the reflection room, wide and on a phone: accessible, not too wide, few queries, light."""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from playwright.sync_api import BrowserContext, Page

from bekwaam.store.models import Person
from tests.cast import make_cast
from tests.rich_reflection import ADDRESSES, RichReflection, addresses, make_rich_reflection
from tests.screens import Screens

# No screens: they take a click.
NO_SCREEN: Final = {"move", "guest_move", "consent", "guest_consent", "again", "withdraw"}
MOST_QUERIES: Final = 12


def who_looks(rich: RichReflection, who: str) -> Person | None:
    return None if who == "guest" else getattr(rich, who)


def test_no_screen_is_forgotten() -> None:
    listed = {line.split()[1].split("/")[0].split("?")[0] for line in ADDRESSES.strip().splitlines()}
    names = get_resolver().namespace_dict["reflection"][1].reverse_dict
    known = {f"reflection:{name}" for name in names if isinstance(name, str) and name not in NO_SCREEN}
    assert known == listed


@pytest.mark.django_db(transaction=True)
def test_no_screen_takes_many_queries() -> None:
    rich = make_rich_reflection(make_cast())
    counts = {}
    for who, row, address in addresses(rich):
        client, person = Client(), who_looks(rich, who)
        if person is not None:
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, row
        counts[f"{who} {row}"] = len(captured)
    assert {row: count for row, count in counts.items() if count > MOST_QUERIES} == {}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_screen_is_accessible_and_fits(context: BrowserContext, page: Page, live_server: Any) -> None:
    rich = make_rich_reflection(make_cast())
    screens = Screens(context, page, live_server.url)
    for who, rows in groupby(addresses(rich), key=lambda one: one[0]):
        context.clear_cookies()
        person = who_looks(rich, who)
        if person is not None:
            screens.log_in(person)
        screens.look_at((f"{who}-{row}", address) for _who, row, address in rows)
    assert not screens.faults, "\n".join(screens.faults)
