"""The screens of own function profiles, wide and on a phone: accessible, not too wide, and in few queries."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from bekwaam.frameworks.function_profile import FunctionProfile
from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Text
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.growth.own_profiles import profiles_at
from bekwaam.store.models import Person
from tests.cast import Cast, make_cast
from tests.screens import Screens
from tests.services.teams.teams import rated
from tests.web.growth.own_profiles import changed, given, mbo, written

MOST_QUERIES: Final = 12
Rows = list[tuple[Person, str, str]]


def made(cast: Cast) -> FunctionProfile:
    """Write two profiles, one of them changed since, and return that one."""
    version = mbo()
    publish(None, load_builtin("kennis-sociaal-werk"))
    written(cast, version, "Wijkcoach Zuid")
    first = written(cast, version)
    later = publish(None, replace(load_builtin("evc-sociaal-werker-mbo"), version="2.0"))
    rated(cast.guide, later, {"1.1": "vakbekwaam"})
    less = given(first).demands[1:]
    return changed(cast, version, first, demands=less, text=Text("Loopt de wijk in.", ""))


def addresses(cast: Cast, first: FunctionProfile) -> Rows:
    """Return who looks at which screen, what it is called, and its address."""
    version = mbo()
    at = [cast.provider.ref, version.identifier, version.version]
    known = [cast.provider.ref, "kennis-sociaal-werk", "1.0"]
    office, guide = cast.coordinator, cast.guide
    two = f"?een=functienamen/wijkcoach&ander=eigen/{first.code}/{first.framework}"
    return [
        (office, "own_profiles list", reverse("growth:own_profiles_list", args=at)),
        (office, "own_profiles empty", reverse("growth:own_profiles_list", args=known)),
        (office, "own_profile start", reverse("growth:own_profile_new", args=at)),
        (office, "own_profile new", reverse("growth:own_profile_new", args=at) + "?van=leeg"),
        (office, "own_profile knowledge", reverse("growth:own_profile_new", args=known) + "?van=leeg"),
        (
            office,
            "own_profile copy",
            reverse("growth:own_profile_new", args=at) + "?van=beroepen/jongerenwerker",
        ),
        (office, "own_profile change", reverse("growth:own_profile_change", args=[*at, first.code])),
        (office, "own_profile remove", reverse("growth:own_profile_remove", args=[*at, first.code])),
        (guide, "profile own", reverse("growth:profile", args=["eigen", first.code])),
        (guide, "profile versions", reverse("growth:profile_versions", args=["eigen", first.code])),
        (guide, "profile compare", reverse("growth:profile_compare") + two),
        (guide, "profiles", reverse("growth:profiles")),
        (guide, "gap other version", reverse("growth:gap", args=[*at[1:], f"functie-{first.code}"])),
    ]


def counted(rows: Rows) -> dict[str, int]:
    counts = {}
    for who, row, address in rows:
        client = Client()
        client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.get(address)  # frameworks stay in memory after the first time
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, row
        counts[row] = len(captured)
    return counts


def test_no_screen_takes_more_than_twelve_queries_however_many_profiles_there_are(cast: Cast) -> None:
    first = made(cast)
    few = counted(addresses(cast, first))
    assert {row: count for row, count in few.items() if count > MOST_QUERIES} == {}
    for number in range(5):
        written(cast, mbo(), f"Nog een {number}")
    assert counted(addresses(cast, first)) == few


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_screen_is_accessible_and_fits(context: BrowserContext, page: Page, live_server: Any) -> None:
    cast = make_cast()
    screens = Screens(context, page, live_server.url)
    for who, row, address in addresses(cast, made(cast)):
        screens.log_in(who)
        screens.look_at([(row, address)])
    _overtaken(cast, page, screens)
    assert not screens.faults, "\n".join(screens.faults)


def _overtaken(cast: Cast, page: Page, screens: Screens) -> None:
    """Look at the form when a colleague was first, and a reason is missing as well."""
    (first, *_rest) = profiles_at(cast.provider, mbo())
    at = [cast.provider.ref, mbo().identifier, mbo().version, first.code]
    screens.log_in(cast.coordinator)
    page.goto(screens.address + reverse("growth:own_profile_change", args=at))
    changed(cast, mbo(), first, book="FB-99", demands=given(first).demands[1:])
    page.get_by_role("button", name="Sla dit profiel op").click()
    page.get_by_role("heading", name="Wat opslaan verandert").wait_for()
    screens.look_here("own_profile overtaken")
    page.locator(f"[name='reason-{first.demands[1].code}']").evaluate("one => { one.value = '' }")
    page.get_by_role("button", name="Sla dit profiel op").click()
    page.locator(".error-summary", has_text="Zeg waarom dit gevraagd wordt").wait_for()
    screens.look_here("own_profile wrong")
