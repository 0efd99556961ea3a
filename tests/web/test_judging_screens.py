"""Every screen of judging, from the overview to the certificate: accessible, and not too wide."""

from __future__ import annotations

from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from playwright.sync_api import BrowserContext, Page

from tests.cast import make_cast
from tests.rich_judging import ADDRESSES, by_person, make_judged
from tests.screens import Screens

ROOMS: Final = ("assessment", "procedures", "auditing", "calibration", "signs", "certificates")
# No screens: they send a file or take a click.
NO_SCREEN: Final = {
    "assessment:piece_file",
    "procedures:assign",
    "auditing:export",
    "auditing:look_through",
    "auditing:notice_file",
    "calibration:piece",
    "calibration:remove",
    "signs:look",
    "certificates:decide",
    "certificates:issue",
    "certificates:certificate",
    "certificates:facts_confirm",
    "certificates:choose_name",
    "certificates:form",
    "certificates:proof",
    "certificates:everything",
    "certificates:share_withdraw",
}
# The same form as for a new one; nothing can be corrected once the outcome is decided.
SAME_FORM: Final = {"assessment:session"}
MOST_QUERIES: Final = 12


def test_no_screen_is_forgotten() -> None:
    listed = {line.split()[1].split("/")[0].split("?")[0] for line in ADDRESSES.strip().splitlines()}
    resolver = get_resolver()
    known = {
        f"{room}:{name}"
        for room in ROOMS
        for name in resolver.namespace_dict[room][1].reverse_dict
        if isinstance(name, str)
    }
    assert known - NO_SCREEN - SAME_FORM == {row for row in listed if row.split(":")[0] in ROOMS}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_screen_is_sound_and_takes_few_queries(
    context: BrowserContext, page: Page, live_server: Any
) -> None:
    made = make_judged(make_cast())
    screens, counts = Screens(context, page, live_server.url), {}
    for who, rows in by_person(made).items():
        screens.log_in(made.people[who])
        screens.look_at(rows)
        client = Client()
        client.force_login(made.people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        for row, address in rows:
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counts[row] = len(captured)
    assert not screens.faults, "\n".join(screens.faults)
    assert {row: count for row, count in counts.items() if count > MOST_QUERIES} == {}
