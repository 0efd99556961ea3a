"""Every screen of teams, wide and on a phone: accessible, not too wide, and in few queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from playwright.sync_api import BrowserContext, Page

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.growth.rating import rated_units
from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.frameworks.versions import framework_of, publish
from bekwaam.services.teams.making import invite
from bekwaam.services.teams.reports import make_report
from bekwaam.store.models import Person, Team
from tests.cast import Cast, make_cast
from tests.screens import Screens
from tests.services.teams.teams import group, place, rated, shares, team_of

# No screens: a click, and a file.
NO_SCREEN: Final = {"teams:stop", "teams:sheet"}
MOST_QUERIES: Final = 12
Rows = list[tuple[Person, str, str]]


def test_no_screen_is_forgotten(cast: Cast) -> None:
    known = {
        f"teams:{name}"
        for name in get_resolver().namespace_dict["teams"][1].reverse_dict
        if isinstance(name, str)
    }
    assert known - NO_SCREEN == {row.split(" ")[0] for _who, row, _address in addresses(cast, rich(cast))}


def rich(cast: Cast) -> dict[str, Team]:
    """Return a team as it is after a while, one of one person, a large one and an empty one."""
    mbo = publish(None, load_builtin("evc-sociaal-werker-mbo"))
    stages = ("none", "startbekwaam", "vakbekwaam", "vakvolwassen")
    people = group(cast, 10)
    units = [item.code for item in rated_units(framework_of(mbo))]
    for number, person in enumerate(people):
        some = [code for code in units if framework_of(mbo).by_code[code].kind == "competence"]
        rated(person, mbo, {c: stages[(number + at) % 4] for at, c in enumerate(some[: 5 + number * 2])})
    team = team_of(cast, *people[:6])
    invite(cast.guide, team.ref, cast.candidate.email)
    with clock.at(clock.now() - timedelta(days=61)):
        invite(cast.guide, team.ref, cast.assessors[2].email)
    large = team_of(cast, *people, name="Sociaal team van de stad en de dorpen eromheen")
    alone = team_of(cast, people[0], name="Alleen")
    for one in people:
        shares(one, large, Layer.SELF)
    for one in people[:5]:
        shares(one, team, Layer.SELF, Layer.JUDGEMENT)
    shares(people[0], alone, Layer.SELF)
    for per_team in (True, False):
        make_report(cast.coordinator, cast.provider, mbo, Layer.SELF, per_team=per_team)
    return {"team": team, "large": large, "alone": alone, "empty": team_of(cast, name="Leeg")}


def addresses(cast: Cast, teams: dict[str, Team]) -> Rows:
    """Return who looks at which screen, what it is called, and its address."""
    lead, member, office = cast.guide, Person.objects.get(email="lid0@example.org"), cast.coordinator
    team, leaver = teams["team"], place(Person.objects.get(email="lid1@example.org"), teams["team"]).ref

    def at(name: str, ref: str, *rest: str, query: str = "") -> str:
        return reverse(name, args=[ref, *rest]) + query

    return [
        (lead, "teams:home lead", reverse("teams:home")),
        (lead, "teams:team", at("teams:team", team.ref)),
        (lead, "teams:team judged", at("teams:team", team.ref, query="?laag=judgement")),
        (lead, "teams:team feedback", at("teams:team", team.ref, query="?laag=feedback")),
        (lead, "teams:team profile", at("teams:team", team.ref, query="?doel=profiel-wijkcoach")),
        (lead, "teams:team large", at("teams:team", teams["large"].ref)),
        (lead, "teams:team alone", at("teams:team", teams["alone"].ref)),
        (lead, "teams:team empty", at("teams:team", teams["empty"].ref)),
        (lead, "teams:what_if gone", at("teams:what_if", team.ref, query="?weg=weg")),
        (lead, "teams:what_if empty", at("teams:what_if", teams["empty"].ref)),
        (lead, "teams:spread", at("teams:spread", team.ref)),
        (lead, "teams:models", at("teams:models", team.ref)),
        (lead, "teams:what_if leaves", at("teams:what_if", team.ref, query=f"?weg={leaver}")),
        (lead, "teams:what_if joins", at("teams:what_if", team.ref, query="?erbij=wijkcoach")),
        (lead, "teams:people", at("teams:people", team.ref)),
        (lead, "teams:remove", at("teams:remove", team.ref, leaver)),
        (member, "teams:home member", reverse("teams:home")),
        (member, "teams:share", at("teams:share", team.ref)),
        (member, "teams:leave", at("teams:leave", team.ref)),
        (cast.candidate, "teams:share invited", at("teams:share", team.ref)),
        (cast.assessors[2], "teams:home expired", reverse("teams:home")),
        (cast.assessors[2], "teams:share expired", at("teams:share", team.ref)),
        (cast.auditor, "teams:home nothing", reverse("teams:home")),
        (office, "teams:overview", at("teams:overview", cast.provider.ref)),
        (office, "teams:overview each", at("teams:overview", cast.provider.ref, query="?per=team")),
        (office, "teams:new", at("teams:new", cast.provider.ref)),
        (office, "teams:lead", at("teams:lead", cast.provider.ref, team.ref)),
    ]


def test_no_screen_takes_more_than_twelve_queries(cast: Cast) -> None:
    counts = {}
    for who, row, address in addresses(cast, rich(cast)):
        client = Client()
        client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.get(address)  # frameworks stay in memory after the first time
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, row
        counts[row] = len(captured)
    assert {row: count for row, count in counts.items() if count > MOST_QUERIES} == {}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_screen_is_accessible_and_fits(context: BrowserContext, page: Page, live_server: Any) -> None:
    cast = make_cast()
    screens = Screens(context, page, live_server.url)
    for who, row, address in addresses(cast, rich(cast)):
        screens.log_in(who)
        screens.look_at([(row, address)])
    assert not screens.faults, "\n".join(screens.faults)
