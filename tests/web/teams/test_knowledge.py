"""The page of what a team knows: what stands there of whom, and that the member sees exactly the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.teams.members import Share
from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.growth.knowledge import KnowledgeInput, say_knowledge
from bekwaam.services.teams.sharing import stop_sharing
from bekwaam.store.models import FrameworkVersion, Person, Team
from tests.cast import Cast
from tests.services.teams.teams import group, shares, team_of

LogIn = Callable[[Person], Client]


@pytest.fixture
def body(cast: Cast) -> FrameworkVersion:
    """Return the body of knowledge, published."""
    return publish(None, load_builtin("kennis-sociaal-werk"))


def told(page: str) -> dict[str, list[str]]:
    """Return the labels in every row of an item, by its code."""
    rows = re.findall(r'<tr><th scope="row"><span class="code">([^<]+)</span>.*?</tr>', page, re.DOTALL)
    cells = re.findall(r'<tr><th scope="row"><span class="code">.*?</tr>', page, re.DOTALL)
    label = re.compile(r'data-knows="([a-z_]+)"')
    return {code: label.findall(row) for code, row in zip(rows, cells, strict=True)}


def knowing(cast: Cast, body: FrameworkVersion) -> tuple[Team, Person, Person]:
    one, other = group(cast, 2)
    with clock.at(clock.now() - timedelta(days=9)):
        day = clock.today() + timedelta(days=1)
        say_knowledge(one, body, "K1.4", KnowledgeInput("yes", "Bij Nel van de balie.", day))
    say_knowledge(one, body, "K1.1", KnowledgeInput("partly"))
    say_knowledge(other, body, "K1.1", KnowledgeInput("yes"))
    team = team_of(cast, one, other)
    shares(one, team, Share.KNOWLEDGE)
    return team, one, other


def test_the_lead_sees_of_who_shares_what_they_know_and_nothing_else(
    cast: Cast, body: FrameworkVersion, log_in: LogIn
) -> None:
    team, one, other = knowing(cast, body)
    client, address = log_in(cast.guide), reverse("teams:knowledge", args=[team.ref])
    page = client.get(address).content.decode()
    assert told(page)["K1.4"] == ["out_of_date", "not_shared"]
    assert told(page)["K1.1"] == ["partly", "not_shared"]
    assert list(told(page)) == ["K1.1", "K1.4"], "of what nobody says anything there is a line, and no table"
    assert page.index("Niets over gezegd of gedeeld:") < page.index("E1.1")
    assert "Nel van de balie" not in page and "1 van de 2 leden delen wat zij weten" in page
    shares(other, team, Share.KNOWLEDGE)
    assert told(client.get(address).content.decode())["K1.1"] == ["partly", "known"]
    for person in (one, other):
        stop_sharing(person, team.ref)
    page = client.get(address).content.decode()
    assert told(page) == {} and "Niemand deelt dit met jou" in page


def test_a_member_sees_exactly_what_the_lead_sees(cast: Cast, body: FrameworkVersion, log_in: LogIn) -> None:
    team, one, _other = knowing(cast, body)
    lead = log_in(cast.guide).get(reverse("teams:knowledge", args=[team.ref])).content.decode()
    own = log_in(one).get(reverse("teams:share", args=[team.ref]), {"toon": "kennis"}).content.decode()
    assert "Precies dit ziet de teamleider nu" in own and "Nel van de balie" not in own
    cells = re.findall(r'data-label="(?:Wat je weet|Lid 00)"><span class="[a-z ]*">([^<]+)</span>', own)
    seen = re.findall(r'data-label="Lid 00"><span class="[a-z ]*">([^<]+)</span>', lead)
    assert cells == seen == ["weet dit deels", "verouderd"]
    silent = re.compile(r"Niets over gezegd of gedeeld:(.*?)</p>", re.DOTALL)
    assert silent.findall(own) == silent.findall(lead)
    shares(one, team, Layer.SELF)
    own = log_in(one).get(reverse("teams:share", args=[team.ref]), {"toon": "kennis"}).content.decode()
    assert "verouderd" not in own


def test_the_spreadsheet_holds_what_is_known_by_who_shares_it(
    cast: Cast, body: FrameworkVersion, log_in: LogIn
) -> None:
    team, one, other = knowing(cast, body)
    client, address = log_in(cast.guide), reverse("teams:sheet", args=[team.ref])
    sheet = load_workbook(BytesIO(client.get(address).content))["Kennis"]
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    found = {row[1]: dict(zip(head, row, strict=True)) for row in rows}
    assert len(found) == 40
    assert (found["K1.4"][one.name], found["K1.4"][other.name]) == ("verouderd", "niet gedeeld")
    assert "Nel" not in str(rows)
    stop_sharing(one, team.ref)
    assert "Kennis" not in load_workbook(BytesIO(client.get(address).content)).sheetnames


def test_the_lead_chooses_between_bodies_of_knowledge_where_there_are_several(
    cast: Cast, body: FrameworkVersion, log_in: LogIn
) -> None:
    team, one, _other = knowing(cast, body)
    own = publish(None, replace(load_builtin("kennis-sociaal-werk"), id="eigen-kennis"), cast.provider)
    say_knowledge(one, own, "K2.1", KnowledgeInput("yes"))
    client, address = log_in(cast.guide), reverse("teams:knowledge", args=[team.ref])
    assert list(told(client.get(address).content.decode())) == ["K1.1", "K1.4"]
    page = client.get(address + "?kennis=eigen-kennis@1.0").content.decode()
    assert told(page) == {"K2.1": ["known", "not_shared"]}
    assert '<option value="eigen-kennis@1.0" selected>' in page
    shown = log_in(one).get(reverse("teams:share", args=[team.ref])).content.decode()
    assert shown.count("weet dit</span>") == 1 and "Kennis van sociaal werkers (1.0)" in shown


def test_without_a_body_of_knowledge_the_page_says_so(cast: Cast, log_in: LogIn) -> None:
    team = team_of(cast, cast.candidate)
    shares(cast.candidate, team, Share.KNOWLEDGE)
    page = log_in(cast.guide).get(reverse("teams:knowledge", args=[team.ref])).content.decode()
    assert "Er staat hier nog geen kennis van het vak" in page
