"""Teams at awkward moments: of one person, of nobody, and while somebody withdraws or leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.growth.rating import rated_units
from bekwaam.frameworks.library import load_builtin
from bekwaam.services.frameworks.versions import framework_of, publish
from bekwaam.services.teams.making import remove_member
from bekwaam.services.teams.sharing import leave, stop_sharing
from bekwaam.store.models import Person, Team
from tests.cast import Cast
from tests.services.teams.teams import group, place, rated, shares, team_of

LogIn = Callable[[Person], Client]
PAGES: Final = ("team", "spread", "models", "what_if", "sheet", "people")
LAYERS: Final = ("self", "feedback", "judgement", "geen-laag")
pytestmark = [pytest.mark.database, pytest.mark.django_db]


def one_sharing(cast: Cast) -> tuple[Person, Team]:
    """Return somebody who is alone in a team and shares that they can do all that the standard asks."""
    mbo = publish(None, load_builtin("evc-sociaal-werker-mbo"))
    (alone,) = group(cast, 1)
    framework = framework_of(mbo)
    able = [item.code for item in rated_units(framework) if item.kind == "competence"]
    rated(alone, mbo, dict.fromkeys(able, "vakbekwaam"))
    team = team_of(cast, alone)
    shares(alone, team, Layer.SELF)
    return alone, team


def texts(client: Client, team: Team, query: str = "") -> dict[str, str]:
    """Return every page of the lead; each of them has to be there."""
    found = {}
    for name in PAGES:
        answer = client.get(reverse(f"teams:{name}", args=[team.ref]) + query)
        assert answer.status_code == 200, name
        found[name] = "" if name == "sheet" else answer.content.decode()
    return found


@pytest.mark.parametrize("layer", LAYERS)
def test_a_team_of_one_and_of_nobody_has_all_its_pages(cast: Cast, log_in: LogIn, layer: str) -> None:
    alone, team = one_sharing(cast)
    lead, nobody = log_in(cast.guide), team_of(cast, name="Leeg")
    for aim in ("standaard", "stadium-vakvolwassen", "profiel-wijkcoach", "profiel-onzin"):
        query = f"?laag={layer}&doel={aim}"
        pages = texts(lead, team, query)
        assert "een team van één" in pages["team"]
        assert (alone.name in pages["team"]) is (layer not in ("feedback", "judgement"))
        assert "Er zit nog niemand in het team" in texts(lead, nobody, query)["team"]


def test_a_team_of_one_says_what_would_be_left(cast: Cast, log_in: LogIn) -> None:
    alone, team = one_sharing(cast)
    lead = log_in(cast.guide)
    address = reverse("teams:what_if", args=[team.ref])
    page = lead.get(f"{address}?weg={place(alone, team).ref}").content.decode()
    assert "Dan zou dit veranderen" in page
    assert "Dan is van niemand meer bekend dat die dit laat zien" in page
    assert "Dan zou dit veranderen" in lead.get(f"{address}?erbij=wijkcoach").content.decode()


def test_above_a_team_of_one_no_number_is_told(cast: Cast, log_in: LogIn) -> None:
    _alone, _team = one_sharing(cast)
    office = log_in(cast.coordinator)
    for per in ("team", "allen"):
        address = reverse("teams:overview", args=[cast.provider.ref]) + f"?per={per}"
        answer = office.post(address)
        assert answer.status_code == 409
        assert "waarin vijf mensen of meer" in answer.content.decode()


def test_after_a_withdrawal_any_click_on_an_open_page_shows_nothing_of_it(cast: Cast, log_in: LogIn) -> None:
    alone, team = one_sharing(cast)
    lead, ref = log_in(cast.guide), place(alone, team).ref
    before = texts(lead, team)
    assert "Niemand deelt dit met jou" not in before["team"]
    stop_sharing(alone, team.ref)
    after = texts(lead, team, f"?weg={ref}")
    for name in ("team", "spread", "what_if"):
        assert "Niemand deelt dit met jou" in after[name]
    assert "0 van 1 teamlid deelt dit" in after["models"]
    told = lead.get(reverse("teams:what_if", args=[team.ref]) + f"?weg={ref}").content.decode()
    assert "niet meer in het team" not in told


@pytest.mark.parametrize("gone", ["left", "taken_out"])
def test_after_somebody_left_an_open_page_says_so(cast: Cast, log_in: LogIn, gone: str) -> None:
    alone, team = one_sharing(cast)
    lead, ref = log_in(cast.guide), place(alone, team).ref
    texts(lead, team, f"?weg={ref}")
    if gone == "left":
        leave(alone, team.ref)
    else:
        remove_member(cast.guide, team.ref, ref)
    pages = texts(lead, team, f"?weg={ref}")
    assert "niet meer in het team" in pages["what_if"]
    assert all(alone.name not in page for page in pages.values())
    answer = lead.post(reverse("teams:remove", args=[team.ref, ref]))
    assert answer.status_code == 403 and "niet meer in het team" in answer.content.decode()
    assert lead.get(reverse("teams:remove", args=[team.ref, ref])).status_code == 404


def test_who_was_taken_out_while_choosing_is_not_let_in_again(cast: Cast, log_in: LogIn) -> None:
    alone, team = one_sharing(cast)
    mine = log_in(alone)
    address = reverse("teams:share", args=[team.ref])
    assert mine.get(address).status_code == 200
    remove_member(cast.guide, team.ref, place(alone, team).ref)
    assert mine.post(address, {"seen": "1", "laag": ["self"]}).status_code == 404
    assert mine.post(reverse("teams:stop", args=[team.ref])).status_code == 404


def test_no_browser_keeps_a_page_with_what_members_share(cast: Cast, log_in: LogIn) -> None:
    _alone, team = one_sharing(cast)
    lead = log_in(cast.guide)
    for name in ("team", "spread", "models", "what_if", "plan", "knowledge", "people"):
        answer = lead.get(reverse(f"teams:{name}", args=[team.ref]))
        assert answer.status_code == 200 and "no-store" in answer["Cache-Control"], name
