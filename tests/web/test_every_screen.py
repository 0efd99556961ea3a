"""Every screen of portfolio, growth and feedback, wide and on a phone: accessible, and not too wide."""

from __future__ import annotations

from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from playwright.sync_api import BrowserContext, Page

from tests.cast import make_cast
from tests.rich import ADDRESSES, addresses, make_rich
from tests.screens import Screens

ROOMS: Final = ("portfolio", "growth", "feedback")
LISTS: Final = ("offers", "own_profiles", "interventions")
# No screens: they send a file, take a click, or answer a script.
NO_SCREEN: Final = {
    *("portfolio:" + own + name for own in ("", "own_") for name in ("evidence_file", "mark", "suggestion")),
    *("portfolio:" + own + "unit_ladder" for own in ("", "own_")),
    "portfolio:upload_begin",
    "portfolio:upload",
    "growth:start",
    "growth:knowledge_still",
    *("growth:" + name + page for name in (*LISTS, "programmes") for page in ("_template", "_withdraw")),
    "growth:programme_sheet",
    "growth:own_profile_wheel",
    "growth:evidence_begin",
    "growth:evidence_tie",
    "feedback:again",
    "feedback:withdraw",
    "feedback:referee_file",
    "portfolio:brought_file",
}
# Of a guide; the whole procedure (tests/e2e) looks at it. Of a coordinator: with the screens of judging.
OF_OTHERS: Final = {
    "portfolio:tip",
    *("growth:" + name + page for name in LISTS for page in ("", "_on")),
    # See tests/web/growth/test_own_profiles.py.
    *("growth:own_profile" + page for page in ("s_list", "_new", "_change", "_remove")),
    "growth:profile_versions",
}
# Of a school, with its cohorts (school/test_school_screens.py).
OF_SCHOOLS: Final = {
    "growth:programmes",
    "growth:programmes_on",
    "growth:programme_list",
    "growth:programme",
}
# Need a package that was sent; the tests of bringing in go past them (test_takeout.py, test_mahara.py).
OF_PACKAGES: Final = {"portfolio:bring_in_look", "portfolio:brought", "portfolio:mahara_found"}
MOST_QUERIES: Final = 12


def test_no_screen_is_forgotten() -> None:
    listed = {row.split("/")[0].split("?")[0] for row in ADDRESSES.split()}
    resolver = get_resolver()
    known = {
        f"{room}:{name}"
        for room in ROOMS
        for name in resolver.namespace_dict[room][1].reverse_dict
        if isinstance(name, str)
    }
    assert known - NO_SCREEN - OF_OTHERS - OF_SCHOOLS - OF_PACKAGES == listed


@pytest.mark.django_db(transaction=True)
def test_no_screen_takes_more_than_twelve_queries() -> None:
    cast = make_cast()
    rich = make_rich(cast)
    client = Client()
    client.force_login(cast.candidate, backend="allauth.account.auth_backends.AuthenticationBackend")
    counts = {}
    for row, address in addresses(rich):
        client.get(address)  # frameworks stay in memory after the first time
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, row
        counts[row] = len(captured)
    assert {row: count for row, count in counts.items() if count > MOST_QUERIES} == {}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_screen_is_accessible_and_fits(context: BrowserContext, page: Page, live_server: Any) -> None:
    cast = make_cast()
    rich = make_rich(cast)
    screens = Screens(context, page, live_server.url)
    screens.log_in(cast.candidate)
    screens.look_at(addresses(rich))
    assert not screens.faults, "\n".join(screens.faults)
